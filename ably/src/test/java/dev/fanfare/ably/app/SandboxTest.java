package dev.fanfare.ably.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fanfare.ably.access.Access;
import dev.fanfare.ably.access.Credentials;
import dev.fanfare.ably.access.Denied;
import dev.fanfare.ably.access.Judge;
import dev.fanfare.ably.access.Revocations;
import dev.fanfare.ably.access.Verdict;
import dev.fanfare.ably.channel.PresenceLog;
import dev.fanfare.core.channel.Draft;
import dev.fanfare.core.channel.ResolvedChannel;
import dev.fanfare.core.hub.HubObserver;
import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.Payload;
import dev.fanfare.protocols.ably.Data;
import dev.fanfare.protocols.ably.Formats;
import dev.fanfare.protocols.ably.MemberInfo;
import dev.fanfare.protocols.ably.WirePresence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxTest {
    private static final String EVERYTHING = "{\"*\":[\"*\"]}";
    private static final Executor LOOP = Runnable::run;

    private final AtomicLong now = new AtomicLong(1_800_000_000_000L);
    private final AtomicInteger count = new AtomicInteger();
    private final Apps apps = new Apps(List.of());
    private final Sandbox sandbox =
            new Sandbox(
                    apps,
                    new Sandbox.Rules(3, Duration.ofHours(1), Limits.USUAL),
                    new Sandbox.Parts(
                            List.of(LOOP),
                            HubObserver.NONE,
                            () -> Instant.ofEpochMilli(now.get()),
                            new Sandbox.Names(
                                    numbered("app"),
                                    numbered("secret"),
                                    numbered("epoch"),
                                    numbered("m"))));

    private Supplier<String> numbered(String word) {
        return () -> word + count.incrementAndGet();
    }

    @Test
    void anApplicationHasAKeyThatOpensEverything() throws Exception {
        var answer = create("{\"keys\":[{}]}");

        var id = (String) answer.get("appId");
        assertThat(answer.get("accountId")).isInstanceOf(String.class);
        assertThat(keys(answer))
                .singleElement()
                .satisfies(
                        key -> {
                            assertThat(key.get("keyName")).startsWith(id + ".");
                            assertThat(key.get("keyStr"))
                                    .isEqualTo(key.get("keyName") + ":" + key.get("keySecret"));
                            assertThat(key.get("keyStr"))
                                    .isEqualTo(id + "." + key.get("id") + ":" + key.get("value"));
                            assertThat(key.get("capability")).isEqualTo(EVERYTHING);
                        });
        assertThat(access(answer, 0).app()).isEqualTo(id);
        assertThat(access(answer, 0).capability().text()).isEqualTo(EVERYTHING);
        assertThat(apps.find(id)).isNotNull();
    }

    @Test
    void keysSayWhatTheyAllow() throws Exception {
        var answer =
                create(
                        """
                        {"keys":[
                          {"capability":"{ \\"b:*\\":[\\"subscribe\\",\\"publish\\"], \\"a\\":[\\"*\\"] }"},
                          {"revocableTokens":true}]}
                        """);

        assertThat(keys(answer).getFirst().get("capability"))
                .isEqualTo("{\"a\":[\"*\"],\"b:*\":[\"publish\",\"subscribe\"]}");
        var made = apps.find((String) answer.get("appId")).keys();
        assertThat(made.getFirst().revocableTokens()).isFalse();
        assertThat(made.getLast().revocableTokens()).isTrue();
    }

    @Test
    void whoSaysNothingGetsOneKey() throws Exception {
        assertThat(keys(create("{}"))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a:b",
                "a:b:c:",
                "{x}",
                "*",
                "a:*",
                "$",
                "$a",
                "$$:a",
                "a#b",
                "[a",
                "ä b\t",
                "persisted",
                "persistedx:a"
            })
    void everyNameIsThatOfAChannel(String name) throws Exception {
        var app = app(create("{\"namespaces\":[{\"id\":\"persisted\",\"persisted\":true}]}"));

        var channel = requireNonNull(app.channels().find(name));
        assertThat(channel.channel().name()).isEqualTo(name);
        assertThat(channel.rules().keepsHistory()).isTrue();
        assertThat(channel.rules().presence()).isTrue();
        assertThat(channel.rules().joinLeave()).isTrue();
    }

    @Test
    void namesMayBeLong() throws Exception {
        var app = app(create("{}"));

        assertThat(app.channels().find("x".repeat(2048))).isNotNull();
        assertThat(app.channels().find("x".repeat(2049))).isNull();
    }

    @Test
    void persistedNamespacesKeepTheirMessagesForADay() throws Exception {
        var answer =
                create(
                        """
                        {"namespaces":[{"id":"persisted","persisted":true},
                                       {"id":"pushenabled","pushEnabled":true}]}
                        """);
        var app = app(answer);

        assertThat(answer.get("namespaces").toString()).contains("persisted").contains("push");
        for (var name : List.of("persisted", "persisted:a", "persisted:a:b")) {
            assertThat(kept(app, name)).isEqualTo(Duration.ofHours(24));
        }
        for (var name : List.of("other", "other:persisted", "pushenabled:a", "persist:a")) {
            assertThat(kept(app, name)).isEqualTo(Duration.ofMinutes(2));
        }
    }

    private static Duration kept(App app, String name) {
        return app.channels().find(name).rules().retention().age();
    }

    @Test
    void membersArePresentFromTheBeginning() throws Exception {
        var app =
                app(
                        create(
                                """
                                {"channels":[{"name":"persisted:there","presence":[
                                  {"clientId":"plain","data":"true"},
                                  {"clientId":"json","data":"{}","encoding":"json"},
                                  {"clientId":"cipher","data":"AQID",
                                   "encoding":"json/utf-8/cipher+aes-128-cbc/base64"}]},
                                 {"name":"other","presence":[{"clientId":"plain"}]}]}
                                """));

        var members = members(app, "persisted:there");
        assertThat(members).hasSize(3);
        assertThat(members)
                .extracting(WirePresence::connectionId)
                .containsOnly(members.getFirst().connectionId());
        assertThat(said(members, "plain")).isEqualTo("TEXT true ");
        assertThat(said(members, "json")).isEqualTo("TEXT {} json");
        assertThat(said(members, "cipher"))
                .isEqualTo("BINARY \1\2\3 json/utf-8/cipher+aes-128-cbc");
        assertThat(members(app, "other"))
                .extracting(WirePresence::connectionId)
                .containsExactly(members.getFirst().connectionId());
        assertThat(
                        new PresenceLog(app.presenceHistory())
                                .read(
                                        channel(app, "persisted:there"),
                                        new HistoryQuery(null, 100, false))
                                .toCompletableFuture()
                                .join()
                                .publications())
                .hasSize(3);
    }

    private static List<WirePresence> members(App app, String name) {
        var members = new ArrayList<WirePresence>();
        for (ClientInfo member :
                app.channels().members(channel(app, name)).toCompletableFuture().join().values()) {
            members.add(MemberInfo.presence(WirePresence.Action.PRESENT, member, 0));
        }
        return members;
    }

    private static String said(List<WirePresence> members, String clientId) {
        Data data =
                members.stream()
                        .filter(member -> clientId.equals(member.clientId()))
                        .findFirst()
                        .orElseThrow()
                        .data();
        return data.form() + " " + new String(data.bytes(), UTF_8) + " " + data.encoding();
    }

    @Test
    void applicationsDoNotSeeEachOther() throws Exception {
        var one = app(create("{}"));
        var other = app(create("{}"));
        publish(one);

        assertThat(history(one)).isEqualTo(1);
        assertThat(history(other)).isZero();
        assertThat(one.shard(LOOP)).isNotSameAs(other.shard(LOOP));
    }

    private static void publish(App app) {
        app.channels()
                .publish(
                        new Draft(
                                "news",
                                null,
                                null,
                                Payload.of("hello".getBytes(UTF_8), Payload.Format.TEXT),
                                Audience.EVERYONE))
                .toCompletableFuture()
                .join();
    }

    private static int history(App app) {
        return app.channels()
                .history(channel(app, "news"), new HistoryQuery(null, 100, false))
                .toCompletableFuture()
                .join()
                .publications()
                .size();
    }

    private static ResolvedChannel channel(App app, String name) {
        return requireNonNull(app.channels().find(name));
    }

    @Test
    void membersCanBeLimited() throws Exception {
        var answer = create("{\"limits\":{\"presence\":{\"maxMembers\":7}}}");

        assertThat(app(answer).limits().members()).isEqualTo(7);
        assertThat(app(create("{}")).limits()).isEqualTo(Limits.USUAL);
    }

    @Test
    void itsKeyEndsAnApplication() throws Exception {
        var answer = create("{}");
        var app = app(answer);

        sandbox.delete(app.id(), access(answer, 0));

        assertThat(apps.find(app.id())).isNull();
        assertThat(apps.knowsApp(app.id())).isFalse();
        assertThat(judge(keys(answer).getFirst().get("keyStr")))
                .isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void anotherKeyDoesNot() throws Exception {
        var mine = create("{}");
        var other = create("{}");
        var id = (String) mine.get("appId");
        var access = access(other, 0);

        assertThat(refusal(id, access)).isEqualTo(40160);
        assertThat(apps.find(id)).isNotNull();
        var byToken =
                new Access(id, id + ".key", false, access.capability(), null, Access.Term.ENDLESS);
        assertThat(refusal(id, byToken)).isEqualTo(40160);
    }

    private int refusal(String id, Access access) {
        return catchThrowableOfType(Denied.class, () -> sandbox.delete(id, access)).error().code();
    }

    @Test
    void whatIsNotOfTheSandboxStays() throws Exception {
        var access =
                new Access(
                        "mine00",
                        "mine00.key",
                        true,
                        access(create("{}"), 0).capability(),
                        null,
                        Access.Term.ENDLESS);

        assertThat(refusal("mine00", access)).isEqualTo(40400);
    }

    @Test
    void anApplicationEndsAfterAWhile() throws Exception {
        var first = app(create("{}"));
        now.addAndGet(Duration.ofHours(1).toMillis());
        var second = app(create("{}"));
        sandbox.sweep();
        assertThat(apps.find(first.id())).isNotNull();

        now.addAndGet(1);
        sandbox.sweep();
        assertThat(apps.find(first.id())).isNull();
        assertThat(apps.find(second.id())).isNotNull();
    }

    @Test
    void forOneTooManyTheOldestEnds() throws Exception {
        var all = new ArrayList<App>();
        for (int i = 0; i < 4; i++) {
            all.add(app(create("{}")));
            now.addAndGet(1);
        }

        assertThat(apps.find(all.getFirst().id())).isNull();
        assertThat(all.subList(1, 4))
                .allSatisfy(app -> assertThat(apps.find(app.id())).isNotNull());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"keys\":{}}",
                "{\"keys\":[1]}",
                "{\"keys\":[{\"capability\":1}]}",
                "{\"keys\":[{\"capability\":\"{}\"}]}",
                "{\"keys\":[{\"capability\":\"{\\\"a\\\":[\\\"write\\\"]}\"}]}",
                "{\"namespaces\":[{}]}",
                "{\"namespaces\":[{\"id\":\"a:b\"}]}",
                "{\"channels\":[{\"presence\":[]}]}",
                "{\"channels\":[{\"name\":\"a\",\"presence\":[{}]}]}",
                "{\"channels\":[{\"name\":\"a\",\"presence\":[{\"clientId\":1}]}]}",
                "{\"limits\":{\"presence\":{\"maxMembers\":0}}}",
                "{\"limits\":{\"presence\":{\"maxMembers\":10001}}}"
            })
    void refusesWhatSaysNothing(String request) {
        var denied = catchThrowableOfType(Denied.class, () -> create(request));

        assertThat(denied.error().code()).isEqualTo(40000);
        assertThat(denied.error().status()).isEqualTo(400);
    }

    @Test
    void refusesMembersOfWhatIsNoChannel() {
        var request = "{\"channels\":[{\"name\":\":a\",\"presence\":[{\"clientId\":\"b\"}]}]}";
        var denied = catchThrowableOfType(Denied.class, () -> create(request));

        assertThat(denied.error().code()).isEqualTo(40010);
    }

    private Map<String, Object> create(String json) throws Exception {
        return sandbox.create((Map<?, ?>) Formats.JSON.readTree(json.getBytes(UTF_8)));
    }

    private App app(Map<String, Object> answer) {
        return requireNonNull(apps.find((String) answer.get("appId")));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, String>> keys(Map<String, Object> answer) {
        return (List<Map<String, String>>) answer.get("keys");
    }

    private Access access(Map<String, Object> answer, int key) {
        return switch (judge(keys(answer).get(key).get("keyStr"))) {
            case Verdict.Accepted(var access) -> access;
            case Verdict.Refused(var error) -> throw new AssertionError(error.toString());
        };
    }

    private Verdict judge(String key) {
        return new Judge(apps, new Revocations(), () -> Instant.ofEpochMilli(now.get()))
                .judge(new Credentials.Key(key), null);
    }
}
