package dev.rollcall.configuration;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import dev.rollcall.connector.BlockKeys;
import dev.rollcall.connector.Capability;
import dev.rollcall.connector.ConnectorProvider;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.Suggestion;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.Condition;
import dev.rollcall.formats.Functions;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.provisioning.account.AccountTarget;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.policy.Enabling;
import dev.rollcall.provisioning.policy.Leavers;
import dev.rollcall.provisioning.state.StateStore;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Reads one of the {@code targets}. Not thread-safe: for one thread at a time. */
final class TargetReader {
    static final String DIRECTORY = "directory";

    private static final Setting FIXED_ATTRIBUTES = Setting.choice("fixedAttributes", AccountTarget.OnFixed.class)
            .byDefault("refuse")
            .description(
                    "what happens where an attribute changes that the application never changes: a conflict, or the"
                            + " account is replaced by a new one");

    /** What a target's policy has beside the keys of any policy. */
    static final BlockKeys OWN_POLICY_KEYS = BlockKeys.of(FIXED_ATTRIBUTES);

    private static final BlockKeys POLICY_KEYS = PolicyReader.KEYS.and(OWN_POLICY_KEYS);

    static final Setting FROM = Setting.text("from")
            .required()
            .description("`directory`, or the name of a data source. Such a data source may be without `mapping`, and a"
                    + " file with no other needs no `directory`");
    private static final Setting SCOPE =
            Setting.any("scope").description("as in a data source; default: that of the data source");
    private static final Setting ACTIVE =
            Setting.any("active").description("as in a data source; default: that of the data source");
    private static final Setting MAPPING = Setting.block("mapping", MappingReader.KEYS)
            .required()
            .description(
                    "`key`, `match` and `attributes` as for a directory, by the names that the connector has, without"
                            + " `previous`, `rehire`, `unique`, `reference`, `binary`, groups and DNs");
    private static final Setting PROTECTED = Setting.list("protected")
            .description("accounts that no run changes, each the id or the name of an account or a filter, whatever the"
                    + " source lists");
    private static final Setting POLICY =
            Setting.block("policy", POLICY_KEYS).description("as for a directory, with the differences below");

    /** The keys of a target. */
    static final BlockKeys KEYS =
            SourceReader.KEYS.and(SourceReader.DESCRIPTION, FROM, SCOPE, ACTIVE, MAPPING, PROTECTED, POLICY);

    /** What else of the file a target refers to. */
    record SearchBaseLookup(
            SourceReader sources,
            Map<String, DataSourcePart> dataSources,
            Set<String> dataSourceNames,
            Optional<DirectorySettings> directory,
            boolean hasDirectory,
            BiFunction<Block, Setting, Optional<Condition>> conditions,
            Functions functions,
            Path folder,
            Optional<StateStore> state,
            Optional<ZoneId> zone,
            Map<Application, String> ending) {}

    /** What a connector reaches: by another address or with other credentials it may be another tenant. */
    record Application(String connector, Value settings, Value authorization) {
        static Application of(SourceReader.Opened opened) {
            return new Application(
                    opened.id(), opened.settings().own(), opened.settings().block("authorization"));
        }
    }

    /** What a target takes from a data source: its people; and who of them, unless it says so itself. */
    record DataSourcePart(ConnectorSettings connector, Optional<Condition> scope, Optional<Condition> active) {
        boolean isDelta() {
            return connector
                    .settings()
                    .block("completeness")
                    .text()
                    .filter("delta"::equals)
                    .isPresent();
        }
    }

    private final String name;
    private final Block block;
    private final Findings findings;
    private final SearchBaseLookup around;

    TargetReader(String name, Block block, SearchBaseLookup around) {
        this.name = name;
        this.block = block;
        this.findings = block.findings();
        this.around = around;
    }

