package dev.fanfare.check.judge;

import static dev.fanfare.check.judge.Play.NEWS;
import static dev.fanfare.check.judge.Play.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.check.history.Fault.Kind;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportTest {
    private final Play play = new Play();

    @Test
    void tellsTheShortestStory() {
        play.connect("a").subscribe("a", NEWS, at(0));
        for (int offset = 1; offset <= 5; offset++) {
            play.publish("m" + offset, at(offset)).hear("a", "m" + offset, at(offset));
        }
        play.fault(Kind.MESSAGE_DROPPED).publish("m6", at(6)).publish("m7", at(7));
        play.hear("a", "m7", at(7));

        assertThat(report())
                .containsExactly(
                        "seed        1",
                        "publishes   7: 7 acknowledged, 0 refused, 0 with an unknown outcome",
                        "deliveries  6 to 1 subscriptions on 2 connections",
                        "recoveries  0 without a gap, 0 refused; 0 gaps told",
                        "presence    0 answers judged, 0 joins and leaves heard",
                        "commands    0 acknowledged",
                        "faults      1 message dropped",
                        "",
                        "One promise was broken:",
                        "",
                        "! a did not hear m6 (e:6) on news.",
                        "  (promised: what was acknowledged reaches whoever listens, or they are"
                                + " told)",
                        "       0.002 s  #2       a is subscribed to news at e:0",
                        "       0.017 s  #17      a hears m5 on news at e:5",
                        "       0.018 s  #18      *** fault 6: message dropped (node-1)",
                        "       0.019 s  #19      *** fault 6 is over",
                        "       0.020 s  #20      publisher publishes m6 on news at node-1"
                                + " (attempt 7)",
                        "       0.021 s  #21      attempt 7 is acknowledged at e:6",
                        "       0.024 s  #24      a hears m7 on news at e:7");
    }

    @Test
    void saysThatAllIsWell() {
        play.publish("m1", at(1));

        assertThat(report()).endsWith("faults      none", "", "No promise was broken.");
    }

    @Test
    void countsWhatIsTooMuchToTell() {
        IntStream.rangeClosed(1, 9)
                .forEach(
                        number ->
                                play.connect("c" + number)
                                        .subscribe("c" + number, NEWS, at(0))
                                        .hear("c" + number, "nonsense", at(1)));

        assertThat(report()).contains("9 promises were broken:").endsWith("", "… and 4 more.");
    }

    private List<String> report() {
        play.pause(10 * Play.SECOND).connect("whoever comes last");
        return Report.of(Judge.judge(play.recording()));
    }
}
