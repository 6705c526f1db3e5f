package dev.fanfare.server.config;

import dev.fanfare.core.channel.VariableType;
import java.util.stream.Collectors;

/** Writes docs/configuration.md from the declarations of the settings. */
final class ConfigPage {
    private static final String INTRODUCTION =
            """
            # Configuration

            <!-- Generated from the declarations in Settings.java by ConfigPageTest, which says how. -->

            Every setting has a key, like `limits.frame-size`. It can be given, from the weakest source to the
            strongest,

            1. in a YAML file: the one that `--config` names, or the environment variable `FANFARE_CONFIG`,
               else `fanfare.yaml` in the working directory where there is one;
            2. as an environment variable: `FANFARE_` and the key in capitals, `FANFARE_LIMITS_FRAME_SIZE`;
               an empty variable counts as not set;
            3. as a system property: `fanfare.` and the key, `-Dfanfare.limits.frame-size=128KiB`;
            4. on the command line.

            In the file, `limits.frame-size: 128KiB` and

            ```yaml
            limits:
              frame-size: 128KiB
            ```

            say the same. Sizes are written as `512B`, `64KiB` or `8MiB`, times as `100ms`, `25s`, `5m`, `2h` or
            `7d`, lists in variables with commas. Relative paths start from the working directory.

            The server refuses to start with a configuration that is wrong, and tells all that is wrong with it at
            once. `fanfare check-config` does the same without starting:

            ```
            limits.frame-size: 64KB (expected: 128B to 16MiB, for example limits.frame-size: 64KiB) at fanfare.yaml:14
            prot: unknown key (expected: port, for example port: 8000) at fanfare.yaml:2
            ```

            Secrets are never printed. Outside development mode there must be a `token.secret`:

            ```
            export FANFARE_TOKEN_SECRET=$(openssl rand -hex 32)
            export FANFARE_PUBLISH_TOKEN=$(openssl rand -hex 32)
            ```

            Development mode (`--dev`, or `dev: true`) has fixed values, so that examples work: the publish token
            `%s`, the API key `%s`, the token secret `%s`, the key `%s`
            for the protocol compatible with Ably and its sandbox, the host `%s`, and pages of this machine as origins. Each is overridden as any setting is. Outside development mode
            the server does not start with one of these secrets.
            """
                    .formatted(
                            Development.PUBLISH_TOKEN,
                            Development.API_KEY,
                            Development.TOKEN_SECRET,
                            Development.ABLY_KEY,
                            Development.HOST);

