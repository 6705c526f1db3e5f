package dev.fanfare.ably.rest;

import dev.fanfare.ably.access.Denied;
import dev.fanfare.protocols.ably.ErrorInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What came of one thing that was asked of several channels, or of several targets: each has worked
 * or failed by itself.
 *
 * @param results as trees, in the order of what was asked
 */
record Batch(List<Map<String, Object>> results) {
    static final int MOST = 100;

    private static final String ERROR = "error";
    private static final int PARTLY_FAILED = 40020;

    /** From this version of the protocol on, batches are answered with counts. */
    private static final double COUNTED = 3;

    Batch {
        results = List.copyOf(results);
    }

    /** Does something to one of them. */
    @FunctionalInterface
    interface Step {
        /**
         * @return what to say of it beside its name
         */
        CompletionStage<Map<String, Object>> run(String name) throws Denied;
    }

    /** Refuses none of them, and too many. */
    static List<String> checked(String label, List<String> names) throws Denied {
        if (names.isEmpty() || names.size() > MOST) {
            throw Errors.bad(label, names.size() + " of them", "1 to " + MOST);
        }
        return names;
    }

    /**
     * @param label what they are: {@code channel}
     * @param names {@link #checked}
     */
    static CompletionStage<Batch> of(String label, List<String> names, Step step) {
        var results =
                names.stream()
                        .map(name -> result(label, name, step).toCompletableFuture())
                        .toList();
        return CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
                .thenApply(
                        nothing ->
                                new Batch(
                                        results.stream()
                                                .map(CompletableFuture::resultNow)
                                                .toList()));
    }

    private static CompletionStage<Map<String, Object>> result(
            String label, String name, Step step) {
        return start(name, step)
                .exceptionally(Batch::failed)
                .thenApply(
                        told -> {
                            var result = new LinkedHashMap<String, Object>();
                            result.put(label, name);
                            result.putAll(told);
                            return result;
                        });
    }

    private static CompletionStage<Map<String, Object>> start(String name, Step step) {
        try {
            return step.run(name);
        } catch (Denied denied) {
            return CompletableFuture.failedFuture(denied);
        }
    }

    /** Everything but a refusal is a failure of the whole. */
    private static Map<String, Object> failed(Throwable failure) {
        var cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof Denied denied) {
            return Map.of(ERROR, denied.error());
        }
        throw new CompletionException(Objects.requireNonNull(cause));
    }

    private long failures() {
        return results.stream().filter(result -> result.containsKey(ERROR)).count();
    }

    /** With counts. */
    Map<String, Object> tree() {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("successCount", results.size() - failures());
        tree.put("failureCount", failures());
        tree.put("results", results);
        return tree;
    }

    /** Whether the client wants batches answered as they were before there were counts. */
    static boolean isPlain(RestRequest request) {
        return version(request.header("x-ably-version")) < COUNTED
                && !request.query().isTrue("newBatchResponse");
    }

    private static double version(@Nullable String header) {
        return header != null && header.matches("[0-9]{1,3}(\\.[0-9]{1,3})?")
                ? Double.parseDouble(header)
                : COUNTED;
    }

    /**
     * As it was before there were counts.
     *
     * @param status where all have worked
     */
    static Reply plain(int status, List<Batch> batches) {
        if (batches.stream().allMatch(batch -> batch.failures() == 0)) {
            return new Reply(status, plain(batches));
        }
        var error = ErrorInfo.of(PARTLY_FAILED, "batch: some failed (expected: see batchResponse)");
        var tree = new LinkedHashMap<String, Object>();
        tree.put(ERROR, error);
        tree.put("batchResponse", plain(batches));
        return new Reply(error.status(), tree, Writing.error(error).headers());
    }

    private static List<?> plain(List<Batch> batches) {
        return batches.size() == 1
                ? batches.getFirst().results()
                : batches.stream().map(Batch::results).toList();
    }
}
