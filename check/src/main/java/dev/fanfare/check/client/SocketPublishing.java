package dev.fanfare.check.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.check.wire.Message;
import dev.fanfare.check.wire.WebSocket;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Publishes by commands, on a WebSocket that it opens anew whenever it is lost. */
final class SocketPublishing implements PublishWay {
    private static final Set<String> TEMPORARY = Set.of("unavailable", "internal");

    /** How it is said. */
    private interface Words extends AutoCloseable {
        void publish(long id, Letter letter) throws IOException;

        /** The answer to this command; passes over everything else. */
        Outcome answer(long id) throws IOException;

        @Override
        void close();
    }

    /** Opens a connection to a node. */
    private interface Entrance {
        Words open(Address node) throws IOException;
    }

    /** A connection that there is. */
    private record Open(Address node, Words words) {}

    private final Site site;
    private final Entrance entrance;
    private @Nullable Open open;
    private long commands = 1;

    private SocketPublishing(Site site, Entrance entrance) {
        this.site = site;
        this.entrance = entrance;
    }

    static PublishWay plain(Site site, String user) {
        var target = "/ws?envelope=true&token=" + site.tokenOf(user);
        return new SocketPublishing(
                site, node -> new Plain(WebSocket.open(node.port(), target, site.patience())));
    }

    static PublishWay compatible(Site site, String user) {
        return new SocketPublishing(
                site,
                node -> {
                    var exchange = SocketExchange.json(site, node);
                    var connect = Json.object().put("id", 1);
                    connect.putObject("connect").put("token", site.tokenOf(user));
                    exchange.send(connect);
                    return new Compatible(exchange);
                });
    }

    @Override
    public Address ready() throws IOException {
        var there = open;
        if (there == null) {
            var node = site.anyNode();
            there = new Open(node, entrance.open(node));
            open = there;
        }
        return there.node();
    }

    @Override
    public Outcome publish(Address node, Letter letter) {
        var there = open;
        if (there == null) {
            return new Outcome.Refused("not connected");
        }
        try {
            long id = ++commands;
            there.words().publish(id, letter);
            return there.words().answer(id);
        } catch (IOException lost) {
            close();
            return new Outcome.Unknown(lost.toString());
        }
    }

    @Override
    public void close() {
        var there = open;
        if (there != null) {
            there.words().close();
            open = null;
        }
    }

    private record Plain(WebSocket socket) implements Words {
        @Override
        public void publish(long id, Letter letter) throws IOException {
            var command = Json.object().put("type", "publish").put("id", id);
            command.put("channel", letter.channel());
            socket.send(Json.text(command.set("payload", Json.payload(letter.message()))));
        }

        @Override
        public Outcome answer(long id) throws IOException {
            while (true) {
                switch (socket.next()) {
                    case Message.Text(var text) -> {
                        var message = Json.read(text);
                        if (message.path("id").asLong() == id) {
                            return outcome(message);
                        }
                    }
                    case Message.Binary _ -> {
                        // nothing that this protocol has
                    }
                    case Message.Closed(var code, var reason) ->
                            throw Talk.Ending.told(code, reason);
                }
            }
        }

        @Override
        public void close() {
            socket.close();
        }

        private static Outcome outcome(JsonNode answer) {
            if (answer.path("type").asText().equals("published")) {
                return new Outcome.Acknowledged(Json.position(answer));
            }
            return TEMPORARY.contains(answer.path("code").asText())
                    ? new Outcome.Unknown(answer.toString())
                    : new Outcome.Refused(answer.toString());
        }
    }

    private record Compatible(Exchange exchange) implements Words {
        @Override
        public void publish(long id, Letter letter) throws IOException {
            ObjectNode command = Json.object().put("id", id);
            command.putObject("publish")
                    .put("channel", letter.channel())
                    .set("data", Json.payload(letter.message()));
            exchange.send(command);
        }

        @Override
        public Outcome answer(long id) throws IOException {
            while (true) {
                var message = exchange.next();
                if (message.isEmpty()) {
                    exchange.send(Json.object());
                } else if (message.path("id").asLong() == id) {
                    return outcome(message);
                }
            }
        }

        @Override
        public void close() {
            exchange.close();
        }

        private static Outcome outcome(JsonNode reply) {
            if (reply.has("publish")) {
                return new Outcome.Acknowledged(null);
            }
            return reply.path("error").path("temporary").asBoolean()
                    ? new Outcome.Unknown(reply.toString())
                    : new Outcome.Refused(reply.toString());
        }
    }
}
