package dev.fanfare.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Expo's service is sent, and what it answers. */
final class ExpoJson {
    /** Of a ticket's id: more than the queue has room for is none. */
    private static final int LONGEST_ID = 256;

    private static final JsonMapper JSON = new JsonMapper();

    private ExpoJson() {}

    static byte[] message(Notification notification) {
        var message = JSON.createObjectNode();
        message.put("to", notification.token());
        message.put("title", notification.title());
        message.put("body", notification.body());
        message.put("sound", "default");
        message.putRawValue("data", new RawValue(notification.data()));
        return bytes(message);
    }

    static byte[] receiptsRequest(List<String> tickets) {
        var ids = JSON.createArrayNode();
        tickets.forEach(ids::add);
        return bytes(JSON.createObjectNode().set("ids", ids));
    }

    private static byte[] bytes(JsonNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /**
     * @param count of notifications that were sent
     * @throws PushOutage where there is not a ticket for each
     */
    static List<Ticket> tickets(byte[] answer, int count) {
        var data = data(answer);
        if (!data.isArray() || data.size() != count) {
            throw invalid("another answer than " + count + " tickets");
        }
        var tickets = new ArrayList<Ticket>();
        data.forEach(each -> tickets.add(ticket(each)));
        return tickets;
    }

    private static Ticket ticket(JsonNode ticket) {
        if (!isOk(ticket)) {
            return new Ticket.Refused(error(ticket), message(ticket));
        }
        var id = ticket.path("id").textValue();
        if (id == null || id.isEmpty() || id.length() > LONGEST_ID) {
            throw invalid("a ticket without an id");
        }
        return new Ticket.Taken(id);
    }

    /**
     * @throws PushOutage where it is another answer
     */
    static Map<String, Receipt> receipts(byte[] answer) {
        var data = data(answer);
        if (!data.isObject()) {
            throw invalid("another answer than receipts");
        }
        var receipts = new LinkedHashMap<String, Receipt>();
        data.properties().forEach(each -> receipts.put(each.getKey(), receipt(each.getValue())));
        return receipts;
    }

    private static Receipt receipt(JsonNode receipt) {
        return isOk(receipt)
                ? new Receipt.Delivered()
                : new Receipt.Refused(error(receipt), message(receipt));
    }

    private static JsonNode data(byte[] answer) {
        var root = read(answer);
        if (root == null || !root.path("errors").isMissingNode()) {
            throw invalid(problem(answer));
        }
        return root.path("data");
    }

    /** What a request as a whole was refused for. */
    static String problem(byte[] answer) {
        var root = read(answer);
        var first = root == null ? null : root.path("errors").path(0);
        var message = first == null ? null : first.path("message").textValue();
        return message == null ? "an answer that explains nothing" : message;
    }

    private static @Nullable JsonNode read(byte[] answer) {
        try {
            return JSON.readTree(answer);
        } catch (IOException noJson) {
            return null;
        }
    }

    private static boolean isOk(JsonNode item) {
        return "ok".equals(item.path("status").textValue());
    }

    private static String message(JsonNode item) {
        return item.path("message").asText("no reason given");
    }

    private static PushError error(JsonNode item) {
        return switch (item.path("details").path("error").asText()) {
            case "DeviceNotRegistered" -> PushError.DEVICE_NOT_REGISTERED;
            case "MessageTooBig" -> PushError.MESSAGE_TOO_BIG;
            case "MessageRateExceeded" -> PushError.RATE_EXCEEDED;
            case "InvalidCredentials" -> PushError.INVALID_CREDENTIALS;
            case "MismatchSenderId" -> PushError.MISMATCHED_SENDER;
            default -> PushError.REFUSED;
        };
    }

    private static PushOutage invalid(String what) {
        return new PushOutage(PushError.INVALID_ANSWER, "Expo: " + what, null);
    }
}