    private static final String ENDPOINTS =
            """

            ## Endpoints

            Where clients connect. Without `endpoints` there is one of each transport, at its usual path. `/ws`,
            `/sse` and `/stream` then have the automatic channel `stories:{user}`, where the catalogue has it. So
            are the three of the [sync hub](sync-hub.md), where the catalogue has their channels.

            | transport | usual path | what it is |
            |---|---|---|
            | `websocket` | `/ws` | plain JSON on a WebSocket |
            | `sse`, `ndjson` | `/sse`, `/stream` | plain JSON, one way, as server-sent events or as lines |
            | `centrifuge` | `/connection/websocket` | the protocol compatible with Centrifugo, on a WebSocket |
            | `centrifuge-http-stream` | `/connection/http_stream` | the same over HTTP, answers as JSON lines or in Protobuf |
            | `centrifuge-sse` | `/connection/sse` | the same over HTTP, answers as server-sent events |
            | `centrifuge-uni-websocket` | `/connection/uni_websocket` | its pushes alone, on a WebSocket |
            | `centrifuge-uni-sse` | `/connection/uni_sse` | its pushes alone, as server-sent events |
            | `centrifuge-uni-http-stream` | `/connection/uni_http_stream` | its pushes alone, as JSON lines |
            | `centrifuge-init` | `/connection/init` | no connection: `GET` is answered with `{}` |

            `/emulation`, where clients of `centrifuge-http-stream` and `centrifuge-sse` send their commands, is
            there as soon as one of the two is.

            ```yaml
            endpoints:
              - path: /ws
                transport: websocket
                channels: ["stories:{user}"]
              - path: /monitor
                transport: websocket
                connect: claim role is admin
                channels: ["games:events"]
                connections: newest
                messages-per-second: 5
                message-burst: 10
            ```

            | key | meaning | values | default |
            |---|---|---|---|
            | `path` | the path of its URL | a path like `/ws` that is not the server's own | required |
            | `transport` | how publications travel | one of the table above | required |
            | `connect` | who may connect, beyond having a valid token | a rule, see below, without variables | `everyone` |
            | `channels` | what a client gets that names no channels; `{user}` stands for its user's id | channel names | none |
            | `connections` | several connections of one user: keep `all`, or the `newest` replaces the older, on whatever node it is. Endpoints of `centrifuge…` transports that keep the newest count as one | `all`, `newest` | `all` |
            | `messages-per-second`, `message-burst` | as the limits of these names, for this endpoint | a number, or `off` | the limits |

            `websocket`, `sse` and `ndjson` also have:

            | key | meaning | example | default |
            |---|---|---|---|
            | `deprecated` | says so in the headers `Deprecation`, `Sunset` and `Link`, and in the greeting: since when, until when (may be missing), what to use instead (may be missing) | `{ since: 2026-11-21, sunset: 2027-12-31, successor: /ws }` | not deprecated |
            | `token-in-query` | whether the token may come in the query | `false` | `token.in-query` |
            | `presence` | channels where clients count as present without listening | `["games:online"]` | none |
            | `greeting` | on `websocket`: the first message. `sync-connected` and `ws-ack` say who the client is, `monitor-snapshot` what is on the endpoint's channels: who is present, and what was published lately; after it comes who comes and goes, by user. A channel of the endpoint that keeps presence needs no right to subscribe here, only `see-presence` | `ws-ack` | `none` |
            | `schema-version` | on `websocket`: the `schema_version` that messages tell which tell none | `1` | none |

            Transports named `centrifuge…` also have:

            | key | meaning | values | default |
            |---|---|---|---|
            | `anonymous` | whether a client may connect without a token, as nobody in particular | `true`, `false` | `false` |
            | `anonymous-tokens` | whether a token may name no user | `true`, `false` | `true` |
            | `user-header` | the header in which a proxy in front names the user, who then needs no token. The proxy must set or remove it on every request | a header; `X-User-Id` | none |
            | `insecure` | as `anonymous`, and clients may do everything; tokens that were good at first stay so. For development | `true`, `false` | `false` |

            Clients of those named `centrifuge-uni…` say who they are in a connect request, JSON like
            `{"token":"…","subs":{"news":{}}}`: the body of a `POST`, or on `centrifuge-uni-sse` and
            `centrifuge-uni-websocket` the parameter `cf_connect`, or the first message on the WebSocket. Whatever
            they send after it is passed over. They cannot refresh a token: when it ends, so does the connection
            (3005). They have no answers either, so a client that cannot come in is disconnected: after
            an error 109 or 110 with 3005, after 111 with 3013, after 103 with 3507, after another with 3004. That
            can be changed:

            | key | meaning | example |
            |---|---|---|
            | `connect-code-to-disconnect` | the disconnect that stands for an error, by the error's number | `{ 109: { code: 4001, reason: come back } }` |
            | `connect-code-to-http-response` | an answer in place of a stream, by the number of the error or the disconnect; not on WebSocket | `{ 109: { status: 401, body: token expired } }` |
            | `disable-disconnect-push` | on WebSocket: no push before the end, only the close frame | `true` |
            | `disable-closing-handshake` | on WebSocket: no close frame, the TCP connection just ends | `true` |
            | `join-push-messages` | on WebSocket: several pushes may share a frame, a line for each | `true` |
            """;

    private static final String ABLY_KEYS =
            """

            ## Keys of the protocol compatible with Ably

            A key is `appId.keyId:secret`. With it, or with a token that it made, its `capability` decides who may do
            what on the channels of the catalogue, and the catalogue's own rules about that are not asked. Without a
            key, here or in `ably.key`, nothing of the protocol is served.

            ```yaml
            ably:
              keys:
                - key: "app001.backend:a-secret-that-nobody-guesses"
                - key: "app001.phones:another-secret-that-nobody-guesses"
                  capability: { "beheard:session:*": [subscribe, publish, presence] }
                  revocable-tokens: true
            ```

            | key | meaning | values | default |
            |---|---|---|---|
            | `key` | application, key and secret | `appId.keyId:secret`; the ids in letters, digits, `_` and `-` | required |
            | `capability` | lists of operations by family of channels: `*` stands for any part between colons, and at the end for one or more. Also as a text in JSON | `subscribe`, `publish`, `presence`, `history`, `channel-metadata`, `stats`, …, or `*` | everything |
            | `revocable-tokens` | whether its tokens can be revoked; they live an hour at most then | `true`, `false` | `false` |

            [ably-clients.md](ably-clients.md) is about what clients do with it.
            """;

