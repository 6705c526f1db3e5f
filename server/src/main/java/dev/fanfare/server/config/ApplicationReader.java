package dev.fanfare.server.config;

import dev.fanfare.apps.database.DatabaseOptions;
import dev.fanfare.apps.database.DatabaseOptions.Place;
import dev.fanfare.server.config.ServerConfig.Applications;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads what the applications need. */
final class ApplicationReader {
    private final Layers layers;
    private final Path directory;
    private final boolean development;

    /**
     * @param directory what relative paths start from
     */
    ApplicationReader(Layers layers, Path directory, boolean development) {
        this.layers = layers;
        this.directory = directory;
        this.development = development;
    }

    /** Null where there are none. */
    @Nullable Applications read() {
        var place = place();
        if (!layers.get(ApplicationSettings.ENABLED)) {
            return null;
        }
        if (place == null && !development) {
            layers.refuse(
                    ApplicationSettings.ENABLED,
                    "false without "
                            + ApplicationSettings.DATABASE_URL.key()
                            + " or "
                            + ApplicationSettings.DIRECTORY.key());
        }
        if (layers.has(ApplicationSettings.PUBLISH_URL) && !layers.has(Settings.PUBLISH_TOKEN)) {
            layers.refuse(
                    ApplicationSettings.PUBLISH_URL,
                    "nothing without " + Settings.PUBLISH_TOKEN.key() + ", which it is shown");
        }
        return applications(place);
    }

    /** As they would be, were they enabled. */
    Applications readAnyway() {
        return applications(place());
    }

    private Applications applications(@Nullable Place place) {
        var push = new PushReader(layers);
        return new Applications(
                new DatabaseOptions(
                        place == null ? new Place.Memory() : place,
                        layers.get(ApplicationSettings.POOL_SIZE),
                        layers.get(ApplicationSettings.PATIENCE)),
                new Applications.Telling(
                        layers.get(ApplicationSettings.OUTBOX),
                        layers.find(ApplicationSettings.PUBLISH_URL)),
                new Applications.Accounts(
                        layers.get(ApplicationSettings.STARTING_BALANCE),
                        layers.get(ApplicationSettings.ATTEMPTS),
                        layers.get(ApplicationSettings.TOKEN_LIFETIME),
                        layers.get(ApplicationSettings.BCRYPT_COST),
                        layers.get(ApplicationSettings.WAITING_PASSWORDS),
                        layers.find(ApplicationSettings.ADDRESS_HEADER)),
                layers.get(ApplicationSettings.BODY_LIMIT),
                push.sessions(),
                push.push());
    }

    private @Nullable Place place() {
        var url = layers.find(ApplicationSettings.DATABASE_URL);
        var path = layers.find(ApplicationSettings.DIRECTORY);
        if (url != null && (path == null || !isStronger(ApplicationSettings.DIRECTORY))) {
            return url;
        }
        return path == null ? null : new Place.Directory(directory.resolve(path));
    }

    /** Than the address of a database, which holds otherwise. */
    private boolean isStronger(Setting<?> setting) {
        return layers.origin(setting).equals(Origin.COMMAND_LINE)
                && !layers.origin(ApplicationSettings.DATABASE_URL).equals(Origin.COMMAND_LINE);
    }
}
