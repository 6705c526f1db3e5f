package dev.fanfare.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.model.TagsFilter;
import dev.fanfare.core.protocol.Command;
import dev.fanfare.core.protocol.Recovery;
import dev.fanfare.core.protocol.Reply;
import dev.fanfare.core.protocol.Request;
import dev.fanfare.core.session.Handshake.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients that say in band who they are: until they are in, or turned away. */
class HandshakeTest extends HandshakeFixture {
    @Test
    void wantsToHearWhoItIsFirst() {
        ask(new Command.PresenceStats("room:1"));

        assertThat(connection.closed()).isEqualTo(Disconnect.BAD_REQUEST);
    }

    @Test
    void cutsOffWhoStaysSilent() {
        server.sweepAfter(Duration.ofSeconds(9));
        assertThat(connection.closed()).isNull();

        server.sweepAfter(Duration.ofSeconds(1));
        assertThat(connection.closed()).isEqualTo(Disconnect.STALE);
    }

    @Test
    void keepsWhatCameWithConnectUntilItIsAnswered() {
        ask(connect(), new Command.Subscribe("news:a", null));
        assertThat(connection.take()).isEmpty();

        welcome("ann");

        assertThat(replies())
                .hasExactlyElementsOfTypes(Reply.Connected.class, Reply.Subscribed.class);
    }

    @Test
    void goesNoFurtherWithARefusedClient() {
        ask(connect());
        var refusal = new Refusal(ErrorCode.TOKEN_EXPIRED, "token", "an old one", "a new one");
        verdict.complete(new Verdict.Refused(refusal));
        server.thread.runAll();
        assertThat(replies().toList()).containsExactly(new Reply.Failed(refusal));

        ask(connect());
        assertThat(connection.closed()).isEqualTo(Disconnect.BAD_REQUEST);
    }

    @Test
    void cutsARefusedClientOffWhereItsProtocolHasNoAnswers() {
        insteadOfRefusal = Disconnect.EXPIRED;
        ask(connect());
        verdict.complete(
                new Verdict.Refused(new Refusal(ErrorCode.TOKEN_EXPIRED, "token", "old", "new")));
        server.thread.runAll();

        assertThat(replies()).isEmpty();
        assertThat(connection.closed()).isEqualTo(Disconnect.EXPIRED);
    }

    @Test
    void tellsWhereTheSessionIsToBeFound() {
        ask(connect());
        welcome("ann");

        var answer = (Reply.Connected) replies().findFirst().orElseThrow();
        assertThat(answer.place()).isEqualTo(PLACE);
        assertThat(answer.ping()).isEqualTo(25);
    }

    @Test
    void tellsWhenAllCommandsAreHandled() {
        connected("ann");
        server.broker.beLate();
        var handled = new ArrayList<String>();

        handshake.receive(
                List.of(
                        new Request("1", new Command.Subscribe("news:a", null)),
                        new Request("2", new Command.PresenceStats("room:1"))),
                () -> handled.add("all"));
        server.thread.runAll();
        assertThat(handled).isEmpty();

        server.broker.answerAll();
        server.thread.runAll();
        assertThat(handled).containsExactly("all");
        assertThat(replies()).hasSize(2);
    }

    @Test
    void tellsSoTooWhenTheClientGoesBeforeThat() {
        connected("ann");
        server.broker.beLate();
        var handled = new ArrayList<String>();
        var subscribe = new Request("1", new Command.Subscribe("news:a", null));
        handshake.receive(List.of(subscribe, subscribe), () -> handled.add("all"));
        server.thread.runAll();

        handshake.closed(Disconnect.CLOSED);
        assertThat(handled).containsExactly("all");

        handshake.receive(List.of(subscribe), () -> handled.add("late"));
        assertThat(handled).containsExactly("all", "late");
    }

    @Test
    void letsAClientSayOnlyOnceWhoItIs() {
        connected("ann");

        ask(connect());

        assertThat(connection.closed()).isEqualTo(Disconnect.BAD_REQUEST);
    }

    @Test
    void givesProposedChannelsWithWhatWasMissedAndPassesOverForbiddenOnes() {
        var first = server.publish("news:a", "1");
        server.publish("news:a", "2");
        ask(connect(new Command.Subscribe("news:a", first), subscribe("private:bob")));
        welcome("ann");

        var answer = (Reply.Connected) replies().findFirst().orElseThrow();
        assertThat(answer.channels())
                .singleElement()
                .satisfies(
                        channel -> {
                            assertThat(channel.recovery()).isEqualTo(Recovery.RECOVERED);
                            assertThat(channel.missed()).hasSize(1);
                            assertThat(channel.terms().start()).isEqualTo(first);
                        });
    }

    @Test
    void endsOverAProposalToChooseByTagsWhereNobodyMay() {
        var filter = new TagsFilter.Exists("kind");
        var options = new Command.Subscribe.Options("", true, true, false, false, filter, false);
        ask(connect(new Command.Subscribe("news:a", null, options)));
        welcome("ann");

        assertThat(connection.closed()).isEqualTo(Disconnect.BAD_REQUEST);
    }

    @Test
    void endsOverAProposedChannelThatThereIsNot() {
        ask(connect(subscribe("nowhere")));
        welcome("ann");

        assertThat(connection.closed()).isEqualTo(Disconnect.BAD_REQUEST);
    }

    @Test
    void leavesNothingBehindWhenTheClientGoesWhileItIsJudged() {
        ask(connect());
        handshake.closed(Disconnect.CLOSED);
        verdict.complete(new Verdict.Welcome(identity("ann", 0), List.of("news:a")));
        server.thread.runAll();

        server.assertNothingIsLeft();
    }

    @Test
    void leavesNothingBehindWhenTheClientGoesWhileItsChannelsAreOpened() {
        ask(connect(subscribe("news:a"), subscribe("room:a")));
        server.broker.beLate();
        welcome("ann");
        handshake.closed(Disconnect.CLOSED);
        server.broker.answerAll();
        server.thread.runAll();

        assertThat(replies()).isEmpty();
        server.assertNothingIsLeft();
    }
}
