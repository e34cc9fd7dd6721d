package dev.rollcall.configuration;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Connectors;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.Condition;
import dev.rollcall.formats.Functions;
import dev.rollcall.formats.Name;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.mapping.rule.Limits;
import dev.rollcall.provisioning.directory.DirectoryType;
import dev.rollcall.provisioning.policy.PasswordPolicy;
import dev.rollcall.provisioning.state.StateStore;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the tree of a whole file. Not thread-safe: for one thread at a time. */
final class ConfigurationReader {
    /** The name of the data source that a file's {@code source}, {@code mapping} and {@code policy} make. */
    static final String DEFAULT = "default";

    private final Block root;
    private final Path folder;
    private final Findings findings;
    private final Map<String, Block> named;
    private final Functions functions;
    private final SourceReader sources;
    private final Map<String, TargetReader.DataSourcePart> parts = new LinkedHashMap<>();

    /** The data sources that targets take people from; such a one may be without mapping. */
    private final Set<String> feeders = new LinkedHashSet<>();

    private final Optional<StateStore> state;
    private final Optional<ZoneId> zone;
    private final DirectoryShares shares;

    ConfigurationReader(Block root, Path folder, Connectors connectors, Functions functions) {
        this.root = root;
        this.folder = folder;
        this.findings = root.findings();
        this.shares = new DirectoryShares(findings);
        this.named = root.named("connectors");
        this.functions = functions.withTables(TableReader.read(root, folder));
        this.zone = root.zone("zone");
        this.sources = new SourceReader(connectors, folder, named, findings, zone);
        this.state = root.block("state").flatMap(this::state);
    }

    Configuration read() {
        Map<String, ConnectorSettings> opened = new LinkedHashMap<>();
        named.forEach((name, block) -> {
            block.has("description");
            Optional<SourceReader.Opened> connector = sources.read(block, false);
            block.done();
            connector.ifPresent(it -> opened.put(name, new ConnectorSettings(it)));
        });
        Optional<DirectorySettings> directory =
                root.block("directory").map(block -> DirectoryReader.read(block, folder));
        Map<String, Block> targets = root.named("targets");
        targets.values().forEach(block -> block.fields().get("from").text().ifPresent(feeders::add));
        Map<String, DataSource> dataSources = new LinkedHashMap<>();
        if (hasDefault()) {
            defaultSource(directory).ifPresent(source -> dataSources.put(DEFAULT, source));
        }
        root.named("dataSources").forEach((name, block) -> {
            if (name.equals(DEFAULT) && hasDefault()) {
                String remedy = "give this one another name";
                findings.add("duplicate-name", block.path(), "source: is the data source 'default' already", remedy);
            }
            dataSource(name, block, directory).ifPresent(source -> dataSources.put(name, source));
            block.done();
        });
        shares.check();
        dataSources.replaceAll((name, source) -> source.besides(shares.otherBases(source.directory())));
        Optional<ConnectorSettings> source =
                Optional.ofNullable(dataSources.get(DEFAULT)).map(DataSource::connector);
        Map<String, Webhook> webhooks = new WebhookReader(sources, opened, source, findings).read(root);
        Map<String, Target> readTargets = targets(targets, directory);
        later();
        root.done();
        return new Configuration(folder, dataSources, opened, webhooks, readTargets, directory, zone, findings);
    }

    private Map<String, Target> targets(Map<String, Block> blocks, Optional<DirectorySettings> directory) {
        Set<String> names = new LinkedHashSet<>(root.named("dataSources").keySet());
        if (hasDefault()) {
            names.add(DEFAULT);
        }
        TargetReader.Surroundings around = new TargetReader.Surroundings(
                sources,
                parts,
                names,
                directory,
                root.has("directory"),
                this::condition,
                functions,
                folder,
                state,
                zone,
                new LinkedHashMap<>());
        Map<String, Target> targets = new LinkedHashMap<>();
        blocks.forEach((name, block) ->
                new TargetReader(name, block, around).read().ifPresent(target -> targets.put(name, target)));
        return targets;
    }

