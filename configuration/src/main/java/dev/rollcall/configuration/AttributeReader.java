package dev.rollcall.configuration;

import dev.rollcall.connector.Setting;
import dev.rollcall.connector.Value;
import dev.rollcall.mapping.Alternative;
import dev.rollcall.mapping.AttributeRule;
import dev.rollcall.mapping.rule.Apply;
import dev.rollcall.mapping.rule.NameScope;
import dev.rollcall.mapping.rule.OnLimit;
import dev.rollcall.mapping.rule.OnNothing;
import dev.rollcall.mapping.rule.Sanitizer;
import dev.rollcall.mapping.rule.ValuesPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/** Reads the rule of one attribute. Not thread-safe: for one thread at a time. */
final class AttributeReader {
    static final Setting MAX_LENGTH =
            Setting.integer("maxLength").between(1, 1_000_000).description("the most characters of a value");
    static final Setting COUNTER_START = Setting.integer("start")
            .between(0, 999_999)
            .byDefault("2")
            .description("the first number that is added to a name that is taken");
    static final Setting COUNTER_WIDTH =
            Setting.integer("width").between(1, 9).byDefault("1").description("the least digits of that number");

    static final Map<String, Apply> APPLY = Map.of("always", Apply.ALWAYS, "on-create", Apply.ON_CREATE);

    private static final Map<String, NameScope> SCOPES =
            Map.of("directory", NameScope.DIRECTORY, "container", NameScope.CONTAINER);
    private static final Map<String, OnLimit> LIMITS =
            Map.of("fail", OnLimit.FAIL, "truncate", OnLimit.TRUNCATE, "skip", OnLimit.SKIP);

    /** Stands for a rule that cannot be read, so that formats which name its attribute make no second problem. */
    private static final AttributeRule UNREADABLE = AttributeRule.format("?");

    private final Block attributes;
    private final Findings findings;

    AttributeReader(Block attributes) {
        this.attributes = attributes;
        this.findings = attributes.findings();
    }

    AttributeRule read(String name) {
        Value value = attributes.value(name);
        String path = attributes.path(name);
        if (value instanceof Value.Fields) {
            return attributes.block(value, path).map(this::rule).orElse(UNREADABLE);
        }
        return formats(value, path).orElse(UNREADABLE);
    }

    /** A text is a format; texts in a list are all values; maps in a list are alternatives. */
    private Optional<AttributeRule> formats(Value value, String path) {
        if (value.text().isPresent()) {
            return value.text().map(AttributeRule::format);
        } else if (!(value instanceof Value.Items items)) {
            if (!(value instanceof Value.Absent)) {
                findings.add("wrong-type", path, "must be a format, a map or a list" + Block.was(value), "");
            }
            return Optional.empty();
        } else if (items.items().isEmpty()) {
            findings.add("missing", path, "is an empty list", "name at least one format");
            return Optional.empty();
        } else if (items.items().stream().allMatch(item -> item.text().isPresent())) {
            List<String> texts =
                    items.items().stream().flatMap(item -> item.text().stream()).toList();
            return Optional.of(AttributeRule.format(
                    texts.get(0), texts.subList(1, texts.size()).toArray(String[]::new)));
        } else {
            return alternatives(items, path);
        }
    }

    private Optional<AttributeRule> alternatives(Value.Items items, String path) {
        List<Alternative> alternatives = new ArrayList<>();
        for (int i = 0; i < items.items().size(); i++) {
            Value item = items.items().get(i);
            if (item.text().isPresent()) {
                item.text().map(Alternative::otherwise).ifPresent(alternatives::add);
                continue;
            }
            attributes.block(item, Document.item(path, i)).ifPresent(block -> {
                Optional<String> when = block.text("when");
                String format = block.requiredText("format");
                block.done();
                alternatives.add(when.map(condition -> Alternative.when(condition, format))
                        .orElseGet(() -> Alternative.otherwise(format)));
            });
        }
        boolean whole = alternatives.size() == items.items().size();
        return whole ? Optional.of(AttributeRule.firstOf(alternatives.toArray(Alternative[]::new))) : Optional.empty();
    }

    private AttributeRule rule(Block block) {
        AttributeRule rule = policies(kind(block), block);
        rule = block.text("sanitize").isPresent() ? sanitize(rule, block) : rule;
        int maxLength = block.integer(MAX_LENGTH);
        rule = maxLength > 0 ? rule.maxLength(maxLength) : rule;
        rule = block.has("onLimit") ? rule.onLimit(block.choice("onLimit", LIMITS, OnLimit.FAIL)) : rule;
        rule = block.flag("binary", false) ? rule.binary() : rule;
        rule = block.has("scope") ? rule.scope(block.choice("scope", SCOPES, NameScope.DIRECTORY)) : rule;
        List<String> shared = block.texts("shareCounter");
        rule = shared.isEmpty() ? rule : rule.shareCounter(shared.toArray(String[]::new));
        List<String> alsoIn = block.texts("alsoIn");
        rule = alsoIn.isEmpty() ? rule : rule.alsoIn(alsoIn.toArray(String[]::new));
        Optional<Block> counter = block.block("counter");
        if (counter.isPresent()) {
            rule = rule.counterFrom(counter.get().integer(COUNTER_START));
            rule = rule.counterWidth(counter.get().integer(COUNTER_WIDTH));
            rule = rule.counterText(
                    counter.get().text("before").orElse(""),
                    counter.get().text("after").orElse(""));
            counter.get().done();
        }
        block.done();
        return rule;
    }

