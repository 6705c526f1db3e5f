package dev.fanfare.core.protocol;

import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.model.TagsFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client can ask for. Channel names are as the client wrote them: unchecked. */
public sealed interface Command {
    /**
     * Who the client is, on protocols that say so in band.
     *
     * @param token empty: it has none
     * @param channels that it wants from the beginning, or wants to continue
     */
    record Connect(String token, List<Subscribe> channels) implements Command {
        public Connect {
            channels = List.copyOf(channels);
        }
    }

    /** The token's successor. */
    record Refresh(String token) implements Command {}

    /** The successor of the token that lets the client have the channel. */
    record SubRefresh(String channel, String token) implements Command {}

    record Ping() implements Command {}

    /** The answer to a {@link Push.Ping}. */
    record Pong() implements Command {}

    /**
     * @param since replay what was published after it; an empty epoch stands for the current one;
     *     null: only what comes from now on
     */
    record Subscribe(String channel, @Nullable StreamPosition since, Options options)
            implements Command {
        public Subscribe(String channel, @Nullable StreamPosition since) {
            this(channel, since, since == null ? Options.NONE : Options.RECOVERABLE);
        }

        /**
         * How the client wants to hear the channel.
         *
         * @param token lets the client have the channel, whatever the channel's rule says; empty:
         *     it has none
         * @param positioned it wants to know when it has missed something
         * @param recoverable it wants to be able to continue where it left off
         * @param joinLeave it wants to hear who comes and goes
         * @param orFail rather no subscription than one that cannot continue at {@code since}
         * @param filter what it wants of what is published
         * @param delta it can do with what has changed since the publication before
         */
        public record Options(
                String token,
                boolean positioned,
                boolean recoverable,
                boolean joinLeave,
                boolean orFail,
                TagsFilter filter,
                boolean delta) {
            public static final Options NONE = new Options("", false, false, false, false);
            static final Options RECOVERABLE = new Options("", false, true, false, false);

            /** Of who wants everything, and whole. */
            public Options(
                    String token,
                    boolean positioned,
                    boolean recoverable,
                    boolean joinLeave,
                    boolean orFail) {
                this(
                        token,
                        positioned,
                        recoverable,
                        joinLeave,
                        orFail,
                        TagsFilter.EVERYTHING,
                        false);
            }

            public boolean choosesByTags() {
                return !filter.equals(TagsFilter.EVERYTHING);
            }
        }
    }

    record Unsubscribe(String channel) implements Command {}

    /**
     * @param event the payload's event; null: none is named
     */
    record Publish(String channel, @Nullable String event, Payload payload) implements Command {}

    record Presence(String channel) implements Command {}

    /** How many are there, of clients and of users. */
    record PresenceStats(String channel) implements Command {}

    record History(String channel, HistoryQuery query) implements Command {}

    /** A call of an application's method, which nobody here answers. */
    record Rpc() implements Command {}

    /** A message for the application, which nobody here takes. */
    record Send() implements Command {}

    /** Something the codec could not read, on a protocol that answers and goes on. */
    record Unreadable(Refusal why) implements Command {}
}