    private static final String CATALOGUE =
            """

            ## Channels and events

            The catalogue: which channels there can be, who may do what on them, and what they carry. A name that
            no pattern matches is an unknown channel. It stands in the configuration file, or in one of its own
            that `catalogue` names. Without it, the catalogue that comes with the server holds
            (`fanfare check-config --print-default-catalogue`); with it, nothing of that one remains.

            ```yaml
            channels:
              - pattern: "post:{post_id}"
                variables: { post_id: positive-integer }
                subscribe: signed-in
                publish: nobody
                history: { size: 100, age: 10m }
                events: [gift.received]
              - pattern: "room:{room}"
                variables: { room: slug }
                subscribe: ["claim rooms names {room}", claim role is admin]
                publish: "claim rooms names {room}"
                presence: true
                see-presence: claim role is admin
            events:
              gift.received: {}
              query-invalidation:
                schema:
                  type: object
                  required: [type, queryKey]
                  properties:
                    type: { const: query-invalidation }
                    queryKey: { type: array }
            ```

            | key of a channel | meaning | default |
            |---|---|---|
            | `pattern` | the names: texts and `{variables}` between colons; `{name...}` at the end takes the rest, colons and all | required |
            | `variables` | the type of each variable | none |
            | `subscribe` | who may subscribe | `nobody` |
            | `publish` | which clients may publish; backends with the publish token always may | `nobody` |
            | `history` | how much is kept: at most `size` publications, none older than `age`. For as long as `remember` after the last is gone and nobody uses the channel, its position stays known (`24h`) | nothing is kept |
            | `see-history` | who may read it | as `subscribe` |
            | `positioning` | who is told of a gap, where history is kept: with `allowed` whoever asks, with `forced` all, with `off` who asks and may see the history | `allowed` |
            | `recovery` | who can continue where it left off, where history is kept: as `positioning` | `allowed` |
            | `recovery-mode` | what comes then: all that was missed (`stream`), or the newest publication alone (`cache`) | `stream` |
            | `auto-cache-recovery` | with `recovery-mode: cache`, whether new subscribers get the newest publication unasked | `false` |
            | `presence` | whether it is kept who is there | `false` |
            | `join-leave` | whether clients that ask for it hear who comes and goes, where they may see presence | `false` |
            | `push-join-leave` | whether all hear it, asked or not | `false` |
            | `see-presence` | who may see it | as `subscribe` |
            | `events` | what the channel carries, by name | anything |
            | `payload` | what is published: `something`, so not nothing, `json`, `json-object` or `anything`; with `none` nobody publishes | `something` |
            | `delta` | whether subscribers that want it are sent differences (Fossil): `off`, `on-request` of the publisher, or `always` | `off` |
            | `tags-filter` | whether subscribers may choose by the tags of publications; a filter has at most 256 nodes and is at most 16 deep | `false` |
            | `user-limited` | whether a name like `room:dm#7,9` lets only the users 7 and 9 subscribe; a name without `#` is left to `subscribe` | `false` |
            | `name-regex` | what is to be found in the text that the last variable stands for, or in a name without variables | any name |

            A channel whose name begins with `$` is private: it has the rules of the name without this sign, but only
            a token for it lets a client subscribe. A pattern may begin with `$` itself; then it is like any other.
            An expression is one of Java's. The line feed ends no name, and where `limits.channel-name-ascii` is set,
            an expression alone says what a name may hold.

            A variable's type is exact, so that one thing has one name:

            | type | stands for |
            |---|---|
            (types)

            Where several patterns match a name, text beats a variable, and an exact type beats an open one.

            A rule is one of these, or several with `and` between them that all have to hold, or a list of which
            one is enough. In a list between brackets, a rule with braces needs quotes.

            | rule | who |
            |---|---|
            | `nobody` | no client |
            | `everyone` | every client |
            | `signed-in` | clients whose token names a user |
            | `subscriber` | clients that are subscribed to the channel |
            | `user {user}` | the user whose id stands in the channel's name |
            | `claim role is admin` | tokens whose claim `role` is `admin`, or a list that holds it |
            | `claim orgs names {orgId}` | tokens whose claim `orgs` is, or holds, what stands in the channel's name |

            An event's `schema` is JSON Schema 2020-12, and complete in itself: nothing is fetched. Without one,
            any payload will do.
            """;

    private ConfigPage() {}

    static String text() {
        return INTRODUCTION
                + Settings.SECTIONS.stream().map(ConfigPage::section).collect(Collectors.joining())
                + ENDPOINTS
                + ABLY_KEYS
                + CATALOGUE.replace("(types)", types());
    }

    private static String section(Settings.Section section) {
        return "\n## "
                + section.title()
                + "\n\n| key | meaning | values | default |\n|---|---|---|---|\n"
                + section.settings().stream().map(ConfigPage::row).collect(Collectors.joining());
    }

    private static String row(Setting<?> setting) {
        var key = "`" + setting.key() + "`";
        var aliases =
                setting.aliases().stream()
                        .map(name -> "<br>or `" + name + "`")
                        .collect(Collectors.joining());
        var fallback = setting.fallback().isEmpty() ? "" : "`" + setting.fallback() + "`";
        var values = setting.type().expected() + example(setting);
        return "| %s%s | %s | %s | %s |\n"
                .formatted(key, aliases, setting.meaning(), values, fallback);
    }

    private static String example(Setting<?> setting) {
        return setting.type().isSecret() || setting.example().equals(setting.fallback())
                ? ""
                : "; `" + setting.example() + "`";
    }

    private static String types() {
        return VariableType.namedTypes()
                .map(type -> "| `" + type.word() + "` | " + type.describe() + " |")
                .collect(Collectors.joining("\n"));
    }
}
