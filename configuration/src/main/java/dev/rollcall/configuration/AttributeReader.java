package dev.rollcall.configuration;

import dev.rollcall.connector.BlockKeys;
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
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the rule of one attribute. Not thread-safe: for one thread at a time. */
final class AttributeReader {
    private static final String DEFAULT_WORD = "default";
    private static final String[] NOTHING = {"skip", "clear", "fail", DEFAULT_WORD};

    private static final Setting ALTERNATIVE_WHEN =
            Setting.text("when").description("a condition on the record; without one the alternative always applies");
    private static final Setting ALTERNATIVE_FORMAT =
            Setting.text("format").required().description("the format of the value");
    static final BlockKeys ALTERNATIVE_KEYS = BlockKeys.of(ALTERNATIVE_WHEN, ALTERNATIVE_FORMAT);
    private static final Setting NOTHING_DEFAULT =
            Setting.text("default").required().description("a format for the value instead");
    static final BlockKeys NOTHING_KEYS = BlockKeys.of(NOTHING_DEFAULT);

    private static final Setting FORMAT = Setting.any("format").description("any of the forms above");
    private static final Setting UNIQUE =
            Setting.list("unique").description("candidates for a name that nobody else has, in order");
    private static final Setting REFERENCE =
            Setting.text("reference").description("the key of another user, whose DN is written");
    private static final Setting ON_ABSENT = Setting.any("onAbsent")
            .keys(NOTHING_KEYS)
            .byDefault("skip")
            .description("what happens where a column that the format needs is missing: `skip`, `clear`, `fail`,"
                    + " `default` with a `default: FORMAT` beside it, or `{default: FORMAT}`");
    private static final Setting ON_NULL = Setting.any("onNull")
            .keys(NOTHING_KEYS)
            .byDefault("clear")
            .description("the same for a column that is null");
    private static final Setting ON_EMPTY = Setting.any("onEmpty")
            .keys(NOTHING_KEYS)
            .byDefault("clear")
            .description("the same for a value that is empty");
    private static final Setting DEFAULT =
            Setting.text("default").description("the format that `default` in the three keys above refers to");
    static final Setting APPLY = Setting.choice("apply", Apply.class)
            .byDefault("always")
            .description("whether every run writes it, or only the one that creates the entry");
    private static final Setting VALUES = Setting.choice("values", "replace", "merge")
            .description("whether all values of the attribute are replaced, or only those that are ours");
    private static final Setting OWNS =
            Setting.text("owns").description("with `merge`: a regular expression of the values that are ours");
    static final Setting MAX_LENGTH =
            Setting.integer("maxLength").between(1, 1_000_000).description("the most characters of a value");
    private static final Setting ON_LIMIT = Setting.choice("onLimit", OnLimit.class)
            .description("what happens to a value that is too long for the attribute");
    private static final Setting SANITIZE =
            Setting.choice("sanitize", words()).description("replaces or removes what such a name may not contain");
    private static final Setting BINARY =
            Setting.flag("binary").byDefault("false").description("whether the format gives Base64");
    static final Setting COUNTER_START = Setting.integer("start")
            .between(0, 999_999)
            .byDefault("2")
            .description("the first number that is added to a name that is taken");
    static final Setting COUNTER_WIDTH =
            Setting.integer("width").between(1, 9).byDefault("1").description("the least digits of that number");
    private static final Setting BEFORE = Setting.text("before").description("the text in front of the number");
    private static final Setting AFTER = Setting.text("after").description("the text after the number");
    static final BlockKeys COUNTER_KEYS = BlockKeys.of(COUNTER_START, COUNTER_WIDTH, BEFORE, AFTER);
    private static final Setting COUNTER = Setting.block("counter", COUNTER_KEYS)
            .description(
                    "how a number is added to a `unique` name that is taken; `{before: \" (\", after: \")\"}` makes"
                            + " `John Smith (2)`");
    private static final Setting SCOPE = Setting.choice("scope", NameScope.class)
            .byDefault("directory")
            .description("where a `unique` name has to be unique");
    private static final Setting SHARE_COUNTER =
            Setting.list("shareCounter").description("other `unique` attributes that get the same number");
    private static final Setting ALSO_IN =
            Setting.list("alsoIn").description("attributes that must not hold the `unique` name either");

