package dev.fanfare.server;

/** Where the server's process begins. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.err.println("fanfare: no command is implemented yet");
        System.exit(2);
    }
}
