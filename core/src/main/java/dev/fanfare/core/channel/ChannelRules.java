package dev.fanfare.core.channel;

import dev.fanfare.core.access.AccessRule;
import dev.fanfare.core.access.ChannelOption;
import dev.fanfare.core.broker.Retention;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Refusal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What may happen on the channels of one pattern. */
public record ChannelRules(
        Access access,
        Retention retention,
        Members members,
        Continuity continuity,
        Content content,
        Naming naming) {

    /** With everything else as usual. */
    public ChannelRules(
            Access access,
            Retention retention,
            boolean presence,
            boolean joinLeave,
            Map<String, EventContract> events) {
        this(
                access,
                retention,
                new Members(presence, joinLeave, false),
                Continuity.USUAL,
                Content.of(events),
                Naming.USUAL);
    }

    /** Without join and leave. */
    public ChannelRules(
            Access access,
            Retention retention,
            boolean presence,
            Map<String, EventContract> events) {
        this(access, retention, presence, false, events);
    }

    /** The same where only these may subscribe by rule. */
    ChannelRules subscribedBy(AccessRule rule) {
        var access = new Access(rule, access().publish(), access().presence(), access().history());
        return new ChannelRules(access, retention, members, continuity, content, naming);
    }

    /** The same as a token has it differently for its holder. */
    ChannelRules with(Map<ChannelOption, Boolean> options) {
        return new ChannelRules(
                access,
                retention,
                members.with(options),
                continuity.with(options),
                content,
                naming);
    }

    public boolean keepsHistory() {
        return retention.keepsHistory();
    }

    public boolean presence() {
        return members.presence();
    }

    public boolean joinLeave() {
        return members.joinLeave();
    }

    public Map<String, EventContract> events() {
        return content.events();
    }

    /** Who may do what. Backends with their own credential are asked for none of this. */
    public record Access(
            AccessRule subscribe, AccessRule publish, AccessRule presence, AccessRule history) {
        public AccessRule rule(Action action) {
            return switch (action) {
                case SUBSCRIBE -> subscribe;
                case PUBLISH -> publish;
                case PRESENCE -> presence;
                case HISTORY -> history;
            };
        }
    }

    /**
     * Who others see.
     *
     * @param presence whether members are kept
     * @param joinLeave whether subscribers that want it hear who comes and goes
     * @param pushed whether all of them hear it, wanted or not
     */
    public record Members(boolean presence, boolean joinLeave, boolean pushed) {
        Members with(Map<ChannelOption, Boolean> options) {
            return new Members(
                    options.getOrDefault(ChannelOption.PRESENCE, presence),
                    options.getOrDefault(ChannelOption.JOIN_LEAVE, joinLeave),
                    options.getOrDefault(ChannelOption.FORCE_PUSH_JOIN_LEAVE, pushed));
        }
    }

    /**
     * What subscribers may count on where history is kept.
     *
     * @param positioning they are told when they have missed something
     * @param recovery they can continue where they left off
     * @param automatic with {@link Mode#CACHE}: the newest publication comes unasked
     */
    public record Continuity(Offer positioning, Offer recovery, Mode mode, boolean automatic) {
        public static final Continuity USUAL =
                new Continuity(Offer.ALLOWED, Offer.ALLOWED, Mode.STREAM, false);

        Continuity with(Map<ChannelOption, Boolean> options) {
            return new Continuity(
                    positioning.with(options.get(ChannelOption.FORCE_POSITIONING)),
                    recovery.with(options.get(ChannelOption.FORCE_RECOVERY)),
                    mode,
                    automatic);
        }

        /** Who gets it. */
        public enum Offer {
            /** Those who may read the history, if they ask. */
            OFF,
            /** Those who ask. */
            ALLOWED,
            /** All. */
            FORCED;

            /**
             * @param forced null: as it is
             */
            Offer with(@Nullable Boolean forced) {
                if (forced == null) {
                    return this;
                }
                return forced ? FORCED : ALLOWED;
            }
        }

        /** What a subscriber that was away needs. */
        public enum Mode {
            /** Everything it missed. */
            STREAM,
            /** The newest publication alone. */
            CACHE
        }
    }

    /**
     * What is published.
     *
     * @param events what the channels carry, by name; empty: anything, named or not
     * @param filters whether subscribers may choose by tags
     */
    public record Content(
            Map<String, EventContract> events, Format format, Deltas deltas, boolean filters) {
        public Content {
            events = Map.copyOf(events);
        }

        static Content of(Map<String, EventContract> events) {
            return new Content(events, Format.SOMETHING, Deltas.OFF, false);
        }

        /** What payloads have to be. */
        public enum Format {
            /** What is told beside its event is. */
            SOMETHING("not nothing"),
            JSON("JSON"),
            JSON_OBJECT("a JSON object"),
            /** Nothing in particular; not even that. */
            ANYTHING("anything"),
            /** There are no publications. */
            NONE("no publications on this channel");

            private final String description;

            Format(String description) {
                this.description = description;
            }

            @Nullable Refusal check(Payload payload) {
                return accepts(payload)
                        ? null
                        : new Refusal(
                                ErrorCode.BAD_REQUEST, "payload", shown(payload), description);
            }

            private boolean accepts(Payload payload) {
                return switch (this) {
                    case SOMETHING -> !payload.isEmpty() || payload.attributes().besideEvent();
                    case JSON -> payload.format() == Payload.Format.JSON;
                    case JSON_OBJECT ->
                            payload.format() == Payload.Format.JSON && first(payload) == '{';
                    case ANYTHING -> true;
                    case NONE -> false;
                };
            }

            /** What its JSON begins with. */
            private static byte first(Payload payload) {
                var bytes = payload.bytes();
                int start = 0;
                while (Character.isWhitespace(bytes[start])) {
                    start++;
                }
                return bytes[start];
            }

            private static String shown(Payload payload) {
                return payload.isEmpty() ? "nothing" : payload.toString();
            }
        }

        /** Whether subscribers can be sent differences instead of whole payloads. */
        public enum Deltas {
            OFF,
            /** Of what is published as a difference. */
            ON_REQUEST,
            /** Of everything. */
            ALWAYS
        }
    }

    /**
     * What names mean, beside their pattern.
     *
     * @param userLimited only the users listed after a {@code #} may subscribe
     * @param rule of the part of a name that the pattern's last variable stands for
     */
    public record Naming(boolean userLimited, NameRule rule) {
        public static final Naming USUAL = new Naming(false, NameRule.ANY);
    }
}
