package dev.fanfare.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A payload as it is typed: JSON itself, {@code @file}, or {@code -} for standard input. */
record PayloadArgument(String argument) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    /**
     * @return one JSON document, as it was written
     */
    String read(InputStream in) {
        var text =
                argument.equals("-")
                        ? text(in)
                        : argument.startsWith("@") ? text(argument.substring(1)) : argument;
        check(text);
        return text.strip();
    }

    private static String text(InputStream in) {
        try {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw CommandFailure.failed("standard input: " + e.getMessage());
        }
    }

    private static String text(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (NoSuchFileException e) {
            throw CommandFailure.misused("PAYLOAD: @" + file + ": no such file");
        } catch (IOException e) {
            throw CommandFailure.misused("PAYLOAD: @" + file + ": " + e.getMessage());
        }
    }

    private static void check(String text) {
        try {
            if (!JSON.readTree(text).isMissingNode()) {
                return;
            }
        } catch (JsonProcessingException e) {
            // Said below, in our words.
        }
        throw CommandFailure.misused(
                "PAYLOAD: %s (expected: JSON, for example '{\"type\":\"gift.received\"}')"
                        .formatted(text.length() > 80 ? text.substring(0, 80) + "…" : text));
    }
}