    private AttributeRule kind(Block block) {
        List<String> kinds = new ArrayList<>();
        for (String kind : List.of("format", "unique", "reference")) {
            if (block.has(kind)) {
                kinds.add(kind);
            }
        }
        if (kinds.isEmpty()) {
            findings.add("missing", block.path(), "says no value", "give it one of format, unique and reference");
            return UNREADABLE;
        } else if (kinds.size() > 1) {
            String message = "says " + String.join(" and ", kinds);
            findings.add("contradiction", block.path(kinds.get(1)), message, "keep one of them");
            return UNREADABLE;
        }
        String kind = kinds.get(0);
        if (kind.equals("format")) {
            return formats(block.value("format"), block.path("format")).orElse(UNREADABLE);
        } else if (kind.equals("reference")) {
            String key = block.requiredText("reference");
            return key.isBlank() ? UNREADABLE : AttributeRule.reference(key);
        }
        List<String> candidates = block.texts("unique");
        if (candidates.isEmpty()) {
            return UNREADABLE;
        }
        return AttributeRule.unique(
                candidates.get(0), candidates.subList(1, candidates.size()).toArray(String[]::new));
    }

    private AttributeRule policies(AttributeRule kind, Block block) {
        AttributeRule rule = kind;
        Optional<String> otherwise = block.text("default");
        boolean used = false;
        for (String when : List.of("onAbsent", "onNull", "onEmpty")) {
            Optional<OnNothing> policy = onNothing(block, when, otherwise);
            used |= block.value(when).text().filter("default"::equals).isPresent();
            if (policy.isPresent()) {
                rule = switch (when) {
                    case "onAbsent" -> rule.onAbsent(policy.get());
                    case "onNull" -> rule.onNull(policy.get());
                    default -> rule.onEmpty(policy.get());
                };
            }
        }
        if (otherwise.isPresent() && !used) {
            findings.add(
                    "unused",
                    block.path("default"),
                    "a default that nothing uses",
                    "say onAbsent: default, onNull: default or onEmpty: default");
        }
        rule = block.has("apply") ? rule.apply(block.choice("apply", APPLY, Apply.ALWAYS)) : rule;
        return values(rule, block);
    }

    private Optional<OnNothing> onNothing(Block block, String when, Optional<String> otherwise) {
        if (!block.has(when)) {
            return Optional.empty();
        } else if (block.value(when) instanceof Value.Fields) {
            Block inner = block.block(when).orElseThrow();
            String format = inner.requiredText("default");
            inner.done();
            return Optional.of(OnNothing.defaultTo(format));
        }
        Map<String, OnNothing> words = new LinkedHashMap<>();
        words.put("skip", OnNothing.SKIP);
        words.put("clear", OnNothing.CLEAR);
        words.put("fail", OnNothing.FAIL);
        words.put("default", OnNothing.defaultTo(otherwise.orElse("")));
        OnNothing policy = block.choice(when, words, OnNothing.SKIP);
        if (policy.word().equals("default") && otherwise.isEmpty()) {
            findings.add("missing", block.path(when), "there is no default", "add default: with a format");
            return Optional.empty();
        }
        return Optional.of(policy);
    }

    private AttributeRule values(AttributeRule rule, Block block) {
        boolean hasOwns = block.has("owns");
        String owns = block.text("owns").orElse("");
        if (!block.has("values")) {
            if (hasOwns) {
                findings.add("unused", block.path("owns"), "is read with values: merge only", "add values: merge");
            }
            return rule;
        }
        boolean merge = block.choice("values", Map.of("merge", true, "replace", false), false);
        try {
            ValuesPolicy merged = hasOwns ? ValuesPolicy.merge(owns) : ValuesPolicy.merge();
            return rule.values(merge ? merged : ValuesPolicy.replace());
        } catch (PatternSyntaxException e) {
            findings.add(
                    "bad-pattern",
                    block.path("owns"),
                    "is no regular expression: " + e.getDescription() + Block.was(block.value("owns")),
                    "");
            return rule;
        }
    }

    private AttributeRule sanitize(AttributeRule rule, Block block) {
        Map<String, Sanitizer> words = new LinkedHashMap<>();
        for (Sanitizer sanitizer : Sanitizer.values()) {
            words.put(sanitizer.word(), sanitizer);
        }
        return rule.sanitize(block.choice("sanitize", words, Sanitizer.UID));
    }
}
