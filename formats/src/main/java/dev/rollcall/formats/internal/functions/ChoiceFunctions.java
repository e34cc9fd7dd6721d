package dev.rollcall.formats.internal.functions;

import static dev.rollcall.formats.function.Parameter.Kind.ANY;
import static dev.rollcall.formats.function.Parameter.Kind.CONDITION;
import static dev.rollcall.formats.function.Parameter.Kind.TEXT;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.Arguments;
import dev.rollcall.formats.function.Constants;
import dev.rollcall.formats.function.FormatException;
import dev.rollcall.formats.function.FormatFunction;
import dev.rollcall.formats.function.FunctionDeclaration;
import dev.rollcall.formats.function.Parameter;
import dev.rollcall.formats.function.Truth;
import dev.rollcall.formats.internal.values.Values;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;

/** Presence and choice. Immutable and thread-safe. */
public final class ChoiceFunctions {
    public static final List<FormatFunction> ALL = List.of(
            coalesce(),
            firstPresent(),
            defaultTo(),
            isNull(),
            isEmpty(),
            isPresent(),
            isBlank(),
            choose(),
            switchOn("switch", "equal, in case too,", "Entra Switch", String::equals),
            switchOn(
                    "switchIgnoreCase",
                    "equal but for case",
                    "",
                    (text, key) -> fold(text).equals(fold(key))),
            switchOn(
                    "switchContains",
                    "contained in it",
                    "Okta stringSwitch",
                    (text, key) -> !key.isEmpty() && text.contains(key)),
            skipIfEmpty(),
            skip(),
            clear(),
            fail());

    private ChoiceFunctions() {}

    private static FunctionDeclaration.Builder named(String name) {
        return FunctionDeclaration.named(name).group("Presence and choice");
    }

    private static FormatFunction coalesce() {
        return named("coalesce")
                .documentation("The first value that is not absent or null; the empty text is a value here.")
                .alsoKnownAs("Entra Coalesce")
                .parameter(Parameter.of("value", ANY).lazy().repeated())
                .fallback()
                .example("coalesce(null, 'x')", "'x'")
                .example("coalesce('', 'x')", "''")
                .as(arguments -> {
                    Value value = Value.absent();
                    for (int i = 0; i < arguments.size(); i++) {
                        value = arguments.value(i);
                        if (!(value instanceof Value.Absent || value instanceof Value.Null)) {
                            return value;
                        }
                    }
                    return value;
                });
    }

    private static FormatFunction firstPresent() {
        return named("firstPresent")
                .documentation("The first value that is not absent, null, empty or blank; as a ?? b ?? c.")
                .alsoKnownAs("SailPoint firstValid")
                .parameter(Parameter.of("value", ANY).lazy().repeated())
                .fallback()
                .example("firstPresent(null, ' ', 'x')", "'x'")
                .as(arguments -> {
                    Value value = Value.absent();
                    for (int i = 0; i < arguments.size(); i++) {
                        value = arguments.value(i);
                        if (!value.isEmpty() || value instanceof Value.Unknown) {
                            return value;
                        }
                    }
                    return value;
                });
    }

    private static FormatFunction defaultTo() {
        return named("default")
                .documentation("The value, or another one if it is absent, null, empty or blank.")
                .alsoKnownAs("Entra DefaultIfNull, ADManager default")
                .parameter(Parameter.of("value", ANY).acceptsNothing())
                .parameter(Parameter.of("otherwise", ANY).lazy())
                .fallback()
                .example("null | default('x')", "'x'")
                .example("'' | default('x')", "'x'")
                .example("'a' | default('x')", "'a'")
                .as(arguments -> arguments.value(0).isEmpty() ? arguments.value(1) : arguments.value(0));
    }

    private static FormatFunction isNull() {
        return named("isNull")
                .documentation("Whether the value is absent or null.")
                .alsoKnownAs("Entra IsNull")
                .parameter(Parameter.of("value", ANY).acceptsNothing())
                .example("isNull(null)", "true")
                .example("isNull('')", "false")
                .as(arguments -> Value.of(Values.isNothing(arguments.value(0))));
    }

    private static FormatFunction isEmpty() {
        return named("isEmpty")
                .documentation("Whether the value is absent, null, the empty text or an empty list.")
                .alsoKnownAs("Entra IsNullOrEmpty, Okta isEmpty")
                .parameter(Parameter.of("value", ANY).acceptsNothing())
                .example("isEmpty('')", "true")
                .example("isEmpty(' ')", "false")
                .as(arguments -> {
                    Value value = arguments.value(0);
                    return Value.of(
                            value instanceof Value.Text text ? text.value().isEmpty() : value.isEmpty());
                });
    }

