package dev.rollcall.mapping;

import dev.rollcall.mapping.internal.definition.AttributeDefinition;
import dev.rollcall.mapping.rule.Apply;
import dev.rollcall.mapping.rule.NameScope;
import dev.rollcall.mapping.rule.OnLimit;
import dev.rollcall.mapping.rule.OnNothing;
import dev.rollcall.mapping.rule.Sanitizer;
import dev.rollcall.mapping.rule.ValuesPolicy;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How one LDAP attribute is made. Immutable and thread-safe.
 *
 * <pre>{@code
 * .attribute("mail", format("${record.email | lower}").onAbsent(CLEAR))
 * .attribute("uid", unique("${record.first_name | first(1) | lower}${record.last_name | lower}").maxLength(20))
 * .attribute("manager", reference("${record.manager_id}"))
 * }</pre>
 */
public final class AttributeRule {
    /** The settings of a rule, while one is being changed. */
    private static final class Draft {
        private final AttributeDefinition.Kind kind;
        private final List<Alternative> formats;
        private @Nullable OnNothing onAbsent;
        private @Nullable OnNothing onNull;
        private @Nullable OnNothing onEmpty;
        private @Nullable Apply apply;
        private @Nullable ValuesPolicy values;
        private int maxLength;
        private @Nullable OnLimit onLimit;
        private boolean binary;
        private @Nullable Sanitizer sanitizer;
        private @Nullable Integer counterStart;
        private int counterWidth = 1;
        private AttributeDefinition.CounterText counterText = AttributeDefinition.CounterText.NONE;
        private NameScope scope = NameScope.DIRECTORY;
        private List<String> shareCounter = List.of();
        private List<String> alsoIn = List.of();

        private Draft(AttributeDefinition.Kind kind, List<Alternative> formats) {
            this.kind = kind;
            this.formats = formats;
        }

        private Draft(Draft other) {
            this(other.kind, other.formats);
            onAbsent = other.onAbsent;
            onNull = other.onNull;
            onEmpty = other.onEmpty;
            apply = other.apply;
            values = other.values;
            maxLength = other.maxLength;
            onLimit = other.onLimit;
            binary = other.binary;
            sanitizer = other.sanitizer;
            counterStart = other.counterStart;
            counterWidth = other.counterWidth;
            counterText = other.counterText;
            scope = other.scope;
            shareCounter = other.shareCounter;
            alsoIn = other.alsoIn;
        }
    }

    private final Draft settings;

    private AttributeRule(Draft settings) {
        this.settings = settings;
    }

    private AttributeRule with(Consumer<Draft> change) {
        Draft copy = new Draft(settings);
        change.accept(copy);
        return new AttributeRule(copy);
    }

    private static AttributeRule of(AttributeDefinition.Kind kind, String first, String... more) {
        java.util.ArrayList<Alternative> all = new java.util.ArrayList<>();
        all.add(Alternative.otherwise(first));
        for (String format : more) {
            all.add(Alternative.otherwise(format));
        }
        return new AttributeRule(new Draft(kind, List.copyOf(all)));
    }

    /**
     * The value of a format; of several formats all values, for an attribute that takes several. A list in a column
     * gives all its values.
     */
    public static AttributeRule format(String format, String... more) {
        return of(AttributeDefinition.Kind.FORMATS, format, more);
    }

    /** {@return the format of the first alternative that applies, and nothing if none does} */
    public static AttributeRule firstOf(Alternative... alternatives) {
        return new AttributeRule(new Draft(AttributeDefinition.Kind.ALTERNATIVES, List.of(alternatives)));
    }

    /**
     * A name that no other entry has. The candidates are tried in order; when all are taken, the first gets a counter,
     * before the at sign if it has one. An entry keeps the name that it has.
     */
    public static AttributeRule unique(String candidate, String... more) {
        return of(AttributeDefinition.Kind.UNIQUE, candidate, more);
    }

    /** {@return the DN of the entry whose key the format gives; of a list of keys the DN of each} */
    public static AttributeRule reference(String key) {
        return of(AttributeDefinition.Kind.REFERENCE, key);
    }

    /** {@return this rule, with what happens if a column is not there} */
    public AttributeRule onAbsent(OnNothing policy) {
        return with(draft -> draft.onAbsent = policy);
    }

