package dev.fanfare.server.config;

import dev.fanfare.core.channel.Catalogue;
import dev.fanfare.core.channel.NameLimits;
import java.util.List;

/** Reads the whole configuration from its sources and checks it. All mistakes are told at once. */
public final class ConfigLoader {
    private final Problems problems = new Problems();
    private final ConfigSources sources;
    private final ConfigFile files;

    private ConfigLoader(ConfigSources sources) {
        this.sources = sources;
        files = new ConfigFile(sources, problems);
    }

    public static ServerConfig load(ConfigSources sources) throws ConfigException {
        return new ConfigLoader(sources).load();
    }

    /**
     * What the applications need, enabled or not, and nothing else: other mistakes are not looked
     * for.
     */
    public static ServerConfig.Applications applications(ConfigSources sources)
            throws ConfigException {
        return new ConfigLoader(sources).applications();
    }

    private ServerConfig.Applications applications() {
        var layers = layers(files.read());
        boolean development = layers.get(Settings.DEV);
        if (development) {
            layers.add(Development.settings());
        }
        var reader = new ApplicationReader(layers, sources.directory(), development);
        var applications = reader.readAnyway();
        problems.throwIfAny();
        return applications;
    }

    private ServerConfig load() {
        var file = files.read();
        var layers = layers(file);
        boolean development = layers.get(Settings.DEV);
        if (development) {
            layers.add(Development.settings());
        }
        var reader = new ConfigReader(layers, sources.directory(), development);
        var limits = reader.limits();
        int before = problems.count();
        var catalogue = catalogue(file, layers);
        var sound = problems.count() == before ? catalogue : null;
        var endpoints =
                new EndpointReader(
                                sound,
                                limits.budget(),
                                layers.get(TokenSettings.IN_QUERY),
                                problems)
                        .read(file);
        var ably = new AblyReader(layers, development, problems).read(file, limits);
        var config = reader.read(limits, catalogue, endpoints, ably);
        problems.throwIfAny();
        return config;
    }

    private Layers layers(Yaml.Members file) {
        var given = new GivenSettings(sources, problems);
        var layers = new Layers(problems);
        layers.add(given.options());
        layers.add(given.systemProperties());
        layers.add(given.environment());
        layers.add(FileSettings.of(file, problems));
        return layers;
    }

    private Catalogue catalogue(Yaml.Members file, Layers layers) {
        var names =
                new NameLimits(
                        layers.get(LimitSettings.CHANNEL_NAME_LENGTH),
                        layers.get(LimitSettings.CHANNEL_NAME_ASCII));
        var here = file.only("channels", "events");
        var path = layers.find(Settings.CATALOGUE);
        if (path == null && here.members().isEmpty()) {
            return CatalogueReader.trusting(problems).read(DefaultCatalogue.yaml(), names);
        }
        if (path == null) {
            return CatalogueReader.checking(problems).read(here, names);
        }
        if (!here.members().isEmpty()) {
            layers.refuse(Settings.CATALOGUE, "no such key beside channels and events");
        }
        var origin = layers.origin(Settings.CATALOGUE);
        var there = files.read(path, Settings.CATALOGUE.key(), origin);
        return there == null
                ? new Catalogue(List.of())
                : CatalogueReader.checking(problems).read(there, names);
    }
}
