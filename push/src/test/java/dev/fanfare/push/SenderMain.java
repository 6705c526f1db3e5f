package dev.fanfare.push;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jdbi.v3.core.Jdbi;

/** A node in a process of its own, which says what it has done and waits to be killed. */
final class SenderMain {
    static final String TOKEN = "ExponentPushToken[phone]";

    /** Whoever takes over does not wait long. */
    static final PushOptions OPTIONS =
            PushOptions.DEFAULT
                    .withPoll(Duration.ofMillis(50))
                    .withLease(Duration.ofSeconds(1))
                    .withClaim(Duration.ofSeconds(2))
                    .withPauses(Duration.ofMillis(50), Duration.ofMillis(200));

    private SenderMain() {}

    /**
     * @param arguments what to do: {@code commit} or {@code send}; the database; the provider
     */
    public static void main(String[] arguments) throws Exception {
        var source = TestDatabase.open(arguments[1]);
        Jdbi.create(source)
                .useTransaction(
                        handle -> {
                            new DeviceTokens(10).register(handle, "alice", TOKEN, "ios");
                            int devices = PushQueue.add(handle, "alice", "title", "body", "{}");
                            if (devices != 1) {
                                throw new IllegalStateException("devices: " + devices);
                            }
                        });
        if (arguments[0].equals("send")) {
            var _ =
                    PushRelay.start(
                            source,
                            provider(URI.create(arguments[2])),
                            OPTIONS,
                            new PushObserver() {
                                @Override
                                public void sent() {
                                    System.out.println("sent");
                                }
                            });
        }
        System.out.println("committed");
        new CountDownLatch(1).await();
    }

    static PushProvider provider(URI url) {
        return new ExpoProvider(new ExpoOptions(url, "", Duration.ofSeconds(10)));
    }
}
