package dev.fanfare.check.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.check.history.Run.ChannelRules;
import dev.fanfare.check.history.Run.Promises;
import dev.fanfare.check.history.Subscription.Recovery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingFileTest {
    private static final String NEWS = "news";

    @TempDir private Path directory;

    @Test
    void readsWhatWasWritten() throws IOException {
        var recording = recording();
        var file = directory.resolve("recording.jsonl");

        RecordingFile.write(recording, file);

        assertThat(RecordingFile.read(file)).isEqualTo(recording);
        assertThat(Files.readAllLines(file)).hasSize(recording.entries().size() + 1);
    }

    @Test
    void namesTheLineThatIsWrong() throws IOException {
        var file = directory.resolve("recording.jsonl");
        RecordingFile.write(recording(), file);
        Files.writeString(file, Files.readString(file).replaceFirst("publish.sent", "nonsense"));

        assertThatThrownBy(() -> RecordingFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("recording.jsonl, line 2")
                .hasMessageContaining("nonsense");
    }

    @Test
    void saysThatAFileIsEmpty() throws IOException {
        var file = Files.createFile(directory.resolve("empty.jsonl"));

        assertThatThrownBy(() -> RecordingFile.read(file)).hasMessageContaining("empty");
    }

    private static Recording recording() {
        var clock = new AtomicLong();
        var run =
                new Run(
                        7,
                        List.of(new ChannelRules(NEWS, 100, 60_000, true, true)),
                        new Promises(5_000, 60_000));
        var recorder = new Recorder(run, () -> clock.getAndAdd(1_000));
        var position = new Position("e", 1);
        List.of(
                        new Publish.Sent(1, "p", "node-1", NEWS, "m1", null),
                        new Publish.Acknowledged(1, position),
                        new Publish.Refused(2, "no"),
                        new Publish.Unknown(3, "lost"),
                        new Connection.Opened("c#1", "c", "u", "websocket", "node-1", null),
                        new Subscription.Began(
                                "c#1", NEWS, null, position, Recovery.NOT_ASKED, true, false),
                        new Subscription.Received("c#1", NEWS, "m1", position, "id"),
                        new Subscription.GapTold("c#1", NEWS, null),
                        new Subscription.Ended("c#1", NEWS, true, 0),
                        new Connection.Ended("c#1", false, 3001, "shutdown"),
                        new Presence.Read(
                                "node-1", NEWS, List.of(new Presence.Member("u", "x")), 5),
                        new Presence.Joined("c#1", NEWS, new Presence.Member("u", "x")),
                        new Presence.Left("c#1", NEWS, new Presence.Member("u", "x")),
                        new Command.Sent(1, Command.Kind.DISCONNECT, "u", null, "node-1"),
                        new Command.Acknowledged(1),
                        new Command.Failed(2, "no"),
                        new Fault.Began(1, Fault.Kind.NODE_KILLED, "node-1"),
                        new Fault.Ended(1))
                .forEach(recorder::record);
        return recorder.recording();
    }
}
