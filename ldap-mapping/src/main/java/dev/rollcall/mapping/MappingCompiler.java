package dev.rollcall.mapping;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.Condition;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Format;
import dev.rollcall.formats.FormatException;
import dev.rollcall.formats.Name;
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
final class MappingCompiler {
    private static final Pattern ATTRIBUTE =
            Pattern.compile("([A-Za-z][A-Za-z0-9-]*|[0-9]+(\\.[0-9]+)+)(;[A-Za-z0-9-]+)*");

    /** What the directory alone writes, or the engine. */
    private static final Map<String, String> NOT_WRITABLE = Map.of(
            "objectclass", "list the classes in objectClasses",
            "dn", "the DN has a key of its own, dn",
            "distinguishedname", "the DN has a key of its own, dn",
            "memberof", "list the groups in groups",
            "objectguid", "the directory gives it",
            "objectsid", "the directory gives it",
            "entryuuid", "the directory gives it",
            "unicodepwd", "passwords are made by policy.password",
            "userpassword", "passwords are made by policy.password");

    private final MappingBuilder builder;
    private final Problems problems;
    private final Map<String, MappingBuilder.Named<AttributeRule>> rules = new LinkedHashMap<>();
    private final NameCheck names;
    private final List<Name> matching = new ArrayList<>();
    private final Limits limits;

    MappingCompiler(MappingBuilder builder) {
        this.builder = builder;
        this.problems = new Problems(builder.functions);
        String key = builder.keyAttribute == null ? "" : builder.keyAttribute;
        this.names = new NameCheck(rules, key, problems);
        this.limits = builder.limits != null
                ? builder.limits
                : builder.objectClasses.stream().anyMatch("user"::equalsIgnoreCase)
                        ? Limits.ACTIVE_DIRECTORY
                        : Limits.NONE;
    }

    CompiledMapping compile() {
        Optional<KeyRule> key = key();
        for (MappingBuilder.Named<AttributeRule> rule : builder.attributes) {
            collect(rule, key);
        }
        countries(key);
        if (builder.objectClasses.isEmpty() && !builder.accounts) {
            problems.add(
                    "missing", "objectClasses", "a new entry needs object classes", "list them, with objectClasses");
        }
        Optional<DnTemplate> dn = dn();
        Set<String> named = new LinkedHashSet<>();
        dn.ifPresent(template -> {
            names.check("dn", template.names());
            template.names().stream()
                    .filter(name -> name.namespace().isEmpty())
                    .forEach(name -> named.add(name.path().column().toLowerCase(Locale.ROOT)));
            template.leafAttributes().forEach(attribute -> named.add(attribute.toLowerCase(Locale.ROOT)));
        });
        PlanCompiler compiler = new PlanCompiler(builder, limits, names, problems);
        Map<String, AttributePlan> plans = compiler.plans(rules, named, dn);
        Map<String, List<AttributePlan>> sharing = compiler.sharing(plans);
        new Cycles(plans, dn.orElse(null), sharing).report(problems);
        List<MatchRule> match = match();
        List<CompiledMapping.GroupPlan> groups = groups();
        problems.throwIfAny();
        return new CompiledMapping(
                key.orElseThrow(),
                match,
                groups,
                List.copyOf(new LinkedHashSet<>(builder.objectClasses)),
                dn.orElse(null),
                builder.dn == null ? Apply.ALWAYS : builder.dn.apply(),
                builder.dn != null && builder.dn.createsParents(),
                limits,
                Collections.unmodifiableMap(plans),
                List.copyOf(plans.values()),
                new Intents.Layout(
                        key.orElseThrow().attribute(),
                        plans.values(),
                        dn.map(DnTemplate::leafAttributes).orElse(List.of())),
                sharing,
                AttributeSets.owned(key.orElseThrow(), plans.values(), dn),
                AttributeSets.read(key.orElseThrow(), plans.values(), groups, dn),
                AttributeSets.names(plans.values()),
                AttributeSets.columns(key.orElseThrow(), plans.values(), groups, dn, matching));
    }

