package dev.fanfare.check.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** Commands and replies of the compatible protocol. Read and sent to by one thread. */
interface Exchange extends AutoCloseable {
    void send(JsonNode command) throws IOException;

    /** The next reply or push. */
    JsonNode next() throws IOException;

    @Override
    void close();
}
