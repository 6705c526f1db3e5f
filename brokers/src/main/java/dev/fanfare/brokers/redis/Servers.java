package dev.fanfare.brokers.redis;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The Redis servers of one installation, one primary for each tag. A tag is what belongs together:
 * all keys and topics of one channel have it in braces, so that a cluster keeps them in one place.
 * Any thread; nothing blocks. Calls with one tag take effect in the order they are made.
 *
 * <p>A stage fails with {@link dev.fanfare.core.model.Unavailable}: at once while that primary
 * cannot be reached or too much waits for it, later when it does not answer in time. In the latter
 * case it may have done what it was asked. Nothing is ever sent twice.
 */
interface Servers extends AutoCloseable {
    /** Who hears topics. Called on a thread of the client's, for one topic never by two at once. */
    interface Ear {
        void onMessage(String topic, byte[] message);

        /**
         * Messages of these topics may not have come. Called once they are subscribed again; what
         * is sent from then on comes.
         */
        void onInterruption(Collection<String> topics);
    }

    /**
     * Runs a script, and hands it as its last argument the generation of the primary that runs it:
     * another word each time that it may have lost what was written before.
     *
     * @return the members of its answer: {@code byte[]}, {@code Long}, {@code List} or null
     */
    CompletionStage<List<Object>> run(
            String tag, Script script, List<String> keys, List<byte[]> arguments);

    /** Sends a message to all who have subscribed to the topic. */
    CompletionStage<Void> send(String tag, String topic, byte[] message);

    /**
     * Completes when nothing sent from then on is missed. Stays wanted, also after a failure, until
     * {@link #unsubscribe}: it is subscribed again when the primary can be reached again.
     */
    CompletionStage<Void> subscribe(String tag, String topic, Ear ear);

    void unsubscribe(String tag, String topic);

    /** Whether scripts are to send with {@code SPUBLISH}. */
    boolean isSharded();

    @Override
    void close();
}
