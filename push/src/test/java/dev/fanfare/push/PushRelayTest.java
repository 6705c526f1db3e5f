package dev.fanfare.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.zaxxer.hikari.HikariDataSource;
import dev.fanfare.harness.FakeExpo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
@ParameterizedClass
@EnumSource
class PushRelayTest {
    private static final PushOptions OPTIONS =
            PushOptions.DEFAULT
                    .withPoll(Duration.ofMillis(20))
                    .withLease(Duration.ofSeconds(1))
                    .withPauses(Duration.ofMillis(20), Duration.ofMillis(100));

    @Parameter private TestDatabase kind;
    @TempDir private Path directory;
    private final FakeExpo expo = new FakeExpo();
    private final RecordingObserver heard = new RecordingObserver();
    private final DeviceTokens tokens = new DeviceTokens(1_000);
    private HikariDataSource source;
    private Jdbi database;

    @BeforeEach
    void open() {
        source = TestDatabase.open(kind.create(directory));
        database = Jdbi.create(source);
    }

    @AfterEach
    void close() {
        source.close();
        expo.close();
    }

    @Test
    void whatIsCommittedReachesEachDeviceOfTheUserOnceAndNobodyElses() {
        register("alice", 2);
        register("bob", 1);
        database.useHandle(
                handle -> {
                    handle.begin();
                    assertThat(add(handle, "alice", "rolled back")).isEqualTo(2);
                    handle.rollback();
                });
        try (var relay = relay(OPTIONS)) {
            assertThat(addNow("alice", "hello")).isEqualTo(2);
            relay.wake();
            await().until(() -> heard.sent.get() == 2);
        }
        assertThat(expo.taken())
                .extracting(FakeExpo.Message::to)
                .containsExactlyInAnyOrder(token("alice", 1), token("alice", 2));
        assertThat(expo.taken()).extracting(FakeExpo.Message::title).containsOnly("hello");
        assertThat(addNow("nobody", "hello")).isZero();
    }

    @Test
    void sendsAThousandInBatchesOfAHundredWithAtMostSixRequestsAtOnce() {
        register("alice", 1_000);
        add("alice");
        expo.hold();
        try (var _ = relay(OPTIONS)) {
            await().until(() -> expo.requests() == 6);
            expo.release();
            await().until(() -> heard.sent.get() == 1_000);
        }
        assertThat(expo.requests()).isEqualTo(10);
        assertThat(expo.mostAtOnce()).isEqualTo(6);
        assertThat(new HashSet<>(expo.taken().stream().map(FakeExpo.Message::to).toList()))
                .hasSize(1_000);
        assertThat(state().unconfirmed()).isEqualTo(1_000);
    }

    @Test
    void twoRelaysOnOneDatabaseSendEachOnce() {
        register("alice", 250);
        try (var _ = relay(OPTIONS);
                var _ = relay(OPTIONS)) {
            for (int i = 0; i < 4; i++) {
                add("alice");
            }
            await().until(() -> heard.sent.get() == 1_000);
        }
        assertThat(expo.taken()).hasSize(1_000);
    }

