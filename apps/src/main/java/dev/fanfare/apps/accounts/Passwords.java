package dev.fanfare.apps.accounts;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategy;
import dev.fanfare.apps.web.Refused;
import java.security.SecureRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Passwords as bcrypt hashes. A hash takes a good part of a second of a processor, so they are made
 * on half of the processors, and only so many wait. Callers block. Any thread.
 */
public final class Passwords implements AutoCloseable {
    /** In characters. */
    public static final int SHORTEST = 8;

    public static final int LONGEST = 200;

    private static final BCrypt.Version VERSION = BCrypt.Version.VERSION_2A;

    /** Bcrypt reads 72 bytes: of a longer password, its SHA-512. */
    private static final LongPasswordStrategy LONG_ONES =
            LongPasswordStrategies.hashSha512(VERSION);

    private final int cost;
    private final int waiting;
    private final BCrypt.Hasher hasher = BCrypt.with(VERSION, new SecureRandom(), LONG_ONES);
    private final BCrypt.Verifyer verifier = BCrypt.verifyer(VERSION, LONG_ONES);
    private final ExecutorService threads;

    /**
     * @param cost a hash takes 2 to this many rounds
     * @param waiting how many passwords wait at most, where all threads have one
     */
    public Passwords(int cost, int waiting) {
        this.cost = cost;
        this.waiting = waiting;
        int parallel = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        var threads =
                new ThreadPoolExecutor(
                        parallel,
                        parallel,
                        10,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(waiting),
                        Thread.ofPlatform().daemon().name("passwords-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
        this.threads = threads;
    }

    /** Each time another. */
    public String hash(String password) {
        return inTurn(() -> new String(hasher.hash(cost, password.getBytes(UTF_8)), US_ASCII));
    }

    boolean matches(String password, String hash) {
        return inTurn(
                () -> verifier.verify(password.getBytes(UTF_8), hash.getBytes(US_ASCII)).verified);
    }

    /** Takes as long as {@link #matches}, where there is nothing to match. */
    void pretend(String password) {
        var nobodys = "$2a$%02d$%s".formatted(cost, "a".repeat(53));
        var _ = matches(password, nobodys);
    }

    private <T> T inTurn(Callable<T> work) {
        try {
            return threads.submit(work).get();
        } catch (RejectedExecutionException full) {
            throw Refused.unavailable(
                    "password", "too many at once", "at most " + waiting + " that wait");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refused.unavailable("password", "the end of the server", "another try later");
        }
    }

    /** Waits for nobody. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
