package dev.fanfare.core.session;

import static dev.fanfare.core.session.FakeClient.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.access.Identity;
import dev.fanfare.core.fake.CountingEncoder;
import dev.fanfare.core.model.Audience.ExceptUser;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.protocol.Command;
import dev.fanfare.core.protocol.Request;
import dev.fanfare.core.session.SessionRules.MessageBudget;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SessionTest {
    private final Server server = new Server();

    @Test
    void opensAllChannelsOrNone() {
        var client = server.client("ann");
        var refusals =
                client.open(wish("news:1"), wish("private:bob"), wish("nowhere"), wish("room:1"));
        assertThat(refusals.join())
                .extracting(Refusal::code)
                .containsExactly(ErrorCode.PERMISSION_DENIED, ErrorCode.UNKNOWN_CHANNEL);
        assertThat(server.hub.channels()).isZero();
        assertThat(server.presence.size()).isZero();
    }

    @Test
    void opensNoMoreChannelsThanASessionMayHave() {
        var client = server.client("ann");
        var refusals = client.open(wish("news:1"), wish("news:2"), wish("news:3"), wish("news:4"));
        assertThat(refusals.join())
                .extracting(Refusal::code)
                .containsExactly(ErrorCode.LIMIT_EXCEEDED);
        assertThat(server.hub.channels()).isZero();
    }

    @Test
    void opensAChannelOnceThatIsWishedTwice() {
        var client = server.client("ann");
        client.connect(wish("news:1"), wish("news:1"));
        assertThat(client.session.subscriptionCount()).isEqualTo(1);
    }

    @Test
    void endsWhenTheBrokerFailsWhileItOpens() {
        server.broker.breakDown();
        var client = server.client("ann");
        assertThat(client.open(wish("news:1"), wish("room:1"))).isCompletedExceptionally();
        assertThat(client.session.closedBecause()).isEqualTo(Disconnect.INTERNAL_ERROR);
        assertThat(server.hub.channels()).isZero();
        assertThat(server.presence.size()).isZero();
    }

    @Test
    void leavesNothingBehindWhenTheClientGoesWhileItOpens() {
        var client = server.client("ann");
        server.broker.beLate();
        var opened = client.open(wish("news:1"), wish("room:1"));
        client.session.closed(Disconnect.CLOSED);
        server.broker.answerAll();
        server.thread.runAll();
        client.session.start();
        assertThat(opened).isCompleted();
        assertThat(client.connection.take()).isEmpty();
        server.assertNothingIsLeft();
    }

    @Test
    void hearsNothingBeforeItHasStarted() {
        var client = server.client("ann");
        assertThat(client.open(wish("room:1"))).isCompleted();
        server.publish("room:1", "1");
        client.ask(new Command.Ping());
        server.thread.runAll();
        assertThat(client.connection.take()).isEmpty();
    }

    @Test
    void answersInTheOrderOfTheRequests() {
        var client = server.connected("ann");
        server.broker.beLate();
        client.subscribe("news:1");
        client.ask(new Command.Ping(), new Command.Unsubscribe("news:1"));
        client.subscribe("nowhere");
        assertThat(client.hears()).isEmpty();
        server.broker.answer();
        server.broker.answer();
        assertThat(client.hears())
                .containsExactly(
                        "1 NOT_ASKED at 0", "2 pong", "3 left news:1", "4 unknown_channel");
    }

    @Test
    void answersBeforeItSendsWhatHasArrivedMeanwhile() {
        var client = server.connected("ann");
        server.broker.beLate();
        client.subscribe("room:1");
        server.publish("room:1", "1");
        server.thread.runAll();
        server.broker.answerAll();
        assertThat(client.hears()).containsExactly("1 NOT_ASKED at 0", "1");
    }

    @Test
    void refusesWhatIsNotAllowedAndLives() {
        var client = server.connected("ann");
        client.subscribe("nowhere");
        client.subscribe("private:bob");
        client.subscribe("news:1");
        client.subscribe("news:1");
        client.ask(
                new Command.Presence("news:1"),
                new Command.History("room:1", new HistoryQuery(null, 1, false)),
                new Command.Presence("private:bob"),
                new Command.Publish("private:bob", null, json("1")),
                new Command.Unreadable(new Refusal(ErrorCode.BAD_REQUEST, "body", "x", "JSON")),
                new Command.Ping());
        assertThat(client.hears())
                .containsExactly(
                        "1 unknown_channel",
                        "2 permission_denied",
                        "3 NOT_ASKED at 0",
                        "4 already_subscribed",
                        "5 not_available",
                        "6 not_available",
                        "7 permission_denied",
                        "8 permission_denied",
                        "9 bad_request",
                        "10 pong");
    }

    @Test
    void refusesMoreChannelsThanASessionMayHave() {
        var client = server.connected("ann", wish("news:1"), wish("news:2"), wish("news:3"));
        client.subscribe("news:4");
        client.ask(new Command.Unsubscribe("news:1"));
        client.subscribe("news:4");
        assertThat(client.hears())
                .containsExactly("1 limit_exceeded", "2 left news:1", "3 NOT_ASKED at 0");
    }

    @Test
    void hearsWhatItPublishesItself() {
        var client = server.connected("ann", wish("news:1"));
        client.ask(new Command.Publish("news:1", null, json("1")));
        assertThat(client.hears()).containsExactly("1 published 1", "1");
    }

    @Test
    void tellsWhoIsThere() {
        var client = server.connected("ann", wish("room:1"));
        server.connected("bob", wish("room:1"));
        client.ask(new Command.Presence("room:1"), new Command.Unsubscribe("room:1"));
        client.ask(new Command.Presence("room:1"));
        assertThat(client.hears()).containsExactly("1 members 2", "2 left room:1", "3 members 1");
    }

    @Test
    void tellsThePastExceptWhatIsNotMeantForIt() {
        server.publish("news:1", "1");
        server.publish("news:1", "2", new ExceptUser("ann"));
        server.publish("news:1", "3");
        var query = new HistoryQuery(null, 10, false);
        var ann = server.connected("ann");
        var bob = server.connected("bob");
        ann.ask(new Command.History("news:1", query));
        bob.ask(new Command.History("news:1", query));
        assertThat(ann.hears()).containsExactly("1 past 1 3");
        assertThat(bob.hears()).containsExactly("1 past 1 2 3");
    }

    @Test
    void refusesAPastOfAnotherEpoch() {
        server.publish("news:1", "1");
        var client = server.connected("ann");
        var since = new StreamPosition("another epoch", 0);
        client.ask(new Command.History("news:1", HistoryQuery.after(since, 10)));
        assertThat(client.hears()).containsExactly("1 unrecoverable");
    }

    @Test
    void answersAnErrorWhenTheBrokerFailsAndLives() {
        var client = server.connected("ann");
        server.broker.breakDown();
        client.subscribe("news:1");
        client.ask(
                new Command.Publish("news:1", null, json("1")),
                new Command.History("news:1", new HistoryQuery(null, 1, false)),
                new Command.Ping());
        assertThat(client.hears())
                .containsExactly("1 internal", "2 internal", "3 internal", "4 pong");
        assertThat(server.failures).hasSize(3);
        assertThat(server.hub.channels()).isZero();
        server.broker.mend();
        client.subscribe("news:1");
        assertThat(client.hears()).containsExactly("5 NOT_ASKED at 0");
    }

    @Test
    void answersThatNothingCanBeDoneWhileTheBrokerIsGone() {
        var client = server.connected("ann");
        server.broker.goAway();
        client.subscribe("news:1");
        client.ask(new Command.Publish("news:1", null, json("1")), new Command.Ping());
        assertThat(client.hears()).containsExactly("1 unavailable", "2 unavailable", "3 pong");
        assertThat(server.failures).isEmpty();
    }

    @Test
    void letsABoundedNumberOfCommandsWait() {
        var client = server.connected("ann");
        server.broker.beLate();
        client.subscribe("news:1");
        for (int count = 0; count < Server.RULES.maxWaiting(); count++) {
            client.ask(new Command.Ping());
        }
        assertThat(client.connection.closed()).isNull();
        client.ask(new Command.Ping());
        assertThat(client.connection.closed()).isEqualTo(Disconnect.TOO_MANY_REQUESTS);
        server.assertNothingIsLeft();
    }

    @Test
    void endsAClientThatSaysMoreThanItsBudget() {
        var client = server.client(new Identity("ann", Map.of(), Identity.NEVER), budget(2, 4));
        client.connect();
        client.ask(pings(4));
        server.clock.advance(Duration.ofSeconds(1));
        client.ask(pings(2));
        assertThat(client.hears()).hasSize(6);
        client.ask(pings(2));
        assertThat(client.hears()).containsExactly("7 too_many_requests", "disconnected 3013");
        assertThat(client.connection.closed()).isEqualTo(Disconnect.TOO_MANY_REQUESTS);
    }

    @Test
    void takesNothingFromABudgetWhenTheClockIsSetBack() {
        var client = server.client(new Identity("ann", Map.of(), Identity.NEVER), budget(1, 3));
        client.connect();
        client.ask(pings(1));
        server.clock.advance(Duration.ofHours(-1));
        client.ask(pings(2));
        assertThat(client.hears()).containsExactly("1 pong", "2 pong", "3 pong");
    }

    private static Command[] pings(int count) {
        return Stream.generate(Command.Ping::new).limit(count).toArray(Command[]::new);
    }

    private static SessionRules budget(double perSecond, int burst) {
        var rules = Server.RULES;
        return new SessionRules(
                rules.maxChannels(),
                rules.maxWaiting(),
                rules.maxPendingBytes(),
                rules.maxRecovered(),
                new MessageBudget(perSecond, burst),
                rules.heartbeat());
    }

    @Test
    void flushesOnceForAllThatADrainBrings() {
        var client = server.connected("ann", wish("news:1"), wish("room:1"));
        int before = client.connection.flushes();
        server.publish("news:1", "1");
        server.publish("room:1", "2");
        server.publish("news:1", "3", new ExceptUser("bob"));
        assertThat(client.hears()).containsExactly("1", "2", "3");
        assertThat(client.connection.flushes()).isEqualTo(before + 1);
    }

    @Test
    void flushesOnceForAllAnswersToABatch() {
        var client = server.connected("ann");
        int before = client.connection.flushes();
        var ping = new Request(null, new Command.Ping());
        client.session.receive(List.of(ping, ping, ping));
        assertThat(client.connection.flushes()).isEqualTo(before + 1);
    }

    @Test
    void sharesFramesWithAllThatSpeakTheSame() {
        server.connected("ann", wish("room:1"));
        server.connected("bob", wish("room:1"));
        int before = server.shared.encoded();
        server.publish("room:1", "1");
        server.publish("room:1", "2");
        server.thread.runAll();
        assertThat(server.shared.encoded()).isEqualTo(before + 1);
    }

    @Test
    void sharesFramesOfWhatIsNotMeantForAll() {
        var ann = server.connected("ann", wish("news:1"));
        var others = Stream.generate(() -> server.connected("", wish("news:1"))).limit(10).toList();
        int before = server.shared.encoded();
        server.publish("news:1", "1", new ExceptUser("ann"));
        server.publish("news:1", "2", new ExceptUser("ann"));
        server.publish("news:1", "3");
        server.thread.runAll();
        assertThat(server.shared.encoded()).isEqualTo(before + 2);
        assertThat(ann.hears()).containsExactly("3");
        assertThat(others)
                .allSatisfy(each -> assertThat(each.hears()).containsExactly("1", "2", "3"));
    }

    @Test
    void keepsTheFramesOfAnEncoderOfItsOwn() {
        var own = new CountingEncoder(false);
        var client =
                new FakeClient(
                        server,
                        "client",
                        new Identity("ann", Map.of(), Identity.NEVER),
                        Server.RULES,
                        own);
        client.connect(wish("room:1"));
        server.connected("bob", wish("room:1"));
        client.hears();
        server.publish("room:1", "1");
        server.publish("room:1", "2");
        assertThat(client.hears()).containsExactly("1", "2");
        assertThat(own.open()).isZero();
    }

    private static Payload json(String text) {
        return Payload.json(text);
    }
}
