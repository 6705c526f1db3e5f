package dev.fanfare.server.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.protocols.json.JsonReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the API's older form: {@code {"method":"publish","params":{}}}, one command in the body or
 * one on each line.
 */
record LegacyReader(CommandReader reader) {
    private static final byte[] NOTHING = "{}".getBytes(UTF_8);

    /** Nothing has been done when this throws. */
    List<ApiCommand> read(byte[] body) throws IOException {
        var lines = new String(body, UTF_8).lines().filter(line -> !line.isBlank()).toList();
        if (lines.size() < 2 || !lines.getFirst().stripTrailing().endsWith("}")) {
            return List.of(readOne(body));
        }
        if (lines.size() > reader.limits().members()) {
            throw new IOException("more than " + reader.limits().members() + " lines");
        }
        var commands = new ArrayList<ApiCommand>(lines.size());
        for (var line : lines) {
            commands.add(readOne(line.getBytes(UTF_8)));
        }
        return commands;
    }

    private ApiCommand readOne(byte[] document) throws IOException {
        var method = "";
        var params = NOTHING;
        try (var json = JsonReader.open(document)) {
            if (!json.isObject()) {
                throw new IOException("no object");
            }
            while (json.nextMember()) {
                switch (json.isNull() ? "" : json.member()) {
                    case "method" -> method = json.text("method");
                    case "params" -> params = json.payload().payload().bytes();
                    default -> json.skip();
                }
            }
            json.end();
        }
        return command(method, params);
    }

    private ApiCommand command(String name, byte[] params) throws IOException {
        var method = ApiMethod.named(name);
        if (method == null) {
            return new ApiCommand.Refused(ApiError.METHOD_NOT_FOUND);
        }
        try (var json = JsonReader.open(params)) {
            return reader.read(method, json);
        }
    }
}