    private boolean hasDefault() {
        boolean there = false;
        for (String key : List.of("source", "scope", "active", "mapping", "policy")) {
            there |= root.has(key);
        }
        return there;
    }

    private Optional<DataSource> defaultSource(Optional<DirectorySettings> directory) {
        if (!root.has("source")) {
            root.missing("source", "say where users come from");
        }
        Optional<Block> source = root.block("source");
        Optional<SourceReader.Opened> opened = source.flatMap(block -> {
            Optional<SourceReader.Opened> read = sources.read(block, true);
            block.done();
            return read;
        });
        return dataSource(DEFAULT, root, opened, directory);
    }

    private Optional<DataSource> dataSource(String name, Block block, Optional<DirectorySettings> directory) {
        block.text("description");
        return dataSource(
                name, block, sources.read(block, true), directory.map(it -> DirectoryReader.narrowed(block, it)));
    }

    private Optional<DataSource> dataSource(
            String name, Block block, Optional<SourceReader.Opened> opened, Optional<DirectorySettings> directory) {
        boolean feeds = feeders.contains(name);
        if (!block.has("mapping") && !feeds) {
            block.missing("mapping", "say which attributes a user gets");
        }
        Optional<String> primaryKey = opened.flatMap(SourceReader.Opened::primaryKey);
        Optional<Limits> limits = directory.map(
                it -> it.type() == DirectoryType.ACTIVE_DIRECTORY ? Limits.ACTIVE_DIRECTORY : Limits.NONE);
        Optional<Mapping> mapping =
                block.block("mapping").flatMap(it -> MappingReader.read(it, primaryKey, limits, functions));
        boolean synced = !feeds || block.has("mapping");
        if (directory.isEmpty() && !root.has("directory") && synced) {
            root.missing("directory", "say which directory is made to agree");
        }
        Optional<Condition> scope = condition(block, "scope");
        Optional<Condition> active = condition(block, "active")
                .or(() -> opened.filter(it -> !block.has("active"))
                        .flatMap(it -> it.provider().descriptor().active())
                        .map(Condition::parse));
        Policy policy =
                block.block("policy").map(it -> PolicyReader.read(it, folder)).orElseGet(Policy::defaults);
        leavers(block, policy, directory);
        forceChange(block, policy, directory);
        directory
                .flatMap(this::disablingAttribute)
                .ifPresent(attribute -> mapping.ifPresent(it -> disabling(block, it, attribute)));
        opened.ifPresent(
                it -> parts.put(name, new TargetReader.DataSourcePart(new ConnectorSettings(it), scope, active)));
        if (opened.isEmpty() || mapping.isEmpty() || directory.isEmpty()) {
            return Optional.empty();
        }
        ConnectorSettings connector = new ConnectorSettings(opened.get());
        DataSource source =
                new DataSource(name, connector, mapping.get(), scope, active, policy, directory.get(), state, zone);
        shares.add(new DirectoryShares.Share(name, block, mapping.get(), policy, directory.get(), source.isDelta()));
        return Optional.of(source);
    }

    /** Only OpenLDAP and Active Directory have an attribute for this. */
    private void forceChange(Block block, Policy policy, Optional<DirectorySettings> directory) {
        boolean isForced =
                policy.passwords().filter(PasswordPolicy::forcesChange).isPresent();
        if (isForced
                && directory.filter(it -> it.type() == DirectoryType.GENERIC).isPresent()) {
            findings.note(
                    "no-effect",
                    block.path("policy.password.forceChange"),
                    "true has no effect on a directory of type generic: nobody has to change a first password",
                    "say forceChange: false, and let the server's password policy force the change");
        }
    }

