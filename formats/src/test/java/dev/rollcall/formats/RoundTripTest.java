package dev.rollcall.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.FormatException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Seeded random formats: they print and parse back, and whatever is thrown at them fails in a typed way or not at all. */
class RoundTripTest {
    private static final List<String> ATOMS = List.of(
            "record.a",
            "record['x y'].b[0]",
            "uid",
            "'it''s'",
            "\"q\"",
            "'${'",
            "42",
            "-1.5",
            "true",
            "null",
            "''",
            "' '");
    private static final List<String> CALLS =
            List.of("lower", "first(1)", "padLeft(5, '0')", "default('x')", "ascii('de')", "trim", "map(it | upper)");
    private static final Scope SCOPE = Scope.of(Map.of("record", (Value.Fields)
            Value.from(Map.of("a", List.of("Ada", "Bo"), "x y", Map.of("b", List.of("ß😀"))))));

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 300);
    }

    @ParameterizedTest(name = "with seed {0}")
    @MethodSource("seeds")
    void a_format_prints_as_what_parses_to_an_equal_one(long seed) {
        Random random = new Random(seed);
        StringBuilder source = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            source.append(random.nextBoolean() ? "te$xt {" : "$")
                    .append("${")
                    .append(expression(random, 4))
                    .append('}');
        }
        Format format = Format.parse(source.toString());

        Format again = Format.parse(format.toString());

        assertThat(again).isEqualTo(format);
        assertThat(again).hasToString(format.toString());
        assertThat(outcome(again)).isEqualTo(outcome(format));
    }

    @ParameterizedTest(name = "with seed {0}")
    @MethodSource("seeds")
    void a_condition_prints_as_what_parses_to_an_equal_one(long seed) {
        Condition condition = Condition.parse(expression(new Random(seed), 5));

        Condition again = Condition.parse(condition.toString());

        assertThat(again).isEqualTo(condition).hasToString(condition.toString());
    }

    @Test
    void noise_is_refused_or_read_but_never_breaks_anything() {
        fuzz(System.nanoTime() + 2_000_000_000L, 20_000);
    }

    @Test
    @Tag("long")
    void ten_minutes_of_noise_are_refused_or_read_but_never_break_anything() {
        fuzz(System.nanoTime() + 600_000_000_000L, Long.MAX_VALUE);
    }

    private static void fuzz(long end, long rounds) {
        List<String> names = Functions.standard().all().stream()
                .map(function -> function.declaration().name())
                .toList();
        for (long seed = 0; seed < rounds && System.nanoTime() < end; seed++) {
            Random random = new Random(seed);
            String source = noise(random, names);
            try {
                outcome(Format.parse(source));
                Condition.parse(source);
            } catch (ConfigurationException e) {
                assertThat(e.problems()).as("seed %s: %s", seed, source).isNotEmpty();
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + seed + ": " + source, e);
            }
        }
    }

    /** Half made of what the language is made of, half a damaged valid text. */
    private static String noise(Random random, List<String> names) {
        StringBuilder source = new StringBuilder("${");
        if (random.nextBoolean()) {
            String name = names.get(random.nextInt(names.size()));
            source.append(name).append('(');
            for (int i = random.nextInt(5); i > 0; i--) {
                source.append(expression(random, 2)).append(i > 1 ? ", " : "");
            }
            return source.append(")}").toString();
        }
        source.append(expression(random, 5)).append('}');
        for (int i = random.nextInt(6); i > 0; i--) {
            int at = random.nextInt(source.length());
            switch (random.nextInt(3)) {
                case 0 -> source.deleteCharAt(at);
                case 1 -> source.insert(at, "()[]{}$|?'\"=.,!<>\\\n\uD83D é0a".charAt(random.nextInt(24)));
                default -> source.insert(at, source.substring(at / 2, at));
            }
        }
        return source.toString();
    }

    private static Object outcome(Format format) {
        try {
            return format.evaluate(Evaluation.of(SCOPE));
        } catch (FormatException e) {
            return e.problem().code();
        }
    }

    private static String expression(Random random, int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return ATOMS.get(random.nextInt(ATOMS.size()));
        }
        String a = expression(random, depth - 1);
        String b = expression(random, depth - 1);
        return switch (random.nextInt(10)) {
            case 0 -> "(" + a + ") ?? (" + b + ")";
            case 1 -> "(" + a + ") | " + pipe(random);
            case 2 -> "(" + a + ") == (" + b + ")";
            case 3 -> "(" + a + ") and (" + b + ") or not (" + a + ")";
            case 4 -> "(" + a + ") is not present";
            case 5 -> "(" + a + ") not in (" + b + ", 'x')";
            case 6 -> "join('-', " + a + ", " + b + ")";
            case 7 -> "if((" + a + ") is present, " + b + ", null)";
            case 8 -> "(" + a + ") matches 'a+'";
            default -> "coalesce(" + a + ", " + b + ") | lower";
        };
    }

    private static String pipe(Random random) {
        String call = CALLS.get(random.nextInt(CALLS.size()));
        return call.startsWith("map") ? "map(it | upper)" : call;
    }
}
