package dev.fanfare.server.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.ably.access.Revocation;
import dev.fanfare.core.access.ChannelOption;
import dev.fanfare.core.access.Grant;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.session.UserCommand;
import dev.fanfare.core.session.UserCommand.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is told to all nodes means the same on each. */
class CommandJsonTest {
    @Property(tries = 500)
    void aCommandArrivesAsItWas(@ForAll("commands") UserCommand command) {
        assertThat(CommandJson.read(CommandJson.write(command))).isEqualTo(command);
    }

    @Example
    void aReportArrivesAsItWas() {
        var node = new Node("id", "eu \"1\"", "1.2.3", Instant.ofEpochMilli(1_234_567));
        var report =
                new NodeReport(
                        node,
                        new NodeReport.Load(1, 2, 3, 4),
                        Duration.ofMillis(5_678),
                        new ProcessUse(7, 8L << 32));
        assertThat(ReportJson.read(ReportJson.write(report))).isEqualTo(report);
    }

    @Example
    void revocationsArriveAsTheyWere() {
        var one = new Revocation("app.key", Revocation.Target.parse("clientId:\"a\":b"), 1, 2);
        var other = new Revocation("app.key", Revocation.Target.parse("channel:a:*"), 3, 4);
        assertThat(RevocationJson.read(RevocationJson.write(List.of(one, other))))
                .containsExactly(one, other);
    }

    @Example
    void refusesACommandOfAVersionToCome() {
        var later = "{\"user\":\"a\",\"client\":\"\",\"session\":\"\",\"kind\":\"praise\"}";
        assertThatThrownBy(() -> CommandJson.read(later.getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("command: praise");
    }

    @Provide
    static Arbitrary<UserCommand> commands() {
        return Arbitraries.oneOf(
                Combinators.combine(targets(), texts().set(), disconnects())
                        .as(UserCommand.Disconnect::new),
                Combinators.combine(
                                targets(),
                                grants(),
                                positions().injectNull(0.3),
                                Arbitraries.longs())
                        .as(UserCommand.Subscribe::new),
                Combinators.combine(targets(), texts()).as(UserCommand.Unsubscribe::new),
                Combinators.combine(targets(), Arbitraries.longs().injectNull(0.3), payloads())
                        .as(UserCommand.Refresh::new));
    }

    private static Arbitrary<Target> targets() {
        return Combinators.combine(texts(), texts(), texts()).as(Target::new);
    }

    private static Arbitrary<Disconnect> disconnects() {
        return Combinators.combine(Arbitraries.integers(), texts()).as(Disconnect::new);
    }

    private static Arbitrary<Grant> grants() {
        var options =
                Arbitraries.maps(Arbitraries.of(ChannelOption.class), Arbitraries.of(true, false));
        return Combinators.combine(texts(), payloads(), payloads(), options).as(Grant::new);
    }

    private static Arbitrary<StreamPosition> positions() {
        return Combinators.combine(texts(), Arbitraries.longs().greaterOrEqual(0))
                .as(StreamPosition::new);
    }

    private static Arbitrary<Payload> payloads() {
        var bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(100);
        var formats = Arbitraries.of(Payload.Format.class);
        return Combinators.combine(bytes, formats).as(Payload::of);
    }

    /** Whatever UTF-8 can say. */
    private static Arbitrary<String> texts() {
        return Arbitraries.strings()
                .ofMaxLength(20)
                .map(text -> new String(text.getBytes(UTF_8), UTF_8));
    }
}
