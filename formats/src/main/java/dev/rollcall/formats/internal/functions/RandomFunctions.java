package dev.rollcall.formats.internal.functions;

import static dev.rollcall.formats.function.Parameter.Kind.INTEGER;
import static dev.rollcall.formats.function.Parameter.Kind.TEXT;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.FormatException;
import dev.rollcall.formats.function.FormatFunction;
import dev.rollcall.formats.function.FunctionDeclaration;
import dev.rollcall.formats.function.Parameter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * What looks random, and is the same for the same seed, format and place in it. Not for passwords: who knows the seed knows
 * the value. Immutable and thread-safe.
 */
public final class RandomFunctions {
    public static final List<FormatFunction> ALL = List.of(uuid(), randomNumber(), randomText());

    private static final String DIGITS = "0123456789";
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String SPECIAL = "!#$%*+-=?@_~";

    private RandomFunctions() {}

    private static FunctionDeclaration.Builder named(String name) {
        return FunctionDeclaration.named(name).group("Random").contextual();
    }

    private static FormatFunction uuid() {
        return named("uuid")
                .documentation("A UUID of version 4.")
                .alsoKnownAs("Entra Guid")
                .example("length(uuid())", "36")
                .as(arguments -> {
                    RandomGenerator random = arguments.random();
                    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
                    long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
                    return Value.of(new UUID(high, low).toString());
                });
    }

    private static FormatFunction randomNumber() {
        return named("randomNumber")
                .documentation("A text of so many random digits, zeros at the beginning kept; at most 256.")
                .alsoKnownAs("ADManager Random Number")
                .parameter(Parameter.of("digits", INTEGER))
                .example("length(randomNumber(3))", "3")
                .as(arguments -> Value.of(draw(arguments.random(), DIGITS, size(arguments.integer(0)))));
    }

    private static FormatFunction randomText() {
        return named("randomText")
                .documentation("A text of so many random characters, at most 256, with at least so many digits, special"
                        + " characters, upper and lower case letters, and none of those to avoid. Not a password: use"
                        + " the policy's password for that.")
                .alsoKnownAs("Entra RandomString")
                .parameter(Parameter.of("length", INTEGER))
                .parameter(Parameter.of("digits", INTEGER).optional())
                .parameter(Parameter.of("special", INTEGER).optional())
                .parameter(Parameter.of("upper", INTEGER).optional())
                .parameter(Parameter.of("lower", INTEGER).optional())
                .parameter(Parameter.of("avoid", TEXT).optional())
                .example("length(randomText(12, 2, 1, 1, 1))", "12")
                .example("randomText(2, 3)", "error: bad-argument")
                .as(arguments -> {
                    int length = size(arguments.integer(0));
                    String avoid = arguments.text(5, "");
                    RandomGenerator random = arguments.random();
                    StringBuilder out = new StringBuilder();
                    List<String> kinds = List.of(DIGITS, SPECIAL, UPPER, LOWER);
                    long least = 0;
                    for (int i = 0; i < kinds.size(); i++) {
                        int count = size(arguments.integer(i + 1, 0));
                        least += count;
                        out.append(draw(random, without(kinds.get(i), avoid), count));
                    }
                    if (least > length) {
                        throw FormatException.of("bad-argument", "the text is shorter than what it is to hold");
                    }
                    out.append(draw(random, without(UPPER + LOWER + DIGITS, avoid), (int) (length - least)));
                    List<Character> shuffled = new ArrayList<>();
                    out.chars().forEach(c -> shuffled.add((char) c));
                    Collections.shuffle(shuffled, new Random(random.nextLong()));
                    StringBuilder result = new StringBuilder();
                    shuffled.forEach(result::append);
                    return Value.of(result.toString());
                });
    }

    private static int size(long size) {
        if (size < 0 || size > 256) {
            throw FormatException.of("bad-argument", "between 0 and 256 characters");
        }
        return (int) size;
    }

    private static String without(String alphabet, String avoid) {
        StringBuilder out = new StringBuilder();
        alphabet.chars().filter(c -> avoid.indexOf(c) < 0).forEach(c -> out.append((char) c));
        return out.toString();
    }

    private static String draw(RandomGenerator random, String alphabet, int count) {
        if (count > 0 && alphabet.isEmpty()) {
            throw FormatException.of("bad-argument", "no character is left to choose from");
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < count; i++) {
            out.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return out.toString();
    }
}
