package dev.fanfare.server.config;

import dev.fanfare.server.access.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a setting's text may say.
 *
 * @param expected words that finish "expected: …"
 * @param parser throws IllegalArgumentException for every other text
 */
record ValueType<T>(String expected, Function<String, T> parser, Kind kind) {
    /** What is special about a type. */
    enum Kind {
        PLAIN,
        /** No message may show the text. */
        SECRET,
        /** In text, items are separated by commas. */
        LIST,
        /** As a list, but an item may have commas, and what stands before an @ is secret. */
        URLS
    }

    private static final String OFF = "off";
    private static final Pattern BEFORE_URL = Pattern.compile("\\s*,\\s*(?=[a-z-]+://)");
    private static final Pattern USER_INFO = Pattern.compile("^([a-z-]+:/{0,2})?.*@");
    private static final long YEAR_10000 = 253_402_300_800L;

    ValueType(String expected, Function<String, T> parser) {
        this(expected, parser, Kind.PLAIN);
    }

    boolean isSecret() {
        return kind == Kind.SECRET;
    }

    boolean isList() {
        return kind == Kind.LIST || kind == Kind.URLS;
    }

    /** A text that somebody gave, as a message may show it. */
    String shown(String text) {
        return switch (kind) {
            case SECRET -> "(hidden)";
            case PLAIN, LIST -> text;
            case URLS ->
                    items(text)
                            .map(url -> USER_INFO.matcher(url).replaceFirst("$1(hidden)@"))
                            .collect(Collectors.joining(", "));
        };
    }

    T parse(String text) {
        return parser.apply(text);
    }

    static ValueType<Integer> integer(int min, int max) {
        return new ValueType<>(
                min + " to " + max, text -> within(Long.parseLong(text), min, max).intValue());
    }

    /** In bytes. */
    static ValueType<Integer> size(int min, int max) {
        return new ValueType<>(
                Units.sizeText(min) + " to " + Units.sizeText(max),
                text -> within(Units.size(text), min, max).intValue());
    }

    static ValueType<Duration> duration(Duration min, Duration max) {
        return new ValueType<>(
                Units.durationText(min) + " to " + Units.durationText(max),
                text ->
                        Duration.ofMillis(
                                within(Units.millis(text), min.toMillis(), max.toMillis())));
    }

    private static Long within(long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("out of range");
        }
        return value;
    }

    static ValueType<Boolean> flag() {
        return new ValueType<>(
                "true or false",
                text ->
                        switch (text) {
                            case "true", "on" -> true;
                            case "false", OFF -> false;
                            default -> throw new IllegalArgumentException("no flag");
                        });
    }

    static <E extends Enum<E>> ValueType<E> choice(Class<E> type) {
        var words = Stream.of(type.getEnumConstants()).map(ValueType::word).toList();
        return new ValueType<>(
                words(words),
                text ->
                        Stream.of(type.getEnumConstants())
                                .filter(constant -> word(constant).equals(text))
                                .findFirst()
                                .orElseThrow(IllegalArgumentException::new));
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@code a, b or c}. */
    static String words(List<String> words) {
        var all = String.join(", ", words.subList(0, words.size() - 1));
        return all.isEmpty() ? words.getLast() : all + " or " + words.getLast();
    }

    static ValueType<String> oneOf(String... words) {
        return new ValueType<>(
                words(List.of(words)),
                text ->
                        Stream.of(words)
                                .filter(text::equals)
                                .findFirst()
                                .orElseThrow(IllegalArgumentException::new));
    }

    static ValueType<String> text(String expected) {
        return new ValueType<>(expected, ValueType::filled);
    }

    static ValueType<Secret> secret(String expected) {
        return new ValueType<>(expected, text -> new Secret(filled(text)), Kind.SECRET);
    }

    /** One or more, separated by commas. */
    static ValueType<List<Secret>> secrets(String expected) {
        return new ValueType<>(
                expected,
                text -> Stream.of(text.split(",")).map(String::strip).map(Secret::new).toList(),
                Kind.SECRET);
    }

    /** A moment, in seconds since 1970. */
    static ValueType<Long> seconds() {
        return new ValueType<>(
                "seconds since 1970", text -> within(Long.parseLong(text), 0, YEAR_10000));
    }

    /** Groups may be named as other languages do it, too: {@code (?P<name>…)}. */
    static ValueType<Pattern> regex() {
        return new ValueType<>(
                "a regular expression",
                text -> Pattern.compile(filled(text).replace("(?P<", "(?<")));
    }

    static ValueType<Path> path(String expected) {
        return new ValueType<>(expected, text -> Path.of(filled(text)));
    }

    /** One or more, separated by commas; each may name several hosts, with commas as well. */
    static <T> ValueType<List<T>> urls(String expected, Function<String, T> parser) {
        return new ValueType<>(
                expected, text -> items(filled(text)).map(parser).toList(), Kind.URLS);
    }

    /** One; a password in it is never shown. */
    static <T> ValueType<T> url(String expected, Function<String, T> parser) {
        return new ValueType<>(expected, text -> parser.apply(filled(text).strip()), Kind.URLS);
    }

    private static Stream<String> items(String text) {
        return BEFORE_URL.splitAsStream(text.strip());
    }

    private static String filled(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("empty");
        }
        return text;
    }

    ValueType<List<T>> list() {
        return new ValueType<>(
                "a list of " + expected,
                text ->
                        Stream.of(text.split(","))
                                .map(String::strip)
                                .filter(item -> !item.isEmpty())
                                .map(parser)
                                .toList(),
                Kind.LIST);
    }

    /** Also takes the word {@code off}, which means {@code value}. */
    ValueType<T> orOff(T value) {
        return new ValueType<>(
                expected + ", or " + OFF, text -> text.equals(OFF) ? value : parser.apply(text));
    }
}
