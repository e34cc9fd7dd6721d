package dev.rollcall.configuration;

import dev.rollcall.connector.Connector;
import dev.rollcall.connector.Problem;
import dev.rollcall.formats.Condition;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.ReconcilerBuilder;
import dev.rollcall.provisioning.account.AccountTarget;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.source.DirectorySource;
import dev.rollcall.provisioning.source.Source;
import dev.rollcall.provisioning.source.UserSource;
import dev.rollcall.provisioning.state.StateStore;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** An application that is made to agree: which, from where, who and how. Immutable and thread-safe. */
public final class Target {
    /**
     * Where its people come from: a connector, or else the directory.
     *
     * @param connector of the data source
     * @param directory that is read
     */
    record From(Optional<ConnectorSettings> connector, Optional<DirectorySettings> directory, boolean delta) {}

    private final String name;
    private final ConnectorSettings connector;
    private final From from;
    private final Mapping mapping;
    private final Optional<Condition> scope;
    private final Optional<Condition> active;
    private final Policy policy;
    private final AccountTarget.OnFixed onFixed;
    private final List<String> protectedAccounts;
    private final Optional<StateStore> state;
    private final Optional<ZoneId> zone;
    private final UnaryOperator<Problem> locate;

    Target(
            String name,
            ConnectorSettings connector,
            From from,
            Mapping mapping,
            Optional<Condition> scope,
            Optional<Condition> active,
            Policy policy,
            AccountTarget.OnFixed onFixed,
            List<String> protectedAccounts,
            Optional<StateStore> state,
            Optional<ZoneId> zone,
            UnaryOperator<Problem> locate) {
        this.name = name;
        this.connector = connector;
        this.from = from;
        this.mapping = mapping;
        this.scope = scope;
        this.active = active;
        this.policy = policy;
        this.onFixed = onFixed;
        this.protectedAccounts = List.copyOf(protectedAccounts);
        this.state = state;
        this.zone = zone;
        this.locate = locate;
    }

    /** {@return the name that the file gives it} */
    public String name() {
        return name;
    }

    /** {@return the connector that writes the accounts} */
    public ConnectorSettings connector() {
        return connector;
    }

    /** {@return the connector of the data source that the people come from; empty if they come from the directory} */
    public Optional<ConnectorSettings> source() {
        return from.connector();
    }

    /** {@return the directory that the people come from; empty if they come from a data source} */
    public Optional<DirectorySettings> directory() {
        return from.directory();
    }

    /** {@return the key and the attributes of the accounts} */
    public Mapping mapping() {
        return mapping;
    }

    /** {@return what a run may do} */
    public Policy policy() {
        return policy;
    }

    /** {@return whether the source lists changes only, so that nobody is missing from it} */
    public boolean isDelta() {
        return from.delta();
    }

    /**
     * {@return a builder with everything that the file says, for people who come from the directory}
     *
     * @param people the directory, which stays the caller's to close
     * @param accounts the connector that writes, which stays the caller's to close
     */
    public ReconcilerBuilder reconciler(Directory people, Connector accounts) {
        Set<String> columns = new LinkedHashSet<>();
        mapping.columns().forEach(path -> columns.add(path.column()));
        scope.ifPresent(condition -> addColumns(condition, columns));
        active.ifPresent(condition -> addColumns(condition, columns));
        return reconciler(Source.of((UserSource) DirectorySource.of(people, columns)), accounts);
    }

    /**
     * {@return a builder with everything that the file says, for people who come from a data source}
     *
     * @param people the connector of the data source, which stays the caller's to close
     * @param accounts the connector that writes, which stays the caller's to close
     */
    public ReconcilerBuilder reconciler(Connector people, Connector accounts) {
        return reconciler(Source.of(people), accounts);
    }

    private ReconcilerBuilder reconciler(Source people, Connector accounts) {
        Source source = people;
        source = scope.isPresent() ? source.scope(scope.get()) : source;
        source = active.isPresent() ? source.active(active.get()) : source;
        source = from.delta() ? source.delta() : source;
        AccountTarget target = AccountTarget.of(name, accounts).onFixed(onFixed).protect(protectedAccounts);
        ReconcilerBuilder builder = Reconciler.builder(source, mapping, target)
                .categories(policy.categories())
                .leavers(policy.leavers())
                .enable(policy.enabling())
                .guardrails(policy.guardrails())
                .locate(locate);
        state.ifPresent(builder::state);
        zone.ifPresent(builder::zone);
        return builder;
    }

    private static void addColumns(Condition condition, Set<String> columns) {
        condition.names().stream()
                .filter(each -> each.namespace().equals("record"))
                .forEach(each -> columns.add(each.path().column()));
    }

    @Override
    public String toString() {
        return "target " + name;
    }
}
