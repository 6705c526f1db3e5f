package dev.fanfare.server.transport;

import dev.fanfare.core.session.SessionRules;
import dev.fanfare.core.session.UserSessions;
import dev.fanfare.server.config.Endpoint;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint in use: what is configured, and what its connections share.
 *
 * @param rivals the register of users that may have one connection here; null: they may have many
 */
public record Door(Endpoint endpoint, SessionRules rules, @Nullable UserSessions rivals) {
    /** The register of all endpoints of the protocol compatible with Centrifugo. */
    private static final String COMPATIBLE = "centrifuge";

    /**
     * @param registers by name. Endpoints of the compatible protocol share one, for their clients
     *     take whichever transport works; every other endpoint has its own
     */
    public static Door of(
            Endpoint endpoint, SessionRules rules, Function<String, UserSessions> registers) {
        return new Door(
                endpoint,
                rules,
                switch (endpoint.connections()) {
                    case ALL -> null;
                    case NEWEST ->
                            registers.apply(
                                    endpoint.transport().isInBand() ? COMPATIBLE : endpoint.path());
                });
    }
}
