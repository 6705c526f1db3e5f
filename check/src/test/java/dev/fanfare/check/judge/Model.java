package dev.fanfare.check.judge;

import static dev.fanfare.check.judge.Play.CHAT;
import static dev.fanfare.check.judge.Play.NEWS;

import dev.fanfare.check.history.Fault.Kind;
import dev.fanfare.check.history.Position;
import dev.fanfare.check.history.Publish;
import dev.fanfare.check.history.Subscription.Recovery;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A small server that keeps its promises, clients that come and go, and a Redis that is lost now
 * and then. What happens follows from a seed.
 */
final class Model {
    private static final int HISTORY = 10;
    private static final int MOST_CLIENTS = 5;

    /** Something that is on its way to a client. */
    private record Arriving(@Nullable String message, @Nullable Position position) {
        boolean isGap() {
            return message == null;
        }
    }

    /** A client that listens to one channel. */
    private static final class Client {
        private final String connection;
        private final String channel;
        private final boolean isToldPositions;
        private final Deque<Arriving> arriving = new ArrayDeque<>();

        /** The last that it heard; null: nothing yet. */
        private @Nullable Position at;

        Client(String connection, String channel, boolean isToldPositions) {
            this.connection = connection;
            this.channel = channel;
            this.isToldPositions = isToldPositions;
        }
    }

    private final Random random;
    private final Play play = new Play();
    private final List<Client> clients = new ArrayList<>();
    private final List<Client> away = new ArrayList<>();
    private final List<String> kept = new ArrayList<>();
    private int epoch;
    private int messages;
    private int connections;

    private Model(long seed) {
        random = new Random(seed);
    }

    static Play play(long seed, int steps) {
        var model = new Model(seed);
        for (int step = 0; step < steps; step++) {
            model.step();
        }
        model.clients.forEach(client -> model.deliver(client, Integer.MAX_VALUE));
        return model.play;
    }

    private void step() {
        play.pause(random.nextInt(20));
        switch (random.nextInt(20)) {
            case 0, 1 -> connect();
            case 2 -> leave();
            case 3 -> comeBack();
            case 4 -> breakSomething();
            case 5, 6, 7, 8, 9 -> publish();
            case 10, 11 -> chat();
            default -> deliver();
        }
    }

    private Position top() {
        return Play.at("e" + epoch, kept.size());
    }

    private void connect() {
        if (clients.size() >= MOST_CLIENTS) {
            return;
        }
        connections++;
        var channel = random.nextInt(3) == 0 ? CHAT : NEWS;
        boolean positions = channel.equals(NEWS) && random.nextBoolean();
        var client = new Client("c" + connections, channel, positions);
        play.connect(client.connection);
        play.subscribe(client.connection, channel, positions ? top() : null);
        client.at = positions ? top() : null;
        clients.add(client);
    }

    private void leave() {
        if (clients.isEmpty()) {
            return;
        }
        var client = clients.remove(random.nextInt(clients.size()));
        if (random.nextBoolean()) {
            play.disconnect(client.connection);
        } else {
            play.cut(client.connection);
        }
        if (client.at != null) {
            away.add(client);
        }
    }

    private void comeBack() {
        if (away.isEmpty() || clients.size() >= MOST_CLIENTS) {
            return;
        }
        connections++;
        var since = away.remove(0).at;
        var client = new Client("c" + connections, NEWS, true);
        boolean isThere = since.sameEpoch(top()) && top().offset() - since.offset() <= HISTORY;
        play.connect(client.connection);
        play.recover(client.connection, since, top(), isThere ? Recovery.RECOVERED : Recovery.LOST);
        client.at = isThere ? since : top();
        for (long offset = since.offset() + 1; isThere && offset <= top().offset(); offset++) {
            client.arriving.add(
                    new Arriving(kept.get((int) offset - 1), new Position(since.epoch(), offset)));
        }
        clients.add(client);
    }

    private void breakSomething() {
        boolean loses = random.nextBoolean();
        play.fault(loses ? Kind.REDIS_LOST : Kind.REDIS_CUT);
        if (loses) {
            epoch++;
            kept.clear();
        }
        for (var client : clients) {
            if (loses || client.channel.equals(CHAT)) {
                loseSome(client);
                client.arriving.add(new Arriving(null, client.channel.equals(CHAT) ? null : top()));
            }
        }
    }

    private void loseSome(Client client) {
        int lost = random.nextInt(client.arriving.size() + 1);
        for (int count = 0; count < lost && !client.arriving.getLast().isGap(); count++) {
            client.arriving.removeLast();
        }
    }

    private void publish() {
        var message = "m" + ++messages;
        long attempt = play.send(NEWS, message, null);
        kept.add(message);
        sendToAll(NEWS, new Arriving(message, top()));
        answer(attempt, top());
    }

    private void chat() {
        var message = "m" + ++messages;
        long attempt = play.send(CHAT, message, null);
        sendToAll(CHAT, new Arriving(message, null));
        answer(attempt, null);
    }

    private void answer(long attempt, @Nullable Position position) {
        if (random.nextInt(10) == 0) {
            play.say(new Publish.Unknown(attempt, "lost"));
        } else {
            play.acknowledge(attempt, position);
        }
    }

    private void sendToAll(String channel, Arriving arriving) {
        clients.stream()
                .filter(client -> client.channel.equals(channel))
                .forEach(client -> client.arriving.add(arriving));
    }

    private void deliver() {
        if (!clients.isEmpty()) {
            deliver(clients.get(random.nextInt(clients.size())), 1 + random.nextInt(5));
        }
    }

    private void deliver(Client client, int most) {
        for (int count = 0; count < most && !client.arriving.isEmpty(); count++) {
            var next = client.arriving.removeFirst();
            if (next.isGap()) {
                play.gap(client.connection, client.channel, next.position());
            } else if (client.isToldPositions) {
                play.hear(client.connection, next.message(), next.position());
            } else {
                play.hear(client.connection, client.channel, next.message());
            }
            client.at = client.isToldPositions ? next.position() : null;
        }
    }
}
