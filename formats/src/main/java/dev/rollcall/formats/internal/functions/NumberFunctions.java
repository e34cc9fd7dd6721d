package dev.rollcall.formats.internal.functions;

import static dev.rollcall.formats.function.Parameter.Kind.ANY;
import static dev.rollcall.formats.function.Parameter.Kind.CONDITION;
import static dev.rollcall.formats.function.Parameter.Kind.INTEGER;
import static dev.rollcall.formats.function.Parameter.Kind.NUMBER;
import static dev.rollcall.formats.function.Parameter.Kind.TEXT;

import dev.rollcall.connector.Suggestion;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.Arguments;
import dev.rollcall.formats.function.Constants;
import dev.rollcall.formats.function.FormatException;
import dev.rollcall.formats.function.FormatFunction;
import dev.rollcall.formats.function.FunctionDeclaration;
import dev.rollcall.formats.function.Parameter;
import dev.rollcall.formats.function.Truth;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongBinaryOperator;

/** Numbers, bits, kinds of values, and the flags of userAccountControl. Immutable and thread-safe. */
public final class NumberFunctions {
    private static final Map<String, Long> FLAGS = new TreeMap<>(Map.ofEntries(
            Map.entry("script", 0x1L),
            Map.entry("disabled", 0x2L),
            Map.entry("homeDirectoryRequired", 0x8L),
            Map.entry("lockout", 0x10L),
            Map.entry("passwordNotRequired", 0x20L),
            Map.entry("passwordCannotChange", 0x40L),
            Map.entry("encryptedTextPasswordAllowed", 0x80L),
            Map.entry("normalAccount", 0x200L),
            Map.entry("passwordNeverExpires", 0x10000L),
            Map.entry("smartcardRequired", 0x40000L),
            Map.entry("trustedForDelegation", 0x80000L),
            Map.entry("notDelegated", 0x100000L),
            Map.entry("useDesKeyOnly", 0x200000L),
            Map.entry("doNotRequirePreauthentication", 0x400000L),
            Map.entry("passwordExpired", 0x800000L)));

    public static final List<FormatFunction> ALL = List.of(
            bits("bitAnd", "The bits that both numbers have.", "bitAnd(514, 2)", "2", (a, b) -> a & b),
            bits("bitOr", "The bits that either number has.", "bitOr(512, 2)", "514", (a, b) -> a | b),
            bits("bitXor", "The bits that one of the numbers has.", "bitXor(514, 2)", "512", (a, b) -> a ^ b),
            uac("uacSet", "The number with flags of userAccountControl set.", "uacSet(512, 'disabled')", "514"),
            uac("uacClear", "The number with flags of userAccountControl cleared.", "uacClear(514, 'disabled')", "512"),
            uac(
                    "uacIs",
                    "Whether a number has all these flags of userAccountControl.",
                    "uacIs(514, 'disabled')",
                    "true"),
            add(),
            toText(),
            toInteger(),
            toBoolean(),
            isText());

    private NumberFunctions() {}

    private static FunctionDeclaration.Builder named(String name) {
        return FunctionDeclaration.named(name).group("Numbers and bits");
    }

    private static FormatFunction bits(
            String name, String documentation, String example, String result, LongBinaryOperator operator) {
        return named(name)
                .documentation(documentation)
                .alsoKnownAs("Entra " + name)
                .parameter(Parameter.of("number", INTEGER))
                .parameter(Parameter.of("other", INTEGER))
                .example(example, result)
                .as(arguments -> Value.of(operator.applyAsLong(arguments.integer(0), arguments.integer(1))));
    }

    private static FormatFunction add() {
        return named("add")
                .documentation("The sum of two whole numbers; a difference with a negative one.")
                .parameter(Parameter.of("number", INTEGER))
                .parameter(Parameter.of("other", INTEGER))
                .example("add(10000, 17)", "10017")
                .example("add(3, -1)", "2")
                .example("add(9223372036854775807, 1)", "error: bad-argument")
                .as(arguments -> {
                    try {
                        return Value.of(Math.addExact(arguments.integer(0), arguments.integer(1)));
                    } catch (ArithmeticException e) {
                        throw FormatException.of("bad-argument", "the sum is too large");
                    }
                });
    }

    private static FormatFunction uac(String name, String documentation, String example, String result) {
        FunctionDeclaration declaration = named(name)
                .documentation(documentation + " Flags: " + String.join(", ", FLAGS.keySet()) + ".")
                .parameter(Parameter.of("number", INTEGER))
                .parameter(Parameter.of("flag", TEXT).repeated())
                .example(example, result)
                .build();
        return new AccountControl(declaration);
    }

    private record AccountControl(FunctionDeclaration declaration) implements FormatFunction {
        @Override
        public FormatFunction prepare(Constants constants) {
            for (int i = 1; i < constants.size(); i++) {
                constants.text(i).ifPresent(NumberFunctions::flag);
            }
            return this;
        }

        @Override
        public Value apply(Arguments arguments) {
            long number = arguments.integer(0);
            long flags = 0;
            for (int i = 1; i < arguments.size(); i++) {
                flags |= flag(arguments.text(i));
            }
            return switch (declaration.name()) {
                case "uacSet" -> Value.of(number | flags);
                case "uacClear" -> Value.of(number & ~flags);
                default -> Value.of((number & flags) == flags);
            };
        }
    }

    private static long flag(String name) {
        Long flag = FLAGS.get(name);
        if (flag == null) {
            throw FormatException.of(
                    "bad-argument",
                    "unknown flag '" + name + "'",
                    Suggestion.remedy(name, new ArrayList<>(FLAGS.keySet())));
        }
        return flag;
    }

    private static FormatFunction toText() {
        return named("toText")
                .documentation("A number or boolean as text.")
                .alsoKnownAs("Entra CStr, Okta toString")
                .parameter(Parameter.of("value", TEXT))
                .example("toText(42)", "'42'")
                .as(arguments -> Value.of(arguments.text(0)));
    }

    private static FormatFunction toInteger() {
        return named("toInteger")
                .documentation("A number as a whole one, rounded half up.")
                .alsoKnownAs("Entra CInt, Okta toInteger")
                .parameter(Parameter.of("number", NUMBER))
                .example("toInteger('2.5')", "3")
                .example("toInteger('x')", "error: not-a-number")
                .as(arguments -> new Value.Num(
                        arguments.number(0).setScale(0, RoundingMode.HALF_UP).toPlainString()));
    }

    private static FormatFunction toBoolean() {
        return named("toBoolean")
                .documentation(
                        "True or false of a boolean, or of true, false, yes, no, 1, 0 in any case; absent of the empty"
                                + " text.")
                .alsoKnownAs("Entra CBool")
                .parameter(Parameter.of("value", CONDITION))
                .example("toBoolean('False')", "false")
                .example("toBoolean('yes')", "true")
                .example("toBoolean('maybe')", "error: not-a-condition")
                .as(arguments -> {
                    Truth truth = arguments.truth(0);
                    return truth == Truth.UNKNOWN ? Value.absent() : Value.of(truth == Truth.TRUE);
                });
    }

    private static FormatFunction isText() {
        return named("isText")
                .documentation("Whether the value is a text, and no number, boolean, list or object.")
                .alsoKnownAs("Entra IsString")
                .parameter(Parameter.of("value", ANY))
                .example("isText('42')", "true")
                .example("isText(42)", "false")
                .as(arguments -> Value.of(arguments.value(0) instanceof Value.Text));
    }
}
