package dev.fanfare.protocols.centrifuge;

import dev.fanfare.core.model.Payload;
import java.io.IOException;

/**
 * Commands of a client whose connection only carries what the server says.
 *
 * @param node that has the session
 * @param session its secret name
 * @param data the commands, as a frame of the session's encoding
 */
public record EmulationRequest(String node, String session, Payload data) {
    /**
     * @param body a JSON object whose data is a string
     * @throws IOException saying what is wrong
     */
    public static EmulationRequest ofJson(byte[] body) throws IOException {
        return complete(JsonMessageReader.read(body, EmulationRequest::read));
    }

    /**
     * @param body a message of Protobuf, without its length
     * @throws IOException saying what is wrong
     */
    public static EmulationRequest ofProtobuf(byte[] body) throws IOException {
        return complete(read(new ProtobufMessageReader(body)));
    }

    private static EmulationRequest read(MessageReader in) throws IOException {
        var node = "";
        var session = "";
        var data = Payload.NONE;
        Incoming.EmulationRequest field;
        while ((field = in.next(Incoming.EmulationRequest.FIELDS)) != null) {
            switch (field) {
                case NODE -> node = in.text();
                case SESSION -> session = in.text();
                case DATA -> data = Payload.of(in.octets(), Payload.Format.BINARY);
            }
        }
        return new EmulationRequest(node, session, data);
    }

    private static EmulationRequest complete(EmulationRequest request) throws IOException {
        if (request.node.isEmpty() || request.session.isEmpty() || request.data.size() == 0) {
            throw new IOException(
                    "node, session, data: not all of them (expected: as the connect result says,"
                            + " and commands)");
        }
        return request;
    }
}
