package dev.fanfare.server.api;

import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.protocols.json.JsonReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads several commands of one body: {@code {"commands":[{"publish":{}}],"parallel":true}}. Made
 * for one.
 */
final class BatchReader {
    /** The commands, and by what words their answers are told. */
    record Batch(List<String> methods, List<ApiCommand> commands, boolean parallel) {
        Batch {
            methods = List.copyOf(methods);
            commands = List.copyOf(commands);
        }
    }

    private final CommandReader reader;
    private final List<String> methods = new ArrayList<>();
    private final List<ApiCommand> commands = new ArrayList<>();
    private boolean parallel;

    BatchReader(CommandReader reader) {
        this.reader = reader;
    }

    /** Faults of the batch itself stay with the document; those of a command refuse it alone. */
    Batch read(JsonReader document) throws IOException {
        var fault =
                document.isObject() ? readMembers(document) : wrong(document, "body", "an object");
        if (fault != null) {
            document.note(fault);
        }
        return new Batch(methods, commands, parallel);
    }

    private @Nullable Refusal readMembers(JsonReader document) throws IOException {
        Refusal fault = null;
        while (document.nextMember()) {
            switch (document.isNull() ? "" : document.member()) {
                case "commands" -> fault = readCommands(document);
                case "parallel" -> {
                    parallel = document.flag("parallel");
                    fault = fault == null ? document.takeFault() : fault;
                }
                default -> document.skip();
            }
        }
        return fault;
    }

    private @Nullable Refusal readCommands(JsonReader document) throws IOException {
        if (!document.isArray()) {
            return wrong(document, "commands", "a list of commands");
        }
        Refusal fault = null;
        while (document.nextElement()) {
            if (document.isObject()) {
                readCommand(document);
            } else {
                fault = wrong(document, "commands", "objects of one command each");
            }
        }
        int most = reader.limits().members();
        return commands.size() <= most ? fault : tooMany(commands.size(), most);
    }

    private static Refusal wrong(JsonReader document, String field, String expected)
            throws IOException {
        var refusal = document.wrong(field, expected);
        document.skip();
        return refusal;
    }

    private static Refusal tooMany(int count, int most) {
        return new Refusal(
                ErrorCode.PAYLOAD_TOO_LARGE, "commands", count + " commands", "at most " + most);
    }

    /** The first member that names a method counts. */
    private void readCommand(JsonReader document) throws IOException {
        var method = "";
        ApiCommand command = new ApiCommand.Refused(ApiError.METHOD_NOT_FOUND);
        while (document.nextMember()) {
            var named = ApiMethod.named(document.member());
            if (named == null || !method.isEmpty() || document.isNull()) {
                document.skip();
            } else {
                method = named.word();
                command = reader.read(named, document);
            }
        }
        methods.add(method);
        commands.add(command);
    }
}
