package dev.fanfare.server.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used. The message lists all that is wrong with it, one line each. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    ConfigException(List<Problem> problems) {
        super(problems.stream().map(Problem::message).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** In the order in which they were found; at least one. */
    public List<Problem> problems() {
        return problems;
    }
}
