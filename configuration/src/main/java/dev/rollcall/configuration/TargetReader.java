package dev.rollcall.configuration;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import dev.rollcall.connector.Capability;
import dev.rollcall.connector.ConnectorProvider;
import dev.rollcall.connector.Problem;
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

    private static final Map<String, AccountTarget.OnFixed> ON_FIXED =
            Map.of("refuse", AccountTarget.OnFixed.REFUSE, "replace", AccountTarget.OnFixed.REPLACE);

    /** What else of the file a target refers to. */
    record Surroundings(
            SourceReader sources,
            Map<String, DataSourcePart> dataSources,
            Set<String> dataSourceNames,
            Optional<DirectorySettings> directory,
            boolean hasDirectory,
            BiFunction<Block, String, Optional<Condition>> conditions,
            Functions functions,
            Path folder,
            Optional<StateStore> state,
            Optional<ZoneId> zone,
            Map<String, String> ending) {}

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
    private final Surroundings around;

    TargetReader(String name, Block block, Surroundings around) {
        this.name = name;
        this.block = block;
        this.findings = block.findings();
        this.around = around;
    }

    Optional<Target> read() {
        block.text("description");
        Optional<SourceReader.Opened> opened = around.sources().read(block, true);
        for (String key : List.of("endpoints", "primaryKey", "completeness")) {
            if (block.has(key)) {
                findings.add("unknown-key", block.path(key), "belongs to a source, not to a target", "remove it");
            }
        }
        opened.ifPresent(this::checkWrites);
        Optional<DataSourcePart> people = people();
        boolean fromDirectory =
                block.value("from").text().filter(DIRECTORY::equals).isPresent();
        Optional<Condition> scope =
                around.conditions().apply(block, "scope").or(() -> people.flatMap(DataSourcePart::scope));
        Optional<Condition> active =
                around.conditions().apply(block, "active").or(() -> people.flatMap(DataSourcePart::active));
        Optional<Mapping> mapping = mapping(people, opened.map(SourceReader.Opened::provider));
        AccountTarget.OnFixed[] onFixed = {AccountTarget.OnFixed.REFUSE};
        List<String> protectedAccounts = protectedAccounts();
        Policy policy = block.block("policy")
                .map(it -> {
                    onFixed[0] = it.choice("fixedAttributes", ON_FIXED, AccountTarget.OnFixed.REFUSE);
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
                around.zone()));
    }

    private List<String> protectedAccounts() {
        List<String> accounts = new ArrayList<>();
        List<Value> given = block.items("protected");
        for (int i = 0; i < given.size(); i++) {
            String text = given.get(i).text().orElse("");
            String where = block.itemPath("protected", i);
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
        if (!ends || opened.name().isEmpty()) {
            return;
        }
        String other = around.ending().putIfAbsent(opened.name().get(), name);
        if (other != null) {
            findings.add(
                    "shared-application",
                    block.path(),
                    "'" + other + "' and '" + name + "' both end accounts of '"
                            + opened.name().get() + "', and each would end those of the other",
                    "make one target of them, or set leavers to ignore in one of them");
        }
    }

    private void checkWrites(SourceReader.Opened opened) {
        if (!opened.provider().descriptor().capabilities().contains(Capability.WRITES_ACCOUNTS)) {
            findings.add(
                    "no-accounts",
                    block.path(block.fields().asMap().containsKey("use") ? "use" : "connector"),
                    "the connector '" + opened.id() + "' writes no accounts",
                    "such as " + String.join(", ", around.sources().writers(opened.id())));
        }
    }

    /** The data source that the people come from; empty also for the directory. */
    private Optional<DataSourcePart> people() {
        String from = block.requiredText("from");
        if (from.equals(DIRECTORY)) {
            if (!around.hasDirectory()) {
                findings.add(
                        "missing",
                        block.path("from"),
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
                    block.path("from"),
                    "there is no data source '" + from + "'",
                    Suggestion.remedy(from, known));
        }
        return Optional.ofNullable(around.dataSources().get(from));
    }

    private Optional<Mapping> mapping(Optional<DataSourcePart> people, Optional<ConnectorProvider> provider) {
        if (!block.has("mapping")) {
            block.missing("mapping", "say the key and the attributes of an account");
        }
        Optional<Block> given = block.block("mapping");
        if (given.isEmpty()) {
            return Optional.empty();
        }
        for (String key : List.of("dn", "objectClasses", "groups")) {
            if (given.get().has(key)) {
                findings.add(
                        "unknown-key", given.get().path(key), "accounts of an application have no " + key, "remove it");
            }
        }
        provider.ifPresent(it -> attributes(given.get(), it));
        return MappingReader.readForAccounts(
                given.get(), people.flatMap(part -> part.connector().primaryKey()), around.functions());
    }

    /** Names that the connector knows, and rules that need no directory. */
    private void attributes(Block mapping, ConnectorProvider provider) {
        Block key = mapping.fields().get("key") instanceof Value.Fields fields
                ? new Block(fields, mapping.path("key"), findings)
                : null;
        if (key != null) {
            check(provider, key.fields().get("attribute"), key.path("attribute"));
        }
        List<Value> match = mapping.items("match");
        for (int i = 0; i < match.size(); i++) {
            if (match.get(i) instanceof Value.Fields rule) {
                check(provider, rule.get("attribute"), Document.child(mapping.itemPath("match", i), "attribute"));
            }
        }
        if (!(mapping.fields().get("attributes") instanceof Value.Fields attributes)) {
            return;
        }
        Block rules = new Block(attributes, mapping.path("attributes"), findings);
        attributes.asMap().forEach((attribute, value) -> {
            check(provider, Value.of(attribute), rules.path(attribute));
            if (value instanceof Value.Fields rule) {
                for (String directoryOnly : List.of("unique", "reference", "binary")) {
                    if (rule.asMap().containsKey(directoryOnly)) {
                        String where = Document.child(rules.path(attribute), directoryOnly);
                        findings.add("unknown-key", where, "is for directories only", "write a format");
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
        if (given.has("password")) {
            findings.add("unknown-key", given.path("password"), "applications are given no passwords", "remove it");
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
        if (given.value("enable").text().filter("ours"::equals).isPresent()) {
            findings.add(
                    "unknown-word",
                    given.path("enable"),
                    "an application does not tell who disabled an account",
                    "say always or never");
        }
        Enabling enabling = given.has("enable") ? policy.enabling() : Enabling.ALWAYS;
        return new Policy(policy.categories(), policy.leavers(), enabling, policy.guardrails(), Optional.empty());
    }
}
