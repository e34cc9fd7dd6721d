package dev.rollcall.configuration;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import dev.rollcall.connector.BlockKeys;
import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Connectors;
import dev.rollcall.connector.Setting;
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

    private static final Setting SCOPE =
            Setting.any("scope").description("a condition on a record: who belongs here; default: everybody");
    private static final Setting ACTIVE = Setting.any("active")
            .description("a condition on a record: who is active; default: the connector's, or true");
    private static final Setting MAPPING =
            Setting.block("mapping", MappingReader.KEYS).description("which attributes a user gets");
    private static final Setting POLICY =
            Setting.block("policy", PolicyReader.KEYS).description("what a run may do");

    /** The keys of a data source. */
    static final BlockKeys DATA_SOURCE_KEYS = SourceReader.KEYS
            .and(SourceReader.DESCRIPTION, SCOPE, ACTIVE, MAPPING, POLICY)
            .and(DirectoryReader.BASE_OF_DATA_SOURCE, DirectoryReader.MARK);

    private static final Setting SOURCE = Setting.block("source", SourceReader.KEYS)
            .description(
                    "where users come from; `source`, `scope`, `active`, `mapping` and `policy` are short for a data"
                            + " source named `default`");
    private static final Setting CONNECTORS = Setting.named("connectors", SourceReader.CONNECTOR_KEYS)
            .description("connectors that several places use, by name");
    private static final Setting DATA_SOURCES =
            Setting.named("dataSources", DATA_SOURCE_KEYS).description("data sources, by name");
    private static final Setting DIRECTORY =
            Setting.block("directory", DirectoryReader.KEYS).description("the directory that is made to agree");
    private static final Setting TARGETS = Setting.named("targets", TargetReader.KEYS)
            .description("applications whose accounts are made to agree, by name");
    private static final Setting WEBHOOKS =
            Setting.named("webhooks", WebhookReader.KEYS).description("outbound calls, by name");
    private static final Setting TABLES =
            Setting.named("tables", TableReader.KEYS).description("what `lookup` finds, by name");
    private static final Setting ZONE = Setting.text("zone").byDefault("UTC").description("the time zone of days");
    private static final Setting STATE =
            Setting.block("state", StateReader.KEYS).description("what later runs must know of earlier ones");
    private static final Setting ORCHESTRATIONS = Setting.any("orchestrations").description("not built yet");
    private static final Setting AUTOMATIONS = Setting.any("automations").description("not built yet");

    /** The keys at the top of the file. */
    static final BlockKeys KEYS = BlockKeys.of(
            SOURCE,
            SCOPE,
            ACTIVE,
            MAPPING,
            POLICY,
            CONNECTORS,
            DATA_SOURCES,
            DIRECTORY,
            TARGETS,
            WEBHOOKS,
            TABLES,
            ZONE,
            STATE,
            ORCHESTRATIONS,
            AUTOMATIONS);

    private final Block root;
    private final Path folder;
    private final Findings findings;
    private final Map<String, Block> named;
    private final Map<String, Block> sourceBlocks;
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
        this.named = root.named(CONNECTORS);
        this.sourceBlocks = root.named(DATA_SOURCES);
        this.functions = functions.withTables(TableReader.read(root.named(TABLES), folder));
        this.zone = root.zone(ZONE);
        this.sources = new SourceReader(connectors, folder, named, findings, zone);
        this.state = root.block(STATE).flatMap(block -> StateReader.read(block, folder));
    }

    Configuration read() {
        Map<String, ConnectorSettings> opened = new LinkedHashMap<>();
        named.forEach((name, block) -> {
            block.text(SourceReader.DESCRIPTION);
            Optional<SourceReader.Opened> connector = sources.read(block, false);
            block.done();
            connector.ifPresent(it -> opened.put(name, new ConnectorSettings(it)));
        });
        Optional<DirectorySettings> directory = root.block(DIRECTORY).map(block -> DirectoryReader.read(block, folder));
        Map<String, Block> targets = root.named(TARGETS);
        targets.values().forEach(block -> block.value(TargetReader.FROM).text().ifPresent(feeders::add));
        Map<String, DataSource> dataSources = new LinkedHashMap<>();
        if (hasDefault()) {
            defaultSource(directory).ifPresent(source -> dataSources.put(DEFAULT, source));
        }
        sourceBlocks.forEach((name, block) -> {
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
        Map<String, Webhook> webhooks =
                new WebhookReader(sources, opened, source, findings).read(root.named(WEBHOOKS), root.has(SOURCE));
        Map<String, Target> readTargets = targets(targets, directory);
        later();
        root.done();
        return new Configuration(folder, dataSources, opened, webhooks, readTargets, directory, state, zone, findings);
    }

    private Map<String, Target> targets(Map<String, Block> blocks, Optional<DirectorySettings> directory) {
        Set<String> names = new LinkedHashSet<>(sourceBlocks.keySet());
        if (hasDefault()) {
            names.add(DEFAULT);
        }
        TargetReader.SearchBaseLookup around = new TargetReader.SearchBaseLookup(
                sources,
                parts,
                names,
                directory,
                root.has(DIRECTORY),
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
        for (Setting key : List.of(SOURCE, SCOPE, ACTIVE, MAPPING, POLICY)) {
            there |= root.has(key);
        }
        return there;
    }

    private Optional<DataSource> defaultSource(Optional<DirectorySettings> directory) {
        if (!root.has(SOURCE)) {
            root.missing(SOURCE, "say where users come from");
        }
        Optional<Block> source = root.block(SOURCE);
        Optional<SourceReader.Opened> opened = source.flatMap(block -> {
            Optional<SourceReader.Opened> read = sources.read(block, true);
            block.done();
            return read;
        });
        return dataSource(DEFAULT, root, opened, directory);
    }

    private Optional<DataSource> dataSource(String name, Block block, Optional<DirectorySettings> directory) {
        block.text(SourceReader.DESCRIPTION);
        return dataSource(
                name, block, sources.read(block, true), directory.map(it -> DirectoryReader.narrowed(block, it)));
    }

    private Optional<DataSource> dataSource(
            String name, Block block, Optional<SourceReader.Opened> opened, Optional<DirectorySettings> directory) {
        boolean feeds = feeders.contains(name);
        if (!block.has(MAPPING) && !feeds) {
            block.missing(MAPPING, "say which attributes a user gets");
        }
        Optional<String> primaryKey = opened.flatMap(SourceReader.Opened::primaryKey);
        Optional<Limits> limits = directory.map(
                it -> it.type() == DirectoryType.ACTIVE_DIRECTORY ? Limits.ACTIVE_DIRECTORY : Limits.NONE);
        Optional<Mapping> mapping =
                block.block(MAPPING).flatMap(it -> MappingReader.read(it, primaryKey, limits, functions));
        boolean synced = !feeds || block.has(MAPPING);
        if (directory.isEmpty() && !root.has(DIRECTORY) && synced) {
            root.missing(DIRECTORY, "say which directory is made to agree");
        }
        Optional<Condition> scope = condition(block, SCOPE);
        Optional<Condition> active = condition(block, ACTIVE)
                .or(() -> opened.filter(it -> !block.has(ACTIVE))
                        .flatMap(it -> it.provider().descriptor().active())
                        .map(Condition::parse));
        Policy policy =
                block.block(POLICY).map(it -> PolicyReader.read(it, folder)).orElseGet(Policy::defaults);
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
        DataSource source = new DataSource(
                name, connector, mapping.get(), scope, active, policy, directory.get(), state, zone, block.locator());
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
                root.value(DIRECTORY) instanceof Value.Fields given
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

    /** Whether no mark is given; one that is given and wrong is reported where it is. */
    private boolean isUnmarked(Block block) {
        return root.value(DIRECTORY) instanceof Value.Fields given
                && given.get("mark") instanceof Value.Absent
                && (block == root || block.fields().get("mark") instanceof Value.Absent);
    }

    /** A condition on a record; what is wrong with it is added at its key. */
    private Optional<Condition> condition(Block block, Setting key) {
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
        root.notBuiltYet(ORCHESTRATIONS, "no orchestration is started by a run of this version");
        root.notBuiltYet(AUTOMATIONS, "nothing is started by itself by this version");
    }
}