    /** {@return this rule, with what happens if a column is null} */
    public AttributeRule onNull(OnNothing policy) {
        return with(draft -> draft.onNull = policy);
    }

    /** {@return this rule, with what happens if the result is empty or white space alone} */
    public AttributeRule onEmpty(OnNothing policy) {
        return with(draft -> draft.onEmpty = policy);
    }

    /** {@return this rule, with one answer to absent, null and empty} */
    public AttributeRule onNothing(OnNothing policy) {
        return onAbsent(policy).onNull(policy).onEmpty(policy);
    }

    /** {@return this rule, for new entries only} */
    public AttributeRule onCreate() {
        return apply(Apply.ON_CREATE);
    }

    /** {@return this rule, with when it applies; the default is always, for unique names on create} */
    public AttributeRule apply(Apply apply) {
        return with(draft -> draft.apply = apply);
    }

    /** {@return this rule, with what becomes of other values of the attribute} */
    public AttributeRule values(ValuesPolicy policy) {
        return with(draft -> draft.values = policy);
    }

    /** {@return this rule for values of at most so many characters (code points)} */
    public AttributeRule maxLength(int characters) {
        return with(draft -> draft.maxLength = characters);
    }

    /** {@return this rule, with what happens to a value that is too long or has forbidden characters} */
    public AttributeRule onLimit(OnLimit policy) {
        return with(draft -> draft.onLimit = policy);
    }

    /** {@return this rule for bytes: texts are read as Base64} */
    public AttributeRule binary() {
        return with(draft -> draft.binary = true);
    }

    /** {@return this rule, whose values are made fit for a sort of name} */
    public AttributeRule sanitize(Sanitizer sanitizer) {
        return with(draft -> draft.sanitizer = sanitizer);
    }

    /** {@return this unique name, whose counter begins at a number; 2 by default} */
    public AttributeRule counterFrom(int start) {
        return with(draft -> draft.counterStart = start);
    }

    /** {@return this unique name, whose counter has at least so many digits} */
    public AttributeRule counterWidth(int digits) {
        return with(draft -> draft.counterWidth = digits);
    }

    /**
     * {@return this unique name, whose counter stands between two texts; nothing by default}
     *
     * @param before such as {@code " ("}, for {@code John Smith (2)}
     * @param after such as {@code ")"}
     */
    public AttributeRule counterText(String before, String after) {
        AttributeDefinition.CounterText text = new AttributeDefinition.CounterText(
                Objects.requireNonNull(before, "before"), Objects.requireNonNull(after, "after"));
        return with(draft -> draft.counterText = text);
    }

    /** {@return this unique name, which must be unique in a smaller place than the directory} */
    public AttributeRule scope(NameScope scope) {
        return with(draft -> draft.scope = scope);
    }

    /** {@return this unique name, with the unique attributes that always get the same counter} */
    public AttributeRule shareCounter(String... attributes) {
        return with(draft -> draft.shareCounter = List.of(attributes));
    }

    /** {@return this unique name, which must not be a value of these attributes either} */
    public AttributeRule alsoIn(String... attributes) {
        return with(draft -> draft.alsoIn = List.of(attributes));
    }

    AttributeDefinition definition() {
        Apply apply = settings.apply;
        Apply usual = settings.kind == AttributeDefinition.Kind.UNIQUE ? Apply.ON_CREATE : Apply.ALWAYS;
        return new AttributeDefinition(
                settings.kind,
                settings.formats.stream()
                        .map(each -> new AttributeDefinition.FormatChoice(each.condition(), each.format()))
                        .toList(),
                Optional.ofNullable(settings.onAbsent),
                Optional.ofNullable(settings.onNull),
                Optional.ofNullable(settings.onEmpty),
                apply == null ? usual : apply,
                Optional.ofNullable(settings.values),
                settings.maxLength,
                Optional.ofNullable(settings.onLimit),
                settings.binary,
                Optional.ofNullable(settings.sanitizer),
                Optional.ofNullable(settings.counterStart),
                settings.counterWidth,
                settings.counterText,
                settings.scope,
                settings.shareCounter,
                settings.alsoIn);
    }

    @Override
    public String toString() {
        String word = Objects.requireNonNull(settings.kind).name().toLowerCase(java.util.Locale.ROOT);
        return word + " " + settings.formats;
    }
}