    private Optional<KeyRule> key() {
        if (builder.keyColumn == null || builder.keyAttribute == null) {
            problems.add(
                    "missing", "key", "a mapping needs a primary key", "set its column and its attribute with key");
            return Optional.empty();
        }
        boolean ok = builder.accounts || isAttribute("key.attribute", builder.keyAttribute);
        try {
            KeyRule key =
                    new KeyRule(ColumnPath.parse(builder.keyColumn), builder.keyAttribute, builder.normalizations);
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
        String remedy = NOT_WRITABLE.get(AttributeFacts.base(name));
        if (remedy != null) {
            problems.add("not-writable", path, name + " cannot be mapped", remedy);
            return false;
        }
        return true;
    }

    private void collect(MappingBuilder.Named<AttributeRule> rule, Optional<KeyRule> key) {
        String path = "attributes." + rule.name();
        if (!builder.accounts && !isAttribute(path, rule.name())) {
            return;
        }
        if (key.isPresent() && key.get().attribute().equalsIgnoreCase(rule.name())) {
            // Said twice, but the same: harmless, and common where people list every attribute.
            boolean same = rule.rule().kind() == AttributeRule.Kind.FORMATS
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
    private void countries(Optional<KeyRule> key) {
        MappingBuilder.Named<AttributeRule> code = rules.get("c");
        if (code == null || limits != Limits.ACTIVE_DIRECTORY || builder.accounts) {
            return;
        }
        for (String attribute : List.of("co", "countryCode")) {
            AttributeRule rule = AttributeRule.format("${c}").apply(code.rule().apply());
            String id = attribute.toLowerCase(Locale.ROOT);
            if (key.isEmpty() || !key.get().attribute().equalsIgnoreCase(attribute)) {
                rules.putIfAbsent(id, new MappingBuilder.Named<>(attribute, rule));
            }
        }
    }

    private Optional<DnTemplate> dn() {
        if (builder.dn == null) {
            if (!builder.accounts) {
                problems.add(
                        "missing",
                        "dn",
                        "a mapping needs a DN",
                        "set it, such as uid=${uid},ou=people,dc=example,dc=test");
            }
            return Optional.empty();
        }
        return DnTemplate.parse("dn", builder.dn.format(), problems);
    }

    private List<MatchRule> match() {
        List<MatchRule> match = new ArrayList<>();
        for (int i = 0; i < builder.match.size(); i++) {
            String path = "match[" + i + "].format";
            String attribute = builder.match.get(i).name();
            if (!builder.accounts && !ATTRIBUTE.matcher(attribute).matches()) {
                problems.add(
                        "bad-attribute", "match[" + i + "].attribute", "'" + attribute + "' is no attribute name", "");
            }
            Optional<Format> format = problems.format(path, builder.match.get(i).rule());
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
                match.add(new MatchRule(attribute, (record, input) -> matched(path, f, record, input)));
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
            // Whoever took this for nothing would give a second account to somebody who has one.
            throw MappingRun.failure("", path)
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
        for (int i = 0; i < builder.groups.size(); i++) {
            MappingBuilder.Group group = builder.groups.get(i);
            String path = "groups[" + i + "]";
            Optional<Condition> condition = group.condition() == null
                    ? Optional.empty()
                    : problems.condition(path + ".when", group.condition());
            condition.ifPresent(c -> names.check(path + ".when", c.names()));
            try {
                DN dn = new DN(group.dn());
                if (group.dn().contains("${") || dn.isNullDN()) {
                    problems.add("bad-dn", path + ".dn", "a group is one fixed DN", "list every group, with its when");
                } else if (!seen.add(dn)) {
                    problems.add(
                            "duplicate", path + ".dn", "this group is listed twice", "join the conditions with or");
                }
                groups.add(new CompiledMapping.GroupPlan(
                        new GroupRule(dn, group.condition(), group.addsOnly()), condition.orElse(null)));
            } catch (LDAPException e) {
                problems.add("bad-dn", path + ".dn", "'" + group.dn() + "' is no DN", "");
            }
        }
        return List.copyOf(groups);
    }
}
