package dev.fanfare.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.access.Authentication;
import dev.fanfare.core.access.Grant;
import dev.fanfare.core.access.Identity;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.protocol.Command;
import dev.fanfare.core.protocol.Push;
import dev.fanfare.core.protocol.Recovery;
import dev.fanfare.core.protocol.Reply;
import dev.fanfare.core.session.Handshake.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Clients that are in: what the protocols of those who say in band who they are want otherwise. */
class InBandSessionTest extends HandshakeFixture {
    @Test
    void takesNothingButAPongForAnAnswerToAPing() {
        connected("ann");
        server.sweepAfter(Duration.ofSeconds(26));
        assertThat(connection.take()).containsExactly(new Push.Ping());

        ask(new Command.Rpc());
        server.sweepAfter(Duration.ofSeconds(9));

        assertThat(connection.closed()).isEqualTo(Disconnect.NO_PONG);
    }

    @Test
    void mindsAPongThatNobodyAskedFor() {
        connected("ann");

        ask(new Command.Pong());

        assertThat(connection.closed()).isEqualTo(Disconnect.BAD_REQUEST);
    }

    @Test
    void waitsAWhileForTheSuccessorOfAnExpiredToken() {
        ask(connect());
        verdict.complete(
                new Verdict.Welcome(identity("ann", server.clock.millis() + 1_000), List.of()));
        server.thread.runAll();
        answerPings(Duration.ofSeconds(20));
        assertThat(connection.closed()).isNull();

        nextToken = new Authentication.Accepted(identity("ann", server.clock.millis() + 3_600_000));
        ask(new Command.Refresh("next"));
        answerPings(Duration.ofSeconds(20));
        assertThat(connection.closed()).isNull();
    }

    @Test
    void takesNoTokenOfAnotherUser() {
        connected("ann");
        nextToken = new Authentication.Accepted(identity("bob", Identity.NEVER));

        ask(new Command.Refresh("next"));

        assertThat(connection.closed()).isEqualTo(Disconnect.INVALID_TOKEN);
    }

    @Test
    void takesNoTokenThatGivesOtherChannels() {
        connected("ann");
        var grants = List.of(Grant.of("news:a"));
        nextToken =
                new Authentication.Accepted(
                        new Identity("ann", Map.of(), Identity.NEVER, Payload.NONE, grants));

        ask(new Command.Refresh("next"));

        assertThat(connection.closed()).isEqualTo(Disconnect.INSUFFICIENT_STATE);
    }

    @Test
    void endsASubscriptionWhoseTokenIsNotRefreshed() {
        connected("ann");
        var claims = Map.<String, Object>of("channel", "private:bob");
        long end = server.clock.millis() + 2_000;
        nextToken = new Authentication.Accepted(new Identity("ann", claims, end));
        var options = new Command.Subscribe.Options("token", true, true, false, false);
        ask(new Command.Subscribe("private:bob", null, options));
        assertThat(replies()).hasExactlyElementsOfTypes(Reply.Subscribed.class);

        var heard = answerPings(GRACE.plusSeconds(3));

        assertThat(heard)
                .filteredOn(Push.Unsubscribed.class::isInstance)
                .singleElement()
                .satisfies(
                        push ->
                                assertThat(((Push.Unsubscribed) push).why().code())
                                        .isEqualTo(2501));
    }

    @Test
    void refusesRatherThanNotToRecoverWhereTheClientWantsItSo() {
        server.publish("news:a", "1");
        connected("ann");
        var options = new Command.Subscribe.Options("", true, true, false, true);

        ask(new Command.Subscribe("news:a", new StreamPosition("other", 1), options));

        var answer = (Reply.Failed) replies().findFirst().orElseThrow();
        assertThat(answer.refusal().code()).isEqualTo(ErrorCode.UNRECOVERABLE);
    }

    @Test
    void recoversWithoutAnEpoch() {
        var first = server.publish("news:a", "1");
        server.publish("news:a", "2");
        connected("ann");

        ask(new Command.Subscribe("news:a", new StreamPosition("", first.offset())));

        var answer = (Reply.Subscribed) replies().findFirst().orElseThrow();
        assertThat(answer.recovery()).isEqualTo(Recovery.RECOVERED);
        assertThat(answer.missed()).hasSize(1);
    }
}