    private static FormatFunction isPresent() {
        return named("isPresent")
                .documentation("Whether there is a value that is not blank; as 'is present'.")
                .alsoKnownAs("Entra IsPresent")
                .parameter(Parameter.of("value", ANY).acceptsNothing())
                .example("isPresent('x')", "true")
                .example("isPresent(null)", "false")
                .as(arguments -> Value.of(!arguments.value(0).isEmpty()));
    }

    private static FormatFunction isBlank() {
        return named("isBlank")
                .documentation("Whether the value is absent, null, empty or white space alone; as 'is empty'.")
                .parameter(Parameter.of("value", ANY).acceptsNothing())
                .example("isBlank(' ')", "true")
                .example("isBlank('x')", "false")
                .as(arguments -> Value.of(arguments.value(0).isEmpty()));
    }

    private static FormatFunction choose() {
        return named("if")
                .documentation(
                        "One value if a condition holds, another (or absent) if not, or if it has no answer since"
                                + " a column is absent or null; only the one that is taken is evaluated.")
                .alsoKnownAs("Entra IIF")
                .parameter(Parameter.of("condition", CONDITION).acceptsNothing())
                .parameter(Parameter.of("then", ANY).lazy())
                .parameter(Parameter.of("otherwise", ANY).lazy().optional())
                .example("if(1 < 2, 'yes', 'no')", "'yes'")
                .example("if(null == 'a', 'yes', 'no')", "'no'")
                .example("if(false, 'yes')", "skip()")
                .as(arguments -> {
                    if (arguments.truth(0) == Truth.TRUE) {
                        return arguments.value(1);
                    }
                    return arguments.has(2) ? arguments.value(2) : Value.absent();
                });
    }

    private static FormatFunction switchOn(
            String name, String how, String known, BiPredicate<String, String> matching) {
        return new SwitchFunction(
                named(name)
                        .documentation("The value after the first key that is " + how
                                + " to the text; otherwise the default. The key '' stands for absent, null and empty.")
                        .alsoKnownAs(known)
                        .parameter(Parameter.of("text", TEXT).acceptsNothing())
                        .parameter(Parameter.of("default", ANY).lazy())
                        .parameter(Parameter.of("key, value", ANY).lazy().repeated())
                        .example(name + "('b', 'none', 'a', 'Ada', 'b', 'Bo')", "'Bo'")
                        .example(name + "(null, 'none', 'a', 'Ada', '', 'empty')", "'empty'")
                        .example(name + "('z', 'none', 'a', 'Ada')", "'none'")
                        .build(),
                matching);
    }

    private record SwitchFunction(FunctionDeclaration declaration, BiPredicate<String, String> matching)
            implements FormatFunction {
        @Override
        public FormatFunction prepare(Constants constants) {
            if (constants.size() % 2 != 0) {
                throw FormatException.of("wrong-arity", "each key has a value", declaration.signature());
            }
            return this;
        }

        @Override
        public Value apply(Arguments arguments) {
            Value value = arguments.value(0);
            boolean empty = Values.isNothing(value) || Values.text(value).isEmpty();
            for (int i = 2; i + 1 < arguments.size(); i += 2) {
                Value keyValue = arguments.value(i);
                String key = Values.isNothing(keyValue) ? "" : Values.text(keyValue);
                if (empty ? key.isEmpty() : matching.test(Values.text(value), key)) {
                    return arguments.value(i + 1);
                }
            }
            return arguments.value(1);
        }
    }

    private static FormatFunction skipIfEmpty() {
        return named("skipIfEmpty")
                .documentation("The value, or absent if it is null, empty or blank, so that onAbsent decides.")
                .alsoKnownAs("Entra IgnoreFlowIfNullOrEmpty")
                .parameter(Parameter.of("value", ANY).acceptsNothing())
                .example("skipIfEmpty(' ')", "skip()")
                .example("skipIfEmpty('x')", "'x'")
                .as(arguments -> arguments.value(0).isEmpty() ? Value.absent() : arguments.value(0));
    }

    private static FormatFunction skip() {
        return named("skip")
                .documentation("Absent: the attribute stays as it is, unless its onAbsent says otherwise.")
                .example("if(true, skip(), 'x')", "skip()")
                .as(arguments -> Value.absent());
    }

    private static FormatFunction clear() {
        return named("clear")
                .documentation("Null: the attribute is removed, unless its onNull says otherwise.")
                .example("if(true, clear(), 'x')", "null")
                .as(arguments -> Value.ofNull());
    }

    private static FormatFunction fail() {
        return named("fail")
                .documentation("Refuses the record, with a message.")
                .parameter(Parameter.of("message", TEXT))
                .contextual()
                .example("fail('no country')", "error: refused")
                .as(arguments -> {
                    throw FormatException.of("refused", arguments.text(0));
                });
    }

    static String fold(String text) {
        return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
