package dev.fanfare.protocols.ably;

import dev.fanfare.core.model.Membership;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.protocol.Encoder;
import dev.fanfare.core.protocol.Output;
import dev.fanfare.core.protocol.Push;
import dev.fanfare.protocols.ably.WirePresence.Action;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What many subscribers hear alike: publications, as many of one channel in a protocol message as
 * are small enough, and who comes and goes. Everything else is said to one connection, in {@link
 * Outgoing}, and comes here as a {@link Push.Message}.
 */
public final class AblyEncoder implements Encoder {
    /** How large protocol messages with more than one message become, about, in bytes. */
    private static final int LARGEST = 65_536;

    /** What a message needs beside its payload, about. */
    private static final int CIRCUMSTANCES = 256;

    private final Formats format;
    private final InstantSource clock;

    /**
     * @param clock for what has happened to members that do not say when
     */
    public AblyEncoder(Formats format, InstantSource clock) {
        this.format = format;
        this.clock = clock;
    }

    @Override
    public List<byte[]> encode(List<? extends Output> outputs) {
        var messages = new ArrayList<byte[]>(1);
        for (int next = 0; next < outputs.size(); ) {
            var run = run(outputs, next);
            if (run.isEmpty()) {
                messages.addAll(encode(outputs.get(next)));
                next++;
            } else {
                messages.add(publications(run));
                next += run.size();
            }
        }
        return messages;
    }

    @Override
    public List<byte[]> encode(Output output) {
        return switch (output) {
            case Push.Published(var publication) -> List.of(publications(List.of(publication)));
            case Push.Delta(var publication, _) -> List.of(publications(List.of(publication)));
            case Push.Member member ->
                    List.of(format.write(told(member.channel().name(), member, clock.millis())));
            case Push.Message(var payload) -> List.of(payload.bytes());
            case Push.Ping() -> List.of(format.write(new Outgoing.Heartbeat(null)));
            case Push.Subscribed _,
                    Push.Gap _,
                    Push.Refreshed _,
                    Push.Unsubscribed _,
                    Push.Disconnected _,
                    Output.Answer _ ->
                    List.of();
        };
    }

    @Override
    public boolean isBinary() {
        return format.isBinary();
    }

    /**
     * The publications from there on that go into one protocol message; none where there is none.
     */
    private static List<Publication> run(List<? extends Output> outputs, int start) {
        var run = new ArrayList<Publication>(outputs.size() - start);
        int size = 0;
        for (var output : outputs.subList(start, outputs.size())) {
            var publication = publication(output);
            size += publication == null ? 0 : size(publication);
            boolean fits =
                    run.isEmpty()
                            || (size <= LARGEST
                                    && publication != null
                                    && publication.channel().equals(run.getFirst().channel()));
            if (publication == null || !fits) {
                break;
            }
            run.add(publication);
        }
        return run;
    }

    private static @Nullable Publication publication(Output output) {
        return switch (output) {
            case Push.Published(var publication) -> publication;
            case Push.Delta(var publication, _) -> publication;
            default -> null;
        };
    }

    private static int size(Publication publication) {
        return publication.message().payload().size() + CIRCUMSTANCES;
    }

    private byte[] publications(List<Publication> run) {
        var out = format.writer(run.stream().mapToInt(AblyEncoder::size).sum() + CIRCUMSTANCES);
        new OutgoingWriter(out).write(Publications.told(run.getFirst().channel().name(), run));
        return out.toBytes();
    }

    /**
     * Who comes, has changed or goes.
     *
     * @param channel as the client calls it
     * @param now in milliseconds since 1970
     */
    public static Outgoing.Presence told(String channel, Push.Member member, long now) {
        var action =
                switch (member.membership()) {
                    case Membership.Joined _ -> Action.ENTER;
                    case Membership.Updated _ -> Action.UPDATE;
                    case Membership.Left _ -> Action.LEAVE;
                };
        var position = member.position();
        return new Outgoing.Presence(
                channel,
                position.isKnown() ? Serials.ofChannel(position) : null,
                List.of(MemberInfo.presence(action, member.membership().client(), now)));
    }
}
