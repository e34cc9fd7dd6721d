package dev.rollcall.configuration;

import dev.rollcall.connector.Problem;
import dev.rollcall.provisioning.state.StateStore;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a configuration file says, checked; nothing of it is connected yet. Immutable and thread-safe. */
public final class Configuration {
    private final Path folder;
    private final Map<String, DataSource> dataSources;
    private final Map<String, ConnectorSettings> connectors;
    private final Map<String, Webhook> webhooks;
    private final Map<String, Target> targets;
    private final Optional<DirectorySettings> directory;
    private final Optional<StateStore> state;
    private final ZoneId zone;
    private final Set<Path> files;
    private final List<Problem> notes;
    private final Document document;

    Configuration(
            Path folder,
            Map<String, DataSource> dataSources,
            Map<String, ConnectorSettings> connectors,
            Map<String, Webhook> webhooks,
            Map<String, Target> targets,
            Optional<DirectorySettings> directory,
            Optional<StateStore> state,
            Optional<ZoneId> zone,
            Findings findings) {
        this.folder = folder;
        this.dataSources = Collections.unmodifiableMap(new LinkedHashMap<>(dataSources));
        this.connectors = Collections.unmodifiableMap(new LinkedHashMap<>(connectors));
        this.webhooks = Collections.unmodifiableMap(new LinkedHashMap<>(webhooks));
        this.targets = Collections.unmodifiableMap(new LinkedHashMap<>(targets));
        this.directory = directory;
        this.state = state;
        this.zone = zone.orElse(ZoneOffset.UTC);
        this.files = findings.files();
        this.notes = findings.notes();
        this.document = findings.document();
    }

    /** {@return the folder of the file, at which relative paths start} */
    public Path folder() {
        return folder;
    }

    /** {@return the data sources by name, in the order of the file; the one that the file's own keys make is {@code default}} */
    public Map<String, DataSource> dataSources() {
        return dataSources;
    }

    /** {@return the connectors under {@code connectors}, by name} */
    public Map<String, ConnectorSettings> connectors() {
        return connectors;
    }

    /** {@return the webhooks by name, in the order of the file} */
    public Map<String, Webhook> webhooks() {
        return webhooks;
    }

    /** {@return the applications under {@code targets} that are made to agree, by name} */
    public Map<String, Target> targets() {
        return targets;
    }

    /** {@return the directory, if the file names one} */
    public Optional<DirectorySettings> directory() {
        return directory;
    }

    /**
     * {@return where runs keep what later runs need, if the file names a place}
     *
     * <p>All data sources and targets share it. Nothing is opened until it is first used; close it after the last run if it is
     * {@link AutoCloseable}, as state in a database is.
     */
    public Optional<StateStore> state() {
        return state;
    }

    /** {@return the time zone of days and of dates that name none; UTC if the file names no zone} */
    public ZoneId zone() {
        return zone;
    }

    /** {@return the files that it names, to be read or written: passwords, state, tokens, certificates, tables} */
    public Set<Path> files() {
        return files;
    }

    /** {@return a problem that was found later at a path of the file, with file and line} */
    public Problem locate(Problem problem) {
        return document.locate(problem);
    }

    /** {@return what the file says that has no effect in this version, with file and line} */
    public List<Problem> notes() {
        return notes;
    }
}