    Optional<Target> read() {
        block.text(SourceReader.DESCRIPTION);
        Optional<SourceReader.Opened> opened = around.sources().read(block, true);
        for (Setting key : SourceReader.OF_SOURCES) {
            if (block.has(key)) {
                findings.add("unknown-key", block.path(key), "belongs to a source, not to a target", "remove it");
            }
        }
        opened.ifPresent(this::checkWrites);
        Optional<DataSourcePart> people = people();
        boolean fromDirectory =
                block.value(FROM).text().filter(DIRECTORY::equals).isPresent();
        Optional<Condition> scope =
                around.conditions().apply(block, SCOPE).or(() -> people.flatMap(DataSourcePart::scope));
        Optional<Condition> active =
                around.conditions().apply(block, ACTIVE).or(() -> people.flatMap(DataSourcePart::active));
        Optional<Mapping> mapping = mapping(people, opened.map(SourceReader.Opened::provider));
        AccountTarget.OnFixed[] onFixed = {AccountTarget.OnFixed.REFUSE};
        List<String> protectedAccounts = protectedAccounts();
        Policy policy = block.block(POLICY)
                .map(it -> {
                    onFixed[0] = it.choice(FIXED_ATTRIBUTES, AccountTarget.OnFixed.class)
                            .orElseThrow();
                    return policy(it);
                })
                .orElseGet(TargetReader::defaults);
        block.done();
        opened.ifPresent(it -> checkShared(it, policy));
        boolean whole = opened.isPresent()
                && mapping.isPresent()
                && (fromDirectory ? around.directory().isPresent() : people.isPresent());
        if (!whole) {
            return Optional.empty();
        }
        Target.From from = new Target.From(
                people.map(DataSourcePart::connector),
                fromDirectory ? around.directory() : Optional.empty(),
                people.map(DataSourcePart::isDelta).orElse(false));
        ConnectorSettings connector = new ConnectorSettings(opened.get());
        return Optional.of(new Target(
                name,
                connector,
                from,
                mapping.get(),
                scope,
                active,
                policy,
                onFixed[0],
                protectedAccounts,
                around.state(),
                around.zone(),
                block.locator()));
    }

    private List<String> protectedAccounts() {
        List<String> accounts = new ArrayList<>();
        List<Value> given = block.items(PROTECTED);
        for (int i = 0; i < given.size(); i++) {
            String text = given.get(i).text().orElse("");
            String where = block.itemPath(PROTECTED, i);
            if (text.isBlank()) {
                findings.add(
                        "wrong-type",
                        where,
                        "must be a text" + Block.was(given.get(i)),
                        "the id or name of an account, or a filter");
                continue;
            }
            try {
                if (text.startsWith("(")) {
                    Filter.create(text);
                }
                accounts.add(text);
            } catch (LDAPException e) {
                findings.add(
                        "bad-filter",
                        where,
                        "is not a filter: " + e.getMessage() + Block.was(given.get(i)),
                        "such as (userName=admin*)");
            }
        }
        return accounts;
    }

    /** Accounts have no mark: for each of two targets of one application the other's people are missing. */
    private void checkShared(SourceReader.Opened opened, Policy policy) {
        Leavers leavers = policy.leavers();
        boolean ignores = leavers.sourceMissing() == Leavers.Action.IGNORE
                && leavers.inactive() == Leavers.Action.IGNORE
                && leavers.outOfScope() == Leavers.Action.IGNORE;
        boolean ends = !ignores
                && (policy.categories().allows(ChangeKind.DISABLE)
                        || policy.categories().allows(ChangeKind.DELETE));
        if (!ends) {
            return;
        }
        String other = around.ending().putIfAbsent(Application.of(opened), name);
        if (other != null) {
            findings.add(
                    "shared-application",
                    block.path(),
                    "'" + other + "' and '" + name + "' both end accounts of "
                            + opened.name()
                                    .map(shared -> "'" + shared + "'")
                                    .orElse("one application, with the same settings and authorization")
                            + ", and each would end those of the other",
                    "make one target of them, or set leavers to ignore in one of them");
        }
    }

    private void checkWrites(SourceReader.Opened opened) {
        if (!opened.provider().descriptor().capabilities().contains(Capability.WRITES_ACCOUNTS)) {
            findings.add(
                    "no-accounts",
                    block.path(block.has(SourceReader.USE) ? SourceReader.USE : SourceReader.CONNECTOR),
                    "the connector '" + opened.id() + "' writes no accounts",
                    "such as " + String.join(", ", around.sources().writers(opened.id())));
        }
    }

