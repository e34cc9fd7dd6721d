package dev.rollcall.configuration;

import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorDescriptor;
import dev.rollcall.connector.ConnectorProvider;
import dev.rollcall.connector.Settings;
import java.time.ZoneId;
import java.util.Optional;

/** A connector that a configuration names, checked and not opened yet. Immutable and thread-safe. */
public final class ConnectorSettings {
    private final ConnectorProvider provider;
    private final Settings settings;
    private final Optional<String> primaryKey;
    private final Optional<String> name;
    private final Optional<ZoneId> zone;

    ConnectorSettings(SourceReader.Opened opened) {
        this.provider = opened.provider();
        this.settings = opened.settings();
        this.primaryKey = opened.primaryKey();
        this.name = opened.name();
        this.zone = opened.zone();
    }

    /** {@return the name under {@code connectors} of this connector, or of the one that it uses} */
    public Optional<String> name() {
        return name;
    }

    /** {@return what the connector is} */
    public ConnectorDescriptor descriptor() {
        return provider.descriptor();
    }

    /** {@return what it is opened with} */
    public Settings settings() {
        return settings;
    }

    ConnectorProvider provider() {
        return provider;
    }

    /** {@return the column that identifies a user, as the file or the connector says} */
    public Optional<String> primaryKey() {
        return primaryKey;
    }

    /** {@return the connector, with the time zone of the file if it names one; nothing is contacted before its first call} */
    public Connector open(ConnectorContext context) {
        return provider.create(settings, zone.map(context::zone).orElse(context));
    }

    @Override
    public String toString() {
        return "connector " + provider.descriptor().id();
    }
}
