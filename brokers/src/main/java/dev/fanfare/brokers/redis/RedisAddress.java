package dev.fanfare.brokers.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where one Redis is, be it alone, behind Sentinels or a cluster, and how it is entered. */
public sealed interface RedisAddress {
    /** A program that listens. Port 6379 unless it is said, for Sentinels 26379. */
    record Node(String host, int port) {
        @Override
        public String toString() {
            return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
        }
    }

    /**
     * @param user empty: the user {@code default}
     * @param password empty: none is asked for
     * @param database always 0 in a cluster
     */
    record Access(String user, String password, int database, boolean tls) {
        @Override
        public String toString() {
            return "Access[user=" + user + ", database=" + database + ", tls=" + tls + "]";
        }
    }

    Access access();

    /** The same place, entered as somebody else. */
    RedisAddress withAccess(Access access);

    /** One server. */
    record Standalone(Node node, Access access) implements RedisAddress {
        @Override
        public RedisAddress withAccess(Access other) {
            return new Standalone(node, other);
        }

        /** As it is written for programs, password included: never for people. */
        public String url() {
            var who =
                    access.user().isEmpty() && access.password().isEmpty()
                            ? ""
                            : encoded(access.user()) + ":" + encoded(access.password()) + "@";
            return (access.tls() ? "rediss://" : "redis://") + who + node + "/" + access.database();
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, UTF_8).replace("+", "%20");
        }
    }

    /**
     * A primary whose place Sentinels know.
     *
     * @param master what the Sentinels call it
     */
    record Sentinel(List<Node> nodes, String master, Access access) implements RedisAddress {
        public Sentinel {
            nodes = List.copyOf(nodes);
        }

        @Override
        public RedisAddress withAccess(Access other) {
            return new Sentinel(nodes, master, other);
        }
    }

    /**
     * @param nodes some of its members: they tell the others
     */
    record Cluster(List<Node> nodes, Access access) implements RedisAddress {
        public Cluster {
            nodes = List.copyOf(nodes);
        }

        @Override
        public RedisAddress withAccess(Access other) {
            return new Cluster(nodes, other);
        }
    }

    /**
     * Reads {@code redis://user:password@host:6379/0}, {@code redis-sentinel://h1:26379,h2/master}
     * or {@code redis-cluster://h1:7000,h2:7001}; with {@code rediss} for TLS.
     */
    static RedisAddress parse(String text) {
        var parts = Reading.FORM.matcher(text);
        if (!parts.matches()) {
            throw Reading.wrong(text, Reading.EXPECTED);
        }
        boolean tls = parts.group("tls") != null;
        var path = parts.group("path") == null ? "" : parts.group("path");
        var kind = parts.group("kind") == null ? "" : parts.group("kind");
        var who = Reading.who(text, parts.group("user"), tls);
        var hosts = parts.group("hosts");
        return switch (kind) {
            case "-sentinel" ->
                    Reading.sentinel(text, Reading.nodes(text, hosts, 26379), path, who);
            case "-cluster" -> Reading.cluster(text, Reading.nodes(text, hosts, 6379), path, who);
            default -> Reading.standalone(text, Reading.nodes(text, hosts, 6379), path, who);
        };
    }

    /** How the text of an address is read. */
    final class Reading {
        private static final Pattern FORM =
                Pattern.compile(
                        "redis(?<tls>s)?(?<kind>-sentinel|-cluster)?://"
                                + "((?<user>[^@/]*)@)?(?<hosts>[^/@?#]+)(/(?<path>[^/?#]*))?");
        private static final Pattern HOST =
                Pattern.compile("(?<host>\\[[0-9a-fA-F:.%]+]|[^:\\[\\]\\s]+)(:(?<port>\\d{1,5}))?");
        private static final String EXPECTED =
                "redis://user:password@host:6379/0, redis-sentinel://h1:26379,h2:26379/master or"
                        + " redis-cluster://h1:7000,h2:7001; rediss… for TLS";

        private Reading() {}

        private static RedisAddress standalone(
                String text, List<Node> nodes, String path, Access who) {
            if (nodes.size() > 1) {
                throw wrong(text, "one host; redis-sentinel:// and redis-cluster:// take several");
            }
            if (!path.matches("\\d{0,4}")) {
                throw wrong(text, "a database's number after the host, for example /0");
            }
            int database = path.isEmpty() ? 0 : Integer.parseInt(path);
            var access = new Access(who.user(), who.password(), database, who.tls());
            return new Standalone(nodes.getFirst(), access);
        }

        private static RedisAddress sentinel(
                String text, List<Node> nodes, String path, Access who) {
            if (path.isEmpty()) {
                throw wrong(text, "the master's name after the hosts, for example /mymaster");
            }
            return new Sentinel(nodes, path, who);
        }

        private static RedisAddress cluster(
                String text, List<Node> nodes, String path, Access who) {
            if (!path.isEmpty() && !path.equals("0")) {
                throw wrong(text, "no database: a cluster has only number 0");
            }
            return new Cluster(nodes, who);
        }

        private static Access who(String text, @Nullable String userInfo, boolean tls) {
            if (userInfo == null) {
                return new Access("", "", 0, tls);
            }
            int colon = userInfo.indexOf(':');
            if (colon < 0) {
                throw wrong(text, "user:password@ or :password@ before the host");
            }
            var user = decoded(text, userInfo.substring(0, colon));
            return new Access(user, decoded(text, userInfo.substring(colon + 1)), 0, tls);
        }

        private static String decoded(String text, String part) {
            try {
                return URLDecoder.decode(part.replace("+", "%2B"), UTF_8);
            } catch (IllegalArgumentException e) {
                throw wrong(text, "a percent sign in user or password as %25");
            }
        }

        private static List<Node> nodes(String text, String hosts, int port) {
            var nodes = new ArrayList<Node>();
            for (var host : hosts.split(",", -1)) {
                var parts = HOST.matcher(host);
                if (!parts.matches()) {
                    throw wrong(text, "host:port instead of \"" + host + "\"");
                }
                var digits = parts.group("port");
                int number = digits == null ? port : Integer.parseInt(digits);
                if (number < 1 || number > 65535) {
                    throw wrong(text, "a port from 1 to 65535");
                }
                nodes.add(new Node(parts.group("host").replaceAll("[\\[\\]]", ""), number));
            }
            return nodes;
        }

        /** Never shows the password. */
        private static IllegalArgumentException wrong(String text, String expected) {
            var shown = text.replaceFirst("//.*@", "//…@");
            return new IllegalArgumentException(
                    "address: " + shown + " (expected: " + expected + ")");
        }
    }
}
