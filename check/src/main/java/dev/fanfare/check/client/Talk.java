package dev.fanfare.check.client;

import java.io.IOException;

/** One connection. Read by one thread; any may close it. */
interface Talk extends AutoCloseable {
    /**
     * Reads what comes next, and tells the witness.
     *
     * @throws Ending where the server says that this is the end
     * @throws IOException where the connection is lost, or of no use
     */
    void next() throws IOException;

    @Override
    void close();

    /** A connection has ended, and it is known why. */
    final class Ending extends IOException {
        private static final long serialVersionUID = 1;

        private final int code;
        private final boolean byClient;

        private Ending(int code, String why, boolean byClient) {
            super(why);
            this.code = code;
            this.byClient = byClient;
        }

        static Ending told(int code, String why) {
            return new Ending(code, why, false);
        }

        static Ending wanted(String why) {
            return new Ending(0, why, true);
        }

        int code() {
            return code;
        }

        boolean byClient() {
            return byClient;
        }
    }
}