    @Test
    void aRowThatOneHasClaimedIsNobodyElses() throws Exception {
        register("alice", 200);
        add("alice");
        Callable<List<Entry>> claim =
                () ->
                        database.inTransaction(
                                handle -> QueueTable.claim(handle, 60, Duration.ofMinutes(1)));
        var claimed = new ArrayList<Long>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var claims = IntStream.range(0, 8).mapToObj(i -> threads.submit(claim)).toList();
            for (var each : claims) {
                each.get().forEach(entry -> claimed.add(entry.id()));
            }
        }
        while (claimed.size() < 200) {
            claim.call().forEach(entry -> claimed.add(entry.id()));
        }
        assertThat(claimed).hasSize(200).doesNotHaveDuplicates();
    }

    @Test
    void whatIsUnderWayForLongerThanAClaimIsSentOnce() {
        register("alice", 3);
        add("alice");
        expo.hold();
        var claim = Duration.ofMillis(300);
        try (var _ = relay(OPTIONS.withClaim(claim))) {
            await().until(() -> expo.requests() > 0);
            await().during(claim.multipliedBy(4)).until(() -> expo.requests() == 1);
            expo.release();
            await().until(() -> heard.sent.get() == 3);
        }
        assertThat(expo.taken()).hasSize(3);
    }

    @Test
    void anAnswerThatStallsStopsNothing() {
        register("alice", 600);
        expo.holdInBody();
        var options = new ExpoOptions(expo.url(), "", Duration.ofMillis(500));
        add("alice");
        try (var _ = PushRelay.start(source, new ExpoProvider(options), OPTIONS, heard)) {
            await().until(() -> expo.requests() == 6);
            await().until(() -> heard.retried.contains(PushError.TIMEOUT));
            expo.release();
            await().until(() -> heard.sent.get() == 600);
        }
    }

    @Test
    void whatTheProviderHasNoTimeForIsSentAgainNotBeforeItSays() {
        register("alice", 1);
        expo.failOnce(429, "1");
        expo.failOnce(503, null);
        long began = System.nanoTime();
        try (var _ = relay(OPTIONS)) {
            add("alice");
            await().until(() -> heard.sent.get() == 1);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isGreaterThan(Duration.ofSeconds(1));
        assertThat(heard.retried).containsExactly(PushError.THROTTLED, PushError.UNAVAILABLE);
        assertThat(expo.taken()).hasSize(1);
    }

    @Test
    void onlyWhatHasLostItsAnswerIsSentTwice() {
        register("alice", 1);
        expo.loseAnswers(1);
        try (var _ = relay(OPTIONS)) {
            add("alice");
            await().until(() -> heard.sent.get() == 1);
        }
        assertThat(expo.taken()).hasSize(2);
        assertThat(heard.retried).containsExactly(PushError.UNREACHABLE);
    }

    @Test
    void aDeviceThatIsGoneIsForgottenAtOnce() {
        register("alice", 2);
        expo.refuse(token("alice", 1), "DeviceNotRegistered");
        try (var _ = relay(OPTIONS)) {
            add("alice");
            await().until(() -> heard.removed.get() == 1 && heard.sent.get() == 1);
        }
        assertThat(devices()).isEqualTo(1);
        assertThat(heard.failed).containsExactly(PushError.DEVICE_NOT_REGISTERED);
        assertThat(state().waiting()).isZero();
    }

    @Test
    void aReceiptThatADeviceIsGoneForgetsItUnlessItCameBack() {
        register("alice", 3);
        expo.refuseLater(token("alice", 1), "DeviceNotRegistered");
        expo.refuseLater(token("alice", 2), "DeviceNotRegistered");
        try (var _ = relay(OPTIONS.withReceiptsAfter(Duration.ofHours(1)))) {
            add("alice");
            await().until(() -> heard.sent.get() == 3);
        }
        database.useTransaction(
                handle -> tokens.register(handle, "alice", token("alice", 2), "ios"));
        database.useHandle(
                handle -> handle.execute("update push_notification set receipt_at = created_at"));
        try (var _ = relay(OPTIONS)) {
            await().until(() -> state().unconfirmed() == 0);
            await().until(() -> heard.failed.size() == 2);
        }
        assertThat(heard.removed).hasValue(1);
        assertThat(devices()).isEqualTo(2);
        assertThat(expo.receiptRequests()).isEqualTo(1);
    }

    @Test
    void asksForReceiptsWhenItIsTimeAndKeepsNothingOfWhatArrived() {
        register("alice", 1);
        try (var _ = relay(OPTIONS.withReceiptsAfter(Duration.ofMillis(100)))) {
            add("alice");
            await().until(() -> heard.sent.get() == 1);
            await().until(() -> state().unconfirmed() == 0);
        }
        assertThat(heard.failed).isEmpty();
        assertThat(expo.taken()).hasSize(1);
    }

    @Test
    void whatADeviceHasNoTimeForIsSentAgainByTicketAndByReceipt() {
        register("alice", 1);
        expo.refuse(token("alice", 1), "MessageRateExceeded");
        try (var _ = relay(OPTIONS.withReceiptsAfter(Duration.ofMillis(100)))) {
            add("alice");
            await().until(() -> !heard.retried.isEmpty());
            expo.accept(token("alice", 1));
            expo.refuseLater(token("alice", 1), "MessageRateExceeded");
            await().until(() -> heard.sent.get() >= 2);
            expo.accept(token("alice", 1));
            await().until(() -> state().unconfirmed() == 0 && state().waiting() == 0);
        }
        assertThat(heard.failed).isEmpty();
        assertThat(heard.retried).containsOnly(PushError.RATE_EXCEEDED);
    }

    @Test
    void whatWillNeverGoIsGivenUpAndCounted() {
        register("alice", 2);
        expo.refuse(token("alice", 1), "InvalidCredentials");
        expo.findMalformed(token("alice", 2));
        try (var _ = relay(OPTIONS)) {
            add("alice");
            await().until(() -> heard.failed.size() == 2);
        }
        assertThat(heard.failed)
                .containsExactlyInAnyOrder(PushError.INVALID_CREDENTIALS, PushError.REFUSED);
        assertThat(state().waiting()).isZero();
        assertThat(devices()).isEqualTo(2);
    }

    @Test
    void whatWaitedTooLongIsNotSentAnyMore() {
        register("alice", 1);
        add("alice");
        database.useHandle(
                handle ->
                        handle.execute(
                                "update push_notification"
                                        + " set created_at = created_at - interval '2' hour"));
        try (var _ = relay(OPTIONS)) {
            await().until(() -> heard.failed.equals(List.of(PushError.EXPIRED)));
        }
        assertThat(expo.requests()).isZero();
        assertThat(state().waiting()).isZero();
    }

    @Test
    void whatHasNoReceiptForMoreThanADayIsForgotten() {
        register("alice", 1);
        try (var _ = relay(OPTIONS)) {
            add("alice");
            await().until(() -> heard.sent.get() == 1);
        }
        database.useHandle(
                handle ->
                        handle.execute(
                                "update push_notification"
                                        + " set created_at = created_at - interval '25' hour"));
        try (var _ = relay(OPTIONS)) {
            await().until(() -> heard.failed.equals(List.of(PushError.NO_RECEIPT)));
        }
        assertThat(state().unconfirmed()).isZero();
    }

    @Test
    void oneOutageOfSixRequestsCountsOnce() {
        register("alice", 600);
        for (int i = 0; i < 6; i++) {
            expo.failOnce(503, null);
        }
        add("alice");
        var pauses = OPTIONS.withPauses(Duration.ofMillis(500), Duration.ofMinutes(1));
        long began = System.nanoTime();
        try (var _ = relay(pauses)) {
            await().until(() -> heard.sent.get() == 600);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void tellsHowLongTheQueueIs() {
        register("alice", 3);
        add("alice");
        expo.hold();
        try (var _ = relay(OPTIONS)) {
            await().until(() -> heard.waiting == 3);
            expo.release();
            await().until(() -> heard.sent.get() == 3);
        }
        assertThat(state().waiting()).isZero();
    }

    private PushRelay relay(PushOptions options) {
        var provider = new ExpoProvider(new ExpoOptions(expo.url(), "", Duration.ofSeconds(10)));
        return PushRelay.start(source, provider, options, heard);
    }

    private void register(String user, int devices) {
        database.useTransaction(
                handle -> {
                    for (int i = 1; i <= devices; i++) {
                        tokens.register(handle, user, token(user, i), "android");
                    }
                });
    }

    private void add(String user) {
        addNow(user, "title");
    }

    @CanIgnoreReturnValue
    private int addNow(String user, String title) {
        return database.inTransaction(handle -> add(handle, user, title));
    }

    private static int add(Handle handle, String user, String title) {
        return PushQueue.add(handle, user, title, "body", "{\"sessionId\":\"s\"}");
    }

    private static String token(String user, int device) {
        return "ExponentPushToken[" + user + "-" + device + "]";
    }

    private QueueTable.State state() {
        return database.withHandle(QueueTable::state);
    }

    private int devices() {
        return database.withHandle(
                handle ->
                        handle.createQuery("select count(*) from push_token")
                                .mapTo(Integer.class)
                                .one());
    }
}