    private void leavers(Block block, Policy policy, Optional<DirectorySettings> directory) {
        Optional<String> base = directory.map(DirectorySettings::base);
        boolean unmarked = directory.filter(it -> it.mark().isEmpty()).isPresent() && isUnmarked(block);
        if (policy.leavers().deleteAfter().isPresent() && unmarked) {
            findings.add(
                    "needs-mark",
                    block.path("policy.leavers.deleteAfter"),
                    "needs to know since when an account is disabled",
                    "set directory.mark, which holds the day");
        }
        Optional<DN> to = policy.leavers().moveTo();
        if (to.isPresent() && base.isPresent() && isAbove(to.get(), base.get())) {
            findings.add(
                    "bad-container",
                    block.path("policy.leavers.moveTo"),
                    "is above directory.base, where everybody else is",
                    "name a container in the base or beside it");
        }
    }

    private static boolean isAbove(DN container, String base) {
        try {
            return StandardNames.dn(container.toString()).isAncestorOf(StandardNames.dn(base), false);
        } catch (LDAPException told) {
            return false; // the base has a problem of its own
        }
    }

    /** What holds the state of an account, and nothing but that: Active Directory's flags hold more. */
    private Optional<String> disablingAttribute(DirectorySettings directory) {
        return switch (directory.type()) {
            case ACTIVE_DIRECTORY -> Optional.empty();
            case OPENLDAP -> Optional.of("pwdAccountLockedTime");
            case GENERIC ->
                root.value("directory") instanceof Value.Fields given
                                && given.get("disable") instanceof Value.Fields disable
                        ? disable.get("attribute").text()
                        : Optional.empty();
        };
    }

    private void disabling(Block block, Mapping mapping, String attribute) {
        mapping.ownedAttributes().stream()
                .filter(owned -> StandardNames.same(owned, attribute))
                .forEach(written -> findings.add(
                        "disabling-attribute",
                        block.path("mapping.attributes." + written),
                        "disables accounts here: who was disabled would be enabled again",
                        "leave it out; 'active' says whose account can be used"));
    }

    /** What later runs must know of earlier ones. */
    private Optional<StateStore> state(Block block) {
        String name = block.requiredText("file");
        block.done();
        Optional<StateStore> store = block.writable("file", name, folder).map(StateStore::file);
        try {
            store.ifPresent(it -> it.normalizations("")); // a file that is damaged is told before anything is contacted
        } catch (ConfigurationException damaged) {
            damaged.problems().forEach(findings::add);
        }
        return store;
    }

    /** Whether no mark is given; one that is given and wrong is reported where it is. */
    private boolean isUnmarked(Block block) {
        return root.value("directory") instanceof Value.Fields given
                && given.get("mark") instanceof Value.Absent
                && (block == root || block.fields().get("mark") instanceof Value.Absent);
    }

    /** A condition on a record; what is wrong with it is added at its key. */
    private Optional<Condition> condition(Block block, String key) {
        if (block.value(key) instanceof Value.Bool bool) {
            return Optional.of(Condition.parse(Boolean.toString(bool.value())));
        }
        Optional<String> text = block.text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            Condition condition = Condition.parse(text.get(), functions);
            for (Name name : condition.names()) {
                if (!name.namespace().equals("record")) {
                    findings.add(
                            "unknown-name",
                            block.path(key),
                            "'" + name + "' is not known here",
                            "only columns are: " + (name.namespace().isEmpty() ? "record." + name : "record.NAME"));
                }
            }
            return Optional.of(condition);
        } catch (ConfigurationException e) {
            e.problems().forEach(problem -> findings.add(problem.under(block.path(key))));
            return Optional.empty();
        }
    }

    /** Parts that the file may hold already, and that do nothing yet. */
    private void later() {
        root.notBuiltYet("orchestrations", "no orchestration is started by a run of this version");
        root.notBuiltYet("automations", "nothing is started by itself by this version");
    }
}
