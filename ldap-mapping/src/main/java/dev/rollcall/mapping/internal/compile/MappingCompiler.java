package dev.rollcall.mapping.internal.compile;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.Condition;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Format;
import dev.rollcall.formats.Name;
import dev.rollcall.formats.function.FormatException;
import dev.rollcall.mapping.entry.MappingException;
import dev.rollcall.mapping.entry.MappingInput;
import dev.rollcall.mapping.internal.definition.AttributeDefinition;
import dev.rollcall.mapping.internal.definition.MappingDefinition;
import dev.rollcall.mapping.internal.definition.Problems;
import dev.rollcall.mapping.internal.plan.AttributePlan;
import dev.rollcall.mapping.internal.plan.CompiledMapping;
import dev.rollcall.mapping.internal.plan.DnTemplate;
import dev.rollcall.mapping.internal.plan.Intents;
import dev.rollcall.mapping.internal.plan.KeyPlan;
import dev.rollcall.mapping.internal.values.AttributeFacts;
import dev.rollcall.mapping.internal.values.Failure;
import dev.rollcall.mapping.internal.values.LdapValues;
import dev.rollcall.mapping.rule.Apply;
import dev.rollcall.mapping.rule.Limits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks the rules of a mapping, all of them, and makes them ready to run. Not thread-safe: for one thread at a time. */
public final class MappingCompiler {
    private static final Pattern ATTRIBUTE =
            Pattern.compile("([A-Za-z][A-Za-z0-9-]*|[0-9]+(\\.[0-9]+)+)(;[A-Za-z0-9-]+)*");

    private final MappingDefinition definition;
    private final Problems problems;
    private final Map<String, MappingDefinition.Named<AttributeDefinition>> rules = new LinkedHashMap<>();
    private final NameCheck names;
    private final List<Name> matching = new ArrayList<>();
    private final Limits limits;

    public MappingCompiler(MappingDefinition definition) {
        this.definition = definition;
        this.problems = new Problems(definition.functions());
        String key = definition.keyAttribute() == null ? "" : definition.keyAttribute();
        this.names = new NameCheck(rules, key, definition.names(), problems);
        this.limits = definition.limits() != null
                ? definition.limits()
                : definition.objectClasses().stream().anyMatch("user"::equalsIgnoreCase)
                        ? Limits.ACTIVE_DIRECTORY
                        : Limits.NONE;
    }

    public CompiledMapping compile() {
        Optional<KeyPlan> key = key();
        for (MappingDefinition.Named<AttributeDefinition> rule : definition.attributes()) {
            collect(rule, key);
        }
        countries(key);
        if (definition.objectClasses().isEmpty() && !definition.accounts()) {
            problems.add(
                    "missing", "objectClasses", "a new entry needs object classes", "list them, with objectClasses");
        }
        Optional<DnTemplate> dn = dn();
        Set<String> named = new LinkedHashSet<>();
        dn.ifPresent(template -> {
            names.check("dn", template.names());
            template.names().stream()
                    .filter(name -> name.namespace().isEmpty())
                    .forEach(name -> named.add(definition.names().id(name.path().column())));
            template.leafAttributes().forEach(attribute -> named.add(attribute.toLowerCase(Locale.ROOT)));
        });
        PlanCompiler compiler = new PlanCompiler(definition, limits, names, problems);
        Map<String, AttributePlan> plans = compiler.plans(rules, named, dn);
        Map<String, List<AttributePlan>> sharing = compiler.sharing(plans);
        new Cycles(plans, dn.orElse(null), sharing, definition.names()).report(problems);
        List<CompiledMapping.MatchPlan> match = match(AttributeSets.names(plans.values()));
        List<CompiledMapping.GroupPlan> groups = groups();
        problems.throwIfAny();
        return new CompiledMapping(
                key.orElseThrow(),
                match,
                groups,
                List.copyOf(new LinkedHashSet<>(definition.objectClasses())),
                dn.orElse(null),
                definition.dn() == null ? Apply.ALWAYS : definition.dn().apply(),
                definition.dn() != null && definition.dn().createsParents(),
                limits,
                Collections.unmodifiableMap(plans),
                List.copyOf(plans.values()),
                new Intents.Layout(
                        key.orElseThrow().attribute(),
                        plans.values(),
                        dn.map(DnTemplate::leafAttributes).orElse(List.of())),
                sharing,
                AttributeSets.owned(key.orElseThrow(), plans.values(), dn),
                AttributeSets.read(key.orElseThrow(), plans.values(), groups, dn, definition.names()),
                AttributeSets.names(plans.values()),
                AttributeSets.columns(key.orElseThrow(), plans.values(), groups, dn, matching),
                definition.names());
    }

