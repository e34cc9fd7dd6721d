package dev.rollcall.configuration;

import dev.rollcall.connector.Connector;
import dev.rollcall.connector.Problem;
import dev.rollcall.formats.Condition;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.ReconcilerBuilder;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.source.Source;
import dev.rollcall.provisioning.state.StateStore;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A connector's endpoints, primary key, mapping and policy under one name. Immutable and thread-safe.
 */
public final class DataSource {
    private final String name;
    private final ConnectorSettings connector;
    private final Mapping mapping;
    private final Optional<Condition> scope;
    private final Optional<Condition> active;
    private final Policy policy;
    private final DirectorySettings directory;
    private final Optional<StateStore> state;
    private final Optional<ZoneId> zone;
    private final UnaryOperator<Problem> locate;

    DataSource(
            String name,
            ConnectorSettings connector,
            Mapping mapping,
            Optional<Condition> scope,
            Optional<Condition> active,
            Policy policy,
            DirectorySettings directory,
            Optional<StateStore> state,
            Optional<ZoneId> zone,
            UnaryOperator<Problem> locate) {
        this.name = name;
        this.connector = connector;
        this.mapping = mapping;
        this.scope = scope;
        this.active = active;
        this.policy = policy;
        this.directory = directory;
        this.state = state;
        this.zone = zone;
        this.locate = locate;
    }

    /** {@return this data source, with the subtrees that other data sources with its mark manage} */
    DataSource besides(List<String> bases) {
        return new DataSource(
                name, connector, mapping, scope, active, policy, directory.besides(bases), state, zone, locate);
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

    /** {@return the condition of who belongs here} */
    public Optional<Condition> scope() {
        return scope;
    }

    /** {@return the condition of who is active} */
    public Optional<Condition> active() {
        return active;
    }

    /** {@return what a run may do} */
    public Policy policy() {
        return policy;
    }

    /** {@return the directory that is made to agree} */
    public DirectorySettings directory() {
        return directory;
    }

    /** {@return whether the source lists changes only, so that nobody is missing from it} */
    public boolean isDelta() {
        return connector
                .settings()
                .block("completeness")
                .text()
                .filter("delta"::equals)
                .isPresent();
    }

    /**
     * {@return the source of a run, with scope and active}
     *
     * @param opened the connector, which stays the caller's to close
     */
    public Source source(Connector opened) {
        Source source = Source.of(opened);
        source = scope.isPresent() ? source.scope(scope.get()) : source;
        source = active.isPresent() ? source.active(active.get()) : source;
        return isDelta() ? source.delta() : source;
    }

    /**
     * {@return a builder with everything that the file says, for a host to add to}
     *
     * @param opened the connector, which stays the caller's to close
     * @param to the directory, which stays the caller's to close
     */
    public ReconcilerBuilder reconciler(Connector opened, Directory to) {
        ReconcilerBuilder builder = Reconciler.builder(source(opened), mapping, to)
                .categories(policy.categories())
                .leavers(policy.leavers())
                .enable(policy.enabling())
                .guardrails(policy.guardrails())
                .locate(locate)
                .dataSource(name);
        policy.passwords().ifPresent(builder::passwords);
        state.ifPresent(builder::state);
        zone.ifPresent(builder::zone);
        return builder;
    }

    @Override
    public String toString() {
        return "data source " + name;
    }
}
