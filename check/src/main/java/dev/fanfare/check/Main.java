package dev.fanfare.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.check.history.Recording;
import dev.fanfare.check.history.RecordingFile;
import dev.fanfare.check.judge.Judge;
import dev.fanfare.check.judge.Report;
import dev.fanfare.check.judge.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code fanfare check-history}: one run, and what is to be said of it. */
@Command(
        name = "fanfare check-history",
        header = "Breaks nodes and Redis while clients use them, and checks what the clients saw.",
        description = {
            "",
            "Starts a Redis and three nodes on this machine, with publishers and subscribers of"
                + " every protocol. Kills and freezes nodes and Redis, cuts, delays and stalls what"
                + " is between them, and takes Redis' data away, as the seed says. Records all that"
                + " is sent, acknowledged and received, and then checks that positions are"
                + " contiguous, that nothing acknowledged is missing, nothing comes twice or in"
                + " another order, that notices are true and that presence is right in the end.",
            ""
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no promise was broken",
            "1:a promise was broken, or the run could not be made",
            "2:options are wrong"
        },
        footer = {
            "",
            "A long run:  ./fanfare check-history --minutes 30",
            "Once more:   ./fanfare check-history --judge recording.jsonl"
        })
public final class Main implements Callable<Integer> {
    private static final long SECONDS = 60;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "1",
            description = "How long the run takes, about (default: ${DEFAULT-VALUE}).")
    private int minutes;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "What is broken, and when, follows from it (default: any).")
    private @Nullable Long seed;

    @Option(
            names = "--keep",
            paramLabel = "FILE",
            description =
                    "Writes the recording to this file. Without it, it is kept only if a promise"
                            + " was broken.")
    private @Nullable Path keep;

    @Option(
            names = "--judge",
            paramLabel = "FILE",
            description = "Starts nothing, and judges a recording that was kept.")
    private @Nullable Path judge;

    private final PrintWriter out;

    Main(PrintWriter out) {
        this.out = out;
    }

    public static void main(String[] arguments) {
        var out = new PrintWriter(System.out, true, UTF_8);
        var command = new CommandLine(new Main(out)).setOut(out).setUsageHelpWidth(100);
        System.exit(command.execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (judge == null) {
            return runOnce();
        }
        return judge(RecordingFile.read(judge)).isGood() ? 0 : 1;
    }

    private Verdict judge(Recording recording) {
        var verdict = Judge.judge(recording);
        Report.of(verdict).forEach(out::println);
        return verdict;
    }

    private int runOnce() throws IOException, InterruptedException {
        long chosen = seed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : seed;
        var directory = Files.createTempDirectory("fanfare-check-history");
        var duration = Duration.ofSeconds(minutes * SECONDS);
        var run = new HistoryRun(ServerJar.find(), directory, chosen, duration);
        out.println("seed " + chosen + ", logs in " + directory);
        out.println(run.plan());
        out.println();
        var recording = run.run();
        var verdict = judge(recording);
        var file = Objects.requireNonNullElse(keep, directory.resolve("recording.jsonl"));
        if (keep != null || !verdict.isGood()) {
            RecordingFile.write(recording, file);
            out.println();
            out.println("recording: " + file);
        }
        if (verdict.isGood()) {
            delete(directory);
            return 0;
        }
        out.println("logs of the nodes: " + directory);
        out.println("again: ./fanfare check-history --minutes " + minutes + " --seed " + chosen);
        return 1;
    }

    private static void delete(Path directory) throws IOException {
        List<Path> files;
        try (var all = Files.walk(directory)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (var file : files) {
            Files.delete(file);
        }
    }
}
