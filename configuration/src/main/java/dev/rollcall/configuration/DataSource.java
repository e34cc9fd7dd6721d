package dev.rollcall.configuration;

import dev.rollcall.mapping.Mapping;
import java.util.Optional;

/**
 * A connector's endpoints, primary key, mapping and policy under one name. Immutable and thread-safe.
 */
public final class DataSource {
    private final String name;
    private final ConnectorSettings connector;
    private final Mapping mapping;
    private final Optional<String> scope;
    private final Optional<String> active;
    private final DirectorySettings directory;

    DataSource(
            String name,
            ConnectorSettings connector,
            Mapping mapping,
            Optional<String> scope,
            Optional<String> active,
            DirectorySettings directory) {
        this.name = name;
        this.connector = connector;
        this.mapping = mapping;
        this.scope = scope;
        this.active = active;
        this.directory = directory;
    }

    /** {@return the name under which automations select it} */
    public String name() {
        return name;
    }

    /** {@return where users come from} */
    public ConnectorSettings connector() {
        return connector;
    }

    /** {@return the key, the DN and the attributes} */
    public Mapping mapping() {
        return mapping;
    }

    /** {@return the condition of who belongs here, as it was written} */
    public Optional<String> scope() {
        return scope;
    }

    /** {@return the condition of who is active, as it was written} */
    public Optional<String> active() {
        return active;
    }

    /** {@return the directory that is made to agree} */
    public DirectorySettings directory() {
        return directory;
    }

    @Override
    public String toString() {
        return "data source " + name;
    }
}
