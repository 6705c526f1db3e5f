package dev.fanfare.server.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.CompletableFuture.completedStage;

import dev.fanfare.ably.access.Revocation;
import dev.fanfare.ably.access.Revocations;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.Unavailable;
import dev.fanfare.core.node.Nodes;
import dev.fanfare.core.session.UserCommand;
import dev.fanfare.core.session.UserSessions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/**
 * All nodes that there are, as one. Any thread. Stages fail with {@link Unavailable} when a node
 * does not answer that has to.
 */
public final class Cluster {
    static final CompletionStage<byte[]> NOTHING = completedStage(new byte[0]);

    private static final String TELL = "tell";
    private static final String CHANNELS = "channels";
    private static final String REPORT = "report";
    private static final String DELIVER = "deliver";
    private static final String REVOKE = "revoke";

    /** Takes what clients of this node say by way of other nodes. */
    @FunctionalInterface
    public interface Inbox {
        /**
         * Gives commands to a session, if there is one of this secret name.
         *
         * @return completes when they are handled
         */
        CompletionStage<Boolean> deliver(String session, byte[] commands);
    }

    private final Nodes nodes;
    private final Here here;
    private final Registers registers;

    public Cluster(Nodes nodes, Here here) {
        this.nodes = nodes;
        this.here = here;
        registers = new Registers(nodes);
        nodes.handle(
                TELL,
                body -> here.users().tell(CommandJson.read(body)).thenCompose(done -> NOTHING));
        nodes.handle(CHANNELS, this::countHere);
        nodes.handle(REPORT, body -> completedStage(ReportJson.write(here.report())));
    }

    /** Who takes what others deliver to this node. Before {@link #start}. */
    public void receive(Inbox inbox) {
        nodes.handle(
                DELIVER,
                body -> {
                    var delivery = Json.read(body);
                    return inbox.deliver(
                                    Json.text(delivery, "session"),
                                    Json.bytes(delivery, "commands"))
                            .thenCompose(known -> NOTHING);
                });
    }

    /** What is revoked on any node is so in these. Before {@link #start}. */
    public void revokeIn(Revocations revocations) {
        nodes.handle(
                REVOKE,
                body -> revocations.revoke(RevocationJson.read(body)).thenCompose(done -> NOTHING));
    }

    /** This node. */
    public Node here() {
        return here.node();
    }

    /**
     * @return completes when this node is one of them: it may take clients then
     */
    public CompletionStage<Void> start() {
        return nodes.start();
    }

    /** This node is none of them any more: its clients are gone. */
    public CompletionStage<Void> leave() {
        return nodes.leave();
    }

    /** On the nodes' loop, about twice a second. */
    public void sweep() {
        nodes.sweep();
    }

    /** The register of this name: users have one connection in it, on whatever node. */
    public UserSessions register(String name) {
        return registers.named(name);
    }

    /**
     * Has it done by all sessions that are meant, wherever they are.
     *
     * @return completes when they have done it
     */
    public CompletionStage<Void> tell(UserCommand command) {
        return nodes.askAll(TELL, CommandJson.write(command)).thenAccept(done -> {});
    }

    /**
     * Revokes tokens on all nodes.
     *
     * @return completes when each of them knows
     */
    public CompletionStage<Void> revoke(List<Revocation> revocations) {
        return nodes.askAll(REVOKE, RevocationJson.write(revocations)).thenAccept(done -> {});
    }

    /** How many subscribers each channel has whose name fits. */
    public CompletionStage<Map<String, Integer>> channels(Glob names) {
        return nodes.askAll(CHANNELS, names.text().getBytes(UTF_8)).thenApply(Cluster::merged);
    }

    private CompletionStage<byte[]> countHere(byte[] pattern) {
        var names = Glob.of(new String(pattern, UTF_8));
        return here.hub().count(channel -> names.matches(channel.name())).thenApply(Cluster::json);
    }

    private static byte[] json(Map<Channel, Integer> counts) {
        return Json.object(
                writer -> counts.forEach((channel, count) -> writer.member(channel.name(), count)));
    }

    private static Map<String, Integer> merged(Map<String, byte[]> answers) {
        var counts = new TreeMap<String, Integer>();
        for (var answer : answers.values()) {
            Json.read(answer)
                    .properties()
                    .forEach(
                            channel ->
                                    counts.merge(
                                            channel.getKey(),
                                            channel.getValue().asInt(),
                                            Integer::sum));
        }
        return counts;
    }

    /** What the nodes are and do, by name. */
    public CompletionStage<List<NodeReport>> reports() {
        return nodes.askAll(REPORT, new byte[0])
                .thenApply(
                        answers ->
                                answers.values().stream()
                                        .map(ReportJson::read)
                                        .sorted(
                                                Comparator.comparing(
                                                                (NodeReport report) ->
                                                                        report.node().name())
                                                        .thenComparing(
                                                                report -> report.node().id()))
                                        .toList());
    }

    /**
     * Gives commands to a session of another node.
     *
     * @return whether there is such a node, once they are handled
     */
    public CompletionStage<Boolean> deliver(String node, String session, byte[] commands) {
        var body =
                Json.object(
                        writer -> {
                            writer.member("session", session);
                            Json.bytes(writer, "commands", commands);
                        });
        return nodes.ask(node, DELIVER, body).thenApply(answer -> answer.isPresent());
    }
}