    /** The keys of the rule of an attribute. */
    static final BlockKeys KEYS = BlockKeys.of(
            FORMAT,
            UNIQUE,
            REFERENCE,
            ON_ABSENT,
            ON_NULL,
            ON_EMPTY,
            DEFAULT,
            APPLY,
            VALUES,
            OWNS,
            MAX_LENGTH,
            ON_LIMIT,
            SANITIZE,
            BINARY,
            COUNTER,
            SCOPE,
            SHARE_COUNTER,
            ALSO_IN);

    /** Those that only a directory has. */
    static final List<Setting> OF_DIRECTORIES = List.of(UNIQUE, REFERENCE, BINARY);

    /** Stands for a rule that cannot be read, so that formats which name its attribute make no second problem. */
    private static final AttributeRule UNREADABLE = AttributeRule.format("?");

    private final String place;
    private final Findings findings;

    /**
     * A reader of the rules of a mapping.
     *
     * @param place the path of the key {@code attributes}
     */
    AttributeReader(String place, Findings findings) {
        this.place = place;
        this.findings = findings;
    }

    private static String[] words() {
        return Stream.of(Sanitizer.values()).map(Sanitizer::word).toArray(String[]::new);
    }

    AttributeRule read(String name, Value value) {
        String path = Document.child(place, name);
        if (value instanceof Value.Fields fields) {
            return rule(new Block(fields, path, KEYS, findings));
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
            Block.of(item, Document.item(path, i), ALTERNATIVE_KEYS, findings).ifPresent(block -> {
                Optional<String> when = block.text(ALTERNATIVE_WHEN);
                String format = block.requiredText(ALTERNATIVE_FORMAT);
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
        Optional<String> sanitizer = block.word(SANITIZE);
        for (Sanitizer each : Sanitizer.values()) {
            rule = sanitizer.filter(each.word()::equals).isPresent() ? rule.sanitize(each) : rule;
        }
        int maxLength = block.integer(MAX_LENGTH);
        rule = maxLength > 0 ? rule.maxLength(maxLength) : rule;
        Optional<OnLimit> onLimit = block.choice(ON_LIMIT, OnLimit.class);
        rule = onLimit.isPresent() ? rule.onLimit(onLimit.get()) : rule;
        rule = block.flag(BINARY) ? rule.binary() : rule;
        boolean scoped = block.has(SCOPE);
        NameScope scope = block.choice(SCOPE, NameScope.class).orElseThrow();
        rule = scoped ? rule.scope(scope) : rule;
        List<String> shared = block.texts(SHARE_COUNTER);
        rule = shared.isEmpty() ? rule : rule.shareCounter(shared.toArray(String[]::new));
        List<String> alsoIn = block.texts(ALSO_IN);
        rule = alsoIn.isEmpty() ? rule : rule.alsoIn(alsoIn.toArray(String[]::new));
        Optional<Block> counter = block.block(COUNTER);
        if (counter.isPresent()) {
            rule = rule.counterFrom(counter.get().integer(COUNTER_START));
            rule = rule.counterWidth(counter.get().integer(COUNTER_WIDTH));
            rule = rule.counterText(
                    counter.get().text(BEFORE).orElse(""),
                    counter.get().text(AFTER).orElse(""));
            counter.get().done();
        }
        block.done();
        return rule;
    }

    private AttributeRule kind(Block block) {
        List<Setting> kinds = new ArrayList<>();
        for (Setting kind : List.of(FORMAT, UNIQUE, REFERENCE)) {
            if (block.has(kind)) {
                kinds.add(kind);
            }
        }
        if (kinds.isEmpty()) {
            findings.add("missing", block.path(), "says no value", "give it one of format, unique and reference");
            return UNREADABLE;
        } else if (kinds.size() > 1) {
            String message = "says " + kinds.stream().map(Setting::name).collect(Collectors.joining(" and "));
            findings.add("contradiction", block.path(kinds.get(1)), message, "keep one of them");
            return UNREADABLE;
        } else if (block.has(FORMAT)) {
            return formats(block.value(FORMAT), block.path(FORMAT)).orElse(UNREADABLE);
        } else if (block.has(REFERENCE)) {
            String key = block.requiredText(REFERENCE);
            return key.isBlank() ? UNREADABLE : AttributeRule.reference(key);
        }
        List<String> candidates = block.texts(UNIQUE);
        if (candidates.isEmpty()) {
            return UNREADABLE;
        }
        return AttributeRule.unique(
                candidates.get(0), candidates.subList(1, candidates.size()).toArray(String[]::new));
    }

    private AttributeRule policies(AttributeRule kind, Block block) {
        AttributeRule rule = kind;
        Optional<String> otherwise = block.text(DEFAULT);
        boolean used = false;
        for (Setting when : List.of(ON_ABSENT, ON_NULL, ON_EMPTY)) {
            Optional<OnNothing> policy = onNothing(block, when, otherwise);
            used |= block.value(when).text().filter(DEFAULT_WORD::equals).isPresent();
            if (policy.isPresent()) {
                rule = when == ON_ABSENT
                        ? rule.onAbsent(policy.get())
                        : when == ON_NULL ? rule.onNull(policy.get()) : rule.onEmpty(policy.get());
            }
        }
        if (otherwise.isPresent() && !used) {
            findings.add(
                    "unused",
                    block.path(DEFAULT),
                    "a default that nothing uses",
                    "say onAbsent: default, onNull: default or onEmpty: default");
        }
        boolean applied = block.has(APPLY);
        Apply apply = block.choice(APPLY, Apply.class).orElseThrow();
        rule = applied ? rule.apply(apply) : rule;
        return values(rule, block);
    }

    private Optional<OnNothing> onNothing(Block block, Setting when, Optional<String> otherwise) {
        if (!block.has(when)) {
            return Optional.empty();
        } else if (block.value(when) instanceof Value.Fields) {
            Block inner = block.block(when).orElseThrow();
            String format = inner.requiredText(NOTHING_DEFAULT);
            inner.done();
            return Optional.of(OnNothing.defaultTo(format));
        }
        OnNothing policy = switch (word(block, when)) {
            case "clear" -> OnNothing.CLEAR;
            case "fail" -> OnNothing.FAIL;
            case DEFAULT_WORD -> OnNothing.defaultTo(otherwise.orElse(""));
            default -> OnNothing.SKIP;
        };
        if (policy.word().equals(DEFAULT_WORD) && otherwise.isEmpty()) {
            findings.add("missing", block.path(when), "there is no default", "add default: with a format");
            return Optional.empty();
        }
        return Optional.of(policy);
    }

    private String word(Block block, Setting when) {
        return Setting.choice(when.name(), NOTHING)
                .word(block.value(when), block.path(when), findings::add)
                .orElse("");
    }

    private AttributeRule values(AttributeRule rule, Block block) {
        boolean hasOwns = block.has(OWNS);
        String owns = block.text(OWNS).orElse("");
        if (!block.has(VALUES)) {
            if (hasOwns) {
                findings.add("unused", block.path(OWNS), "is read with values: merge only", "add values: merge");
            }
            return rule;
        }
        boolean merge = block.word(VALUES).filter("merge"::equals).isPresent();
        try {
            ValuesPolicy merged = hasOwns ? ValuesPolicy.merge(owns) : ValuesPolicy.merge();
            return rule.values(merge ? merged : ValuesPolicy.replace());
        } catch (PatternSyntaxException e) {
            findings.add(
                    "bad-pattern",
                    block.path(OWNS),
                    "is no regular expression: " + e.getDescription() + Block.was(block.value(OWNS)),
                    "");
            return rule;
        }
    }
}