    private Optional<KeyPlan> key() {
        if (definition.keyColumn() == null || definition.keyAttribute() == null) {
            problems.add(
                    "missing", "key", "a mapping needs a primary key", "set its column and its attribute with key");
            return Optional.empty();
        }
        boolean ok = definition.accounts() || isAttribute("key.attribute", definition.keyAttribute());
        try {
            KeyPlan key = new KeyPlan(
                    ColumnPath.parse(definition.keyColumn()),
                    definition.keyAttribute(),
                    definition.keyForm(),
                    previousKey().orElse(null));
            return ok ? Optional.of(key) : Optional.empty();
        } catch (IllegalArgumentException e) {
            problems.add("bad-path", "key.column", String.valueOf(e.getMessage()), "");
            return Optional.empty();
        }
    }

    private boolean isAttribute(String path, String name) {
        if (!ATTRIBUTE.matcher(name).matches()) {
            problems.add("bad-attribute", path, "'" + name + "' is no attribute name", "letters, digits and hyphens");
            return false;
        }
        Optional<String> remedy = NotWritable.remedy(AttributeFacts.base(name), limits);
        remedy.ifPresent(what -> problems.add("not-writable", path, name + " cannot be mapped", what));
        return remedy.isEmpty();
    }

    private void collect(MappingDefinition.Named<AttributeDefinition> rule, Optional<KeyPlan> key) {
        String path = "attributes." + rule.name();
        if (!definition.accounts() && !isAttribute(path, rule.name())) {
            return;
        }
        if (key.isPresent() && key.get().attribute().equalsIgnoreCase(rule.name())) {
            // Said twice, but the same: harmless, and common where people list every attribute.
            boolean same = rule.rule().kind() == AttributeDefinition.Kind.FORMATS
                    && rule.rule().formats().size() == 1
                    && rule.rule()
                            .formats()
                            .get(0)
                            .format()
                            .replace(" ", "")
                            .equals("${record." + key.get().column() + "}");
            if (!same) {
                problems.add(
                        "duplicate",
                        path,
                        rule.name() + " holds the key, and is written from its column",
                        "remove it here, or make another column the key");
            }
            return;
        }
        if (rules.putIfAbsent(rule.name().toLowerCase(Locale.ROOT), rule) != null) {
            problems.add("duplicate", path, rule.name() + " is mapped twice", "remove one, or make them alternatives");
        }
    }

    /** Active Directory has a country three times; who maps it by its code alone means all three. */
    private void countries(Optional<KeyPlan> key) {
        MappingDefinition.Named<AttributeDefinition> code = rules.get("c");
        if (code == null || limits != Limits.ACTIVE_DIRECTORY || definition.accounts()) {
            return;
        }
        for (String attribute : List.of("co", "countryCode")) {
            AttributeDefinition rule =
                    AttributeDefinition.of("${c}", code.rule().apply());
            String id = attribute.toLowerCase(Locale.ROOT);
            if (key.isEmpty() || !key.get().attribute().equalsIgnoreCase(attribute)) {
                rules.putIfAbsent(id, new MappingDefinition.Named<>(attribute, rule));
            }
        }
    }

    private Optional<DnTemplate> dn() {
        if (definition.dn() == null) {
            if (!definition.accounts()) {
                problems.add(
                        "missing",
                        "dn",
                        "a mapping needs a DN",
                        "set it, such as uid=${uid},ou=people,dc=example,dc=test");
            }
            return Optional.empty();
        }
        return DnTemplate.parse("dn", definition.dn().format(), definition.names(), problems);
    }

    private Optional<ColumnPath> previousKey() {
        String column = definition.previousKeyColumn();
        if (column == null) {
            return Optional.empty();
        }
        if (definition.accounts()) {
            problems.add(
                    "not-for-accounts",
                    "key.previous",
                    "'" + column + "': accounts of an application do not get another key",
                    "take it out; it is for directories");
            return Optional.empty();
        }
        try {
            ColumnPath previous = ColumnPath.parse(column);
            if (column.equals(definition.keyColumn())) {
                problems.add(
                        "duplicate",
                        "key.previous",
                        "'" + column + "' is the column of the key itself",
                        "name the column that holds the key before the renumbering");
            }
            return Optional.of(previous);
        } catch (IllegalArgumentException e) {
            problems.add("bad-path", "key.previous", String.valueOf(e.getMessage()), "");
            return Optional.empty();
        }
    }

