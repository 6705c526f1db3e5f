package dev.fanfare.server.websocket;

import java.util.List;
import java.util.Map;
import me.normanmaurer.maven.autobahntestsuite.AutobahnTestSuite;

/**
 * The client of the Autobahn test suite as a program: {@code AutobahnClient ADDRESS CASES}. It is
 * written in Python and needs a JVM without Netty: its interpreter takes any Java package {@code
 * io} for the Python module of that name.
 */
final class AutobahnClient {
    private AutobahnClient() {}

    public static void main(String[] arguments) {
        var cases = List.of(arguments[1].split(",", -1));
        AutobahnTestSuite.runFuzzingClient("Fanfare", arguments[0], Map.of(), cases, List.of());
        System.exit(0);
    }
}
