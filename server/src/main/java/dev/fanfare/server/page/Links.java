package dev.fanfare.server.page;

import dev.fanfare.protocols.json.JsonWriter;
import dev.fanfare.server.config.ServerConfig;
import java.util.ArrayList;
import java.util.List;

/** The pages that this server has, as each of them links to the others. */
final class Links {
    /** One page. */
    private record Link(String path, String title) {}

    private Links() {}

    /**
     * @param here the path of the page that they stand on
     */
    static void write(JsonWriter writer, ServerConfig config, String here) {
        var links = new ArrayList<>(List.of(new Link("/", "Events")));
        if (config.operation().applications() != null) {
            links.add(new Link("/stories", "Stories"));
        }
        if (SessionsPage.isServed(config)) {
            links.add(new Link(SessionsPage.PATH, "Sessions"));
        }
        links.add(new Link("/docs", "Try the API"));
        writer.member("links").beginArray();
        for (var link : links) {
            if (!link.path().equals(here)) {
                writer.beginObject()
                        .member("path", link.path())
                        .member("title", link.title())
                        .endObject();
            }
        }
        writer.endArray();
    }
}