    /** A rehire takes over an account, so what it is found by must be the person's own. */
    private void rehire(String path, String attribute, Set<String> unique) {
        if (definition.accounts()) {
            problems.add(
                    "not-for-accounts",
                    path,
                    "accounts of an application do not get another key",
                    "take it out; it is for directories");
        } else if (unique.stream().anyMatch(attribute::equalsIgnoreCase)) {
            problems.add(
                    "unsafe-match",
                    path,
                    attribute + " is a name that the mapping makes unique, and a namesake's record would match the"
                            + " account of somebody else",
                    "match by what only one person has, such as a private address or a personal number");
        }
    }

    private List<CompiledMapping.MatchPlan> match(Set<String> unique) {
        List<CompiledMapping.MatchPlan> match = new ArrayList<>();
        for (int i = 0; i < definition.match().size(); i++) {
            String path = "match[" + i + "].format";
            String attribute = definition.match().get(i).attribute();
            boolean rehire = definition.match().get(i).rehire();
            if (rehire) {
                rehire("match[" + i + "].rehire", attribute, unique);
            }
            if (!definition.accounts() && !ATTRIBUTE.matcher(attribute).matches()) {
                problems.add(
                        "bad-attribute", "match[" + i + "].attribute", "'" + attribute + "' is no attribute name", "");
            }
            Optional<Format> format =
                    problems.format(path, definition.match().get(i).format());
            format.ifPresent(f -> {
                for (Name name : f.names()) {
                    if (!name.namespace().equals("record") && !name.namespace().equals("run")) {
                        problems.add(
                                "unknown-name",
                                path,
                                "'" + name + "' is not known before an entry is found",
                                "make the value of record. columns only");
                    }
                }
                matching.addAll(f.names());
                match.add(new CompiledMapping.MatchPlan(
                        attribute, rehire, (record, input) -> matched(path, f, record, input)));
            });
        }
        return List.copyOf(match);
    }

    private static Optional<String> matched(String path, Format format, UserRecord record, MappingInput input) {
        Value value;
        try {
            value = format.evaluate(Evaluation.of(name -> name.namespace().equals("record")
                            ? record.value(name.path())
                            : name.path().in(input.run()))
                    .clock(input.clock())
                    .zone(input.zone()));
        } catch (FormatException e) {
            throw new MappingException("", e.problem().under(path), e);
        }
        if (value instanceof Value.Unknown unknown) {
            // If this were treated as nothing, a person who has an account would get a second one.
            throw Failure.at("", path)
                    .of(
                            "unknown-value",
                            "the value could not be read: " + unknown.reason(),
                            "run again when the source can be read whole");
        }
        List<Value> singles = LdapValues.singles(value);
        return singles.size() == 1 ? singles.get(0).text() : Optional.empty();
    }

    private List<CompiledMapping.GroupPlan> groups() {
        List<CompiledMapping.GroupPlan> groups = new ArrayList<>();
        Set<DN> seen = new LinkedHashSet<>();
        for (int i = 0; i < definition.groups().size(); i++) {
            MappingDefinition.Group group = definition.groups().get(i);
            String path = "groups[" + i + "]";
            Optional<Condition> condition = group.condition() == null
                    ? Optional.empty()
                    : problems.condition(path + ".when", group.condition());
            condition.ifPresent(c -> names.check(path + ".when", c.names()));
            try {
                if (group.dn().strip().startsWith("<")) {
                    problems.add(
                            "bad-dn",
                            path + ".dn",
                            "'" + group.dn() + "' names a group by its id",
                            "write its DN: memberships are compared by DN");
                    continue;
                }
                DN dn = definition.names().dn(new DN(group.dn()));
                if (group.dn().contains("${") || dn.isNullDN()) {
                    problems.add("bad-dn", path + ".dn", "a group is one fixed DN", "list every group, with its when");
                } else if (!seen.add(dn)) {
                    problems.add(
                            "duplicate", path + ".dn", "this group is listed twice", "join the conditions with or");
                }
                groups.add(
                        new CompiledMapping.GroupPlan(dn, group.condition(), group.addsOnly(), condition.orElse(null)));
            } catch (LDAPException e) {
                problems.add("bad-dn", path + ".dn", "'" + group.dn() + "' is no DN", "");
            }
        }
        return List.copyOf(groups);
    }
}