    /** The data source that the people come from; empty also for the directory. */
    private Optional<DataSourcePart> people() {
        String from = block.requiredText(FROM);
        if (from.equals(DIRECTORY)) {
            if (!around.hasDirectory()) {
                findings.add(
                        "missing",
                        block.path(FROM),
                        "the file has no directory",
                        "add directory:, or name a data source");
            }
            return Optional.empty();
        }
        if (!from.isBlank() && !around.dataSourceNames().contains(from)) {
            Set<String> known = new LinkedHashSet<>(List.of(DIRECTORY));
            known.addAll(around.dataSourceNames());
            findings.add(
                    "unknown-name",
                    block.path(FROM),
                    "there is no data source '" + from + "'",
                    Suggestion.remedy(from, known));
        }
        return Optional.ofNullable(around.dataSources().get(from));
    }

    private Optional<Mapping> mapping(Optional<DataSourcePart> people, Optional<ConnectorProvider> provider) {
        if (!block.has(MAPPING)) {
            block.missing(MAPPING, "say the key and the attributes of an account");
        }
        Optional<Block> given = block.block(MAPPING);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        for (Setting key : List.of(MappingReader.DN, MappingReader.OBJECT_CLASSES, MappingReader.MEMBERSHIPS)) {
            if (given.get().has(key)) {
                String message = "accounts of an application have no " + key.name();
                findings.add("unknown-key", given.get().path(key), message, "remove it");
            }
        }
        provider.ifPresent(it -> attributes(given.get(), it));
        return MappingReader.readForAccounts(
                given.get(), people.flatMap(part -> part.connector().primaryKey()), around.functions());
    }

    /** Names that the connector knows, and rules that need no directory. */
    private void attributes(Block mapping, ConnectorProvider provider) {
        if (mapping.value(MappingReader.KEY) instanceof Value.Fields key) {
            String attribute = MappingReader.KEY_ATTRIBUTE.name();
            check(provider, key.get(attribute), Document.child(mapping.path(MappingReader.KEY), attribute));
        }
        List<Value> match = mapping.items(MappingReader.MATCH);
        for (int i = 0; i < match.size(); i++) {
            if (match.get(i) instanceof Value.Fields rule) {
                String attribute = MappingReader.MATCH_ATTRIBUTE.name();
                String where = mapping.itemPath(MappingReader.MATCH, i);
                check(provider, rule.get(attribute), Document.child(where, attribute));
            }
        }
        mapping.values(MappingReader.ATTRIBUTES).forEach((attribute, value) -> {
            String where = Document.child(mapping.path(MappingReader.ATTRIBUTES), attribute);
            check(provider, Value.of(attribute), where);
            if (value instanceof Value.Fields rule) {
                for (Setting key : AttributeReader.OF_DIRECTORIES) {
                    if (rule.asMap().containsKey(key.name())) {
                        String place = Document.child(where, key.name());
                        findings.add("unknown-key", place, "is for directories only", "write a format");
                    }
                }
            }
        });
    }

    private void check(ConnectorProvider provider, Value attribute, String path) {
        attribute.text().ifPresent(text -> {
            for (Problem problem : provider.checkAccountAttributes(List.of(text))) {
                findings.add(problem.code(), path, problem.message(), problem.remedy());
            }
        });
    }

    private static Policy defaults() {
        Policy policy = Policy.defaults();
        return new Policy(
                policy.categories(), policy.leavers(), Enabling.ALWAYS, policy.guardrails(), Optional.empty());
    }

    private Policy policy(Block given) {
        Policy policy = PolicyReader.read(given, around.folder());
        if (given.has(PolicyReader.PASSWORD)) {
            findings.add(
                    "unknown-key",
                    given.path(PolicyReader.PASSWORD),
                    "applications are given no passwords",
                    "remove it");
        }
        if (policy.leavers().moveTo().isPresent()) {
            findings.add(
                    "unknown-word",
                    given.path("leavers"),
                    "accounts of an application are not moved",
                    "say disable, ignore or delete");
        }
        if (policy.leavers().deletesTree()) {
            findings.add(
                    "unknown-key", given.path("leavers.deleteTree"), "there is nothing below an account", "remove it");
        }
        if (given.value(PolicyReader.ENABLE).text().filter("ours"::equals).isPresent()) {
            findings.add(
                    "unknown-word",
                    given.path(PolicyReader.ENABLE),
                    "an application does not tell who disabled an account",
                    "say always or never");
        }
        Enabling enabling = given.has(PolicyReader.ENABLE) ? policy.enabling() : Enabling.ALWAYS;
        return new Policy(policy.categories(), policy.leavers(), enabling, policy.guardrails(), Optional.empty());
    }
}
