package dev.fanfare.check.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.check.history.Position;
import dev.fanfare.check.history.Run.ChannelRules;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A client of the protocol compatible with Centrifugo, two ways. */
final class CompatibleTalk implements Talk {
    private static final int CONNECT = 1;

    /** A question that is not answered yet. */
    private record Asked(String channel, @Nullable Position since) {}

    private final Exchange exchange;
    private final Witness witness;
    private final CompatiblePushes pushes;
    private final Map<Long, Asked> asked = new HashMap<>();

    /** To be subscribed to as soon as the server is heard of again. */
    private final Set<String> wanted = new LinkedHashSet<>();

    private long commands = CONNECT;

    private CompatibleTalk(Exchange exchange, Witness witness) {
        this.exchange = exchange;
        this.witness = witness;
        pushes = new CompatiblePushes(witness);
    }

    static Talk begin(Exchange exchange, Site site, Witness witness) throws IOException {
        try {
            exchange.send(connect(site, witness));
        } catch (IOException lost) {
            exchange.close();
            throw lost;
        }
        return begun(exchange, witness);
    }

    /** Where {@link #connect} has been said. */
    static Talk begun(Exchange exchange, Witness witness) {
        return new CompatibleTalk(exchange, witness);
    }

    static ObjectNode connect(Site site, Witness witness) {
        var command = Json.object().put("id", CONNECT);
        command.putObject("connect").put("token", site.tokenOf(witness.client().user()));
        return command;
    }

    @Override
    public void next() throws IOException {
        var message = exchange.next();
        subscribeToWanted();
        if (message.isEmpty()) {
            exchange.send(Json.object());
        } else if (message.has("push")) {
            push(message.path("push"));
        } else {
            reply(message);
        }
    }

    @Override
    public void close() {
        exchange.close();
    }

    private void push(JsonNode push) throws IOException {
        pushes.read(push);
        if (push.has("unsubscribe")) {
            wanted.add(push.path("channel").asText());
        }
    }

    private void reply(JsonNode reply) throws IOException {
        long id = reply.path("id").asLong();
        var question = asked.remove(id);
        if (id == CONNECT && reply.has("connect")) {
            witness.opened(reply.path("connect").path("client").asText());
            witness.client().channels().stream().map(ChannelRules::name).forEach(wanted::add);
            subscribeToWanted();
        } else if (question != null && reply.has("subscribe")) {
            pushes.subscribed(question.channel(), question.since(), reply.path("subscribe"));
        } else if (question != null && reply.path("error").path("temporary").asBoolean()) {
            wanted.add(question.channel());
        } else {
            throw Ending.wanted("no use for " + reply);
        }
    }

    private void subscribeToWanted() throws IOException {
        for (var channel : wanted) {
            long id = ++commands;
            var since = witness.position(channel);
            asked.put(id, new Asked(channel, since));
            var command = Json.object().put("id", id);
            command.set("subscribe", CompatiblePushes.request(since).put("channel", channel));
            exchange.send(command);
        }
        wanted.clear();
    }
}
