package dev.fanfare.core.presence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Payload.Format;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link PresenceStore} promises. */
public abstract class PresenceContractTest {
    private static final ClientInfo ANN = new ClientInfo("client1", "ann");
    private static final ClientInfo ANN_AGAIN = new ClientInfo("client2", "ann");
    private static final ClientInfo NOBODY = new ClientInfo("client3", "");
    private static final byte[] EVERY_BYTE = new byte[256];

    static {
        for (int value = 0; value < EVERY_BYTE.length; value++) {
            EVERY_BYTE[value] = (byte) value;
        }
    }

    private final String run = UUID.randomUUID().toString();
    private final Channel room = new Channel("room-" + run);
    private final Channel hall = new Channel("hall-" + run);
    private final HeardChanges heard = new HeardChanges();
    private PresenceStore presence;

    /** A new store, without members. */
    protected abstract PresenceStore create();

    /** The test is over. */
    protected void end() {}

    @BeforeEach
    void start() {
        presence = create();
        presence.start(heard);
    }

    /** Members of a node that is there do not expire. */
    @AfterEach
    void nobodyHasExpired() {
        var all = heard.all();
        end();
        assertThat(all).isEmpty();
    }

    @Test
    void hasNoMembersAtFirst() throws Exception {
        assertThat(members(room)).isEmpty();
    }

    @Test
    void countsConnectionsNotUsers() throws Exception {
        get(presence.add(room, ANN));
        get(presence.add(room, ANN_AGAIN));
        get(presence.add(room, NOBODY));
        assertThat(members(room))
                .isEqualTo(Map.of("client1", ANN, "client2", ANN_AGAIN, "client3", NOBODY));
    }

    @Test
    void hasAMemberOnceThatCameTwice() throws Exception {
        get(presence.add(room, ANN));
        get(presence.add(room, ANN));
        get(presence.remove(room, ANN));
        assertThat(members(room)).isEmpty();
    }

    @Test
    void keepsChannelsApart() throws Exception {
        get(presence.add(room, ANN));
        get(presence.add(hall, NOBODY));
        get(presence.remove(hall, ANN));
        assertThat(members(room)).containsOnlyKeys("client1");
        assertThat(members(hall)).containsOnlyKeys("client3");
    }

    @Test
    void takesOutWhoIsNotThere() throws Exception {
        get(presence.remove(room, ANN));
        assertThat(members(room)).isEmpty();
    }

    @Test
    void keepsWhatIsKnownAboutAMember() throws Exception {
        var info = Payload.json("{\"name\":\"Änn\"}");
        var ann = new ClientInfo("client1", "änn", info, Payload.of(EVERY_BYTE, Format.BINARY));
        var bob =
                new ClientInfo(
                        "client2",
                        "bob",
                        Payload.of("text".getBytes(UTF_8), Format.TEXT),
                        Payload.NONE);
        get(presence.add(room, ann));
        get(presence.add(room, bob));
        assertThat(members(room)).isEqualTo(Map.of("client1", ann, "client2", bob));
    }

    @Test
    void replacesWhatIsKnownAboutAMember() throws Exception {
        var known = new ClientInfo("client1", "ann", Payload.json("1"), Payload.json("2"));
        get(presence.add(room, known));
        get(presence.add(room, ANN));
        assertThat(members(room)).isEqualTo(Map.of("client1", ANN));
        get(presence.add(room, known));
        assertThat(members(room)).isEqualTo(Map.of("client1", known));
    }

    @Test
    void goesByTheClientAloneWhenItTakesOut() throws Exception {
        get(presence.add(room, ANN));
        get(presence.remove(room, ANN.with(Payload.json("1"))));
        assertThat(members(room)).isEmpty();
    }

    @Test
    void leavesItToTheCallerToSayThatAMemberHasLeft() throws Exception {
        get(presence.add(room, ANN));
        assertThat(get(presence.remove(room, ANN))).isTrue();
        assertThat(get(presence.remove(room, ANN))).isTrue();
    }

    @Test
    void takesOddNamesOfChannels() throws Exception {
        for (var name :
                List.of("a{b}c", "}{", "a\nb c", "a\0b", "ä€😀", "%z.*[", "x".repeat(255))) {
            var odd = new Channel(name + run);
            get(presence.add(odd, ANN));
            assertThat(members(odd)).isEqualTo(Map.of("client1", ANN));
            get(presence.remove(odd, ANN));
            assertThat(members(odd)).isEmpty();
        }
    }

    @Test
    void followsTheOrderOfCalls() throws Exception {
        for (int count = 0; count < 50; count++) {
            var added = presence.add(room, ANN);
            var removed = presence.remove(room, ANN);
            var addedAgain = presence.add(room, ANN);
            get(added);
            get(removed);
            get(addedAgain);
            assertThat(members(room)).containsOnlyKeys("client1");
            get(presence.remove(room, ANN));
        }
        assertThat(members(room)).isEmpty();
    }

    @Test
    void givesACopy() throws Exception {
        get(presence.add(room, ANN));
        var before = members(room);
        get(presence.remove(room, ANN));
        assertThat(before).containsOnlyKeys("client1");
    }

    @Test
    void losesNobodyInACrowd() throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            var tasks = IntStream.range(0, 200).mapToObj(this::comeAndMaybeGo).toList();
            for (var done : threads.invokeAll(tasks)) {
                done.get();
            }
        }
        assertThat(members(room)).hasSize(100);
    }

    private Callable<Boolean> comeAndMaybeGo(int number) {
        return () -> {
            var client = new ClientInfo("client" + number, "user");
            get(presence.add(room, client));
            return number % 2 == 0 && get(presence.remove(room, client));
        };
    }

    private Map<String, ClientInfo> members(Channel channel) throws Exception {
        return get(presence.members(channel));
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
