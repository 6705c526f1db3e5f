package dev.fanfare.server.config;

/** Where a value was given, as words that end a message. */
record Origin(String words) {
    static final Origin NOWHERE = new Origin("");
    static final Origin COMMAND_LINE = new Origin(" from the command line");
    static final Origin DEVELOPMENT = new Origin(" from development mode");

    static Origin file(String file) {
        return new Origin(" at " + file);
    }

    static Origin line(String file, int line) {
        return new Origin(" at " + file + ":" + line);
    }

    static Origin environment(String name) {
        return new Origin(" from environment " + name);
    }

    static Origin systemProperty(String name) {
        return new Origin(" from system property " + name);
    }
}
