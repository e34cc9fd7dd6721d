package dev.rollcall.connector;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads single values of a settings tree. The configuration file, the settings of connectors and the blocks that
 * connectors read themselves share these rules, codes and messages. Thread-safe.
 *
 * <p>Each method returns the value, or reports a problem and returns nothing; an absent value is nothing without a
 * problem. A problem quotes the wrong value, unless the value was given by reference and may thus be a secret.
 */
public final class SettingReader {
    /** The shortest duration that is positive: durations of settings are counted in milliseconds. */
    public static final Duration POSITIVE = Duration.ofMillis(1);

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})\\s*(ms|s|m|h|d)");
    private static final Pattern BYTES = Pattern.compile("([0-9]{1,15}) ?(B|KiB|MiB|GiB|KB|MB|GB)?");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,6})?");

    private SettingReader() {}

    /** {@return true or false; nothing else is taken for either} */
    public static Optional<Boolean> flag(Value value, String path, Consumer<Problem> problems) {
        if (value instanceof Value.Absent) {
            return Optional.empty();
        }
        String text = text(value);
        if (text.equals("true") || text.equals("false")) {
            return Optional.of(text.equals("true"));
        }
        String remedy = switch (text.toLowerCase(Locale.ROOT)) {
            case "yes", "on", "true" -> "write true";
            case "no", "off", "false" -> "write false";
            default -> "";
        };
        problems.accept(Problem.of("wrong-type", path, "must be true or false" + was(value), remedy));
        return Optional.empty();
    }

    /**
     * A whole number.
     *
     * @param least the least value that is taken
     * @param most the greatest value that is taken
     */
    public static Optional<Long> integer(Value value, String path, long least, long most, Consumer<Problem> problems) {
        if (value instanceof Value.Absent) {
            return Optional.empty();
        }
        String text = text(value);
        if (!text.matches("-?[0-9]{1,18}")) {
            problems.accept(Problem.of("wrong-type", path, "must be a whole number" + was(value), ""));
            return Optional.empty();
        }
        long number = Long.parseLong(text);
        if (number < least || number > most) {
            problems.accept(outOfRange(path, "must be between " + least + " and " + most, value));
            return Optional.empty();
        }
        return Optional.of(number);
    }

    /**
     * A number, which may have a fraction.
     *
     * @param least the least value that is taken
     * @param most the greatest value that is taken
     */
    public static Optional<Double> number(
            Value value, String path, double least, double most, Consumer<Problem> problems) {
        if (value instanceof Value.Absent) {
            return Optional.empty();
        }
        String text = text(value);
        if (!NUMBER.matcher(text).matches()) {
            problems.accept(Problem.of("wrong-type", path, "must be a number" + was(value), "such as 10 or 0.5"));
            return Optional.empty();
        }
        double number = Double.parseDouble(text);
        if (number < least || number > most) {
            problems.accept(outOfRange(path, "must be between " + plain(least) + " and " + plain(most), value));
            return Optional.empty();
        }
        return Optional.of(number);
    }

    /** A number of bytes, written as {@code 4096}, {@code 500KB}, {@code 64MiB} or {@code 1GiB}. */
    public static Optional<Long> bytes(Value value, String path, Consumer<Problem> problems) {
        if (value instanceof Value.Absent) {
            return Optional.empty();
        }
        Matcher matcher = BYTES.matcher(text(value).strip());
        if (!matcher.matches()) {
            String message = "must be a number of bytes" + was(value);
            problems.accept(Problem.of("wrong-value", path, message, "write 500KB, 64MiB or 1GiB"));
            return Optional.empty();
        }
        String unit = matcher.group(2) == null ? "B" : matcher.group(2);
        long factor = unit.endsWith("iB") ? 1024 : 1000;
        long amount = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (unit.charAt(0)) {
                    case 'K' -> amount * factor;
                    case 'M' -> amount * factor * factor;
                    case 'G' -> amount * factor * factor * factor;
                    default -> amount;
                });
    }

    /**
     * A duration, written as {@code 500ms}, {@code 30s}, {@code 5m}, {@code 1h} or {@code 7d}, or as ISO 8601 has it.
     *
     * @param least the shortest that is taken, such as {@link #POSITIVE}
     * @param most the longest that is taken
     * @param example one that is taken, for the message
     */
    public static Optional<Duration> duration(
            Value value, String path, Duration least, Duration most, String example, Consumer<Problem> problems) {
        if (value instanceof Value.Absent) {
            return Optional.empty();
        }
        Optional<Duration> read = parse(text(value).strip());
        String such = ", such as " + example;
        if (read.isEmpty()) {
            problems.accept(Problem.of("wrong-type", path, "must be a duration" + such + was(value), ""));
            return Optional.empty();
        }
        Duration duration = read.get();
        String bound = "";
        if (duration.compareTo(least) < 0) {
            bound = least.isZero()
                    ? "must not be negative"
                    : least.equals(POSITIVE) ? "must be positive" : "must be at least " + written(least);
        } else if (duration.compareTo(most) > 0) {
            bound = "must be at most " + written(most);
        }
        if (!bound.isEmpty()) {
            problems.accept(outOfRange(path, bound + such, value));
            return Optional.empty();
        }
        return read;
    }

    /**
     * One of a few words. Words are compared without regard to case, hyphens and underscores, so that
     * {@code active-directory}, {@code ACTIVE_DIRECTORY} and {@code activeDirectory} are one.
     *
     * @param words the words as documentation writes them, and what each stands for
     */
    public static <T> Optional<T> choice(Value value, String path, Map<String, T> words, Consumer<Problem> problems) {
        if (value instanceof Value.Absent) {
            return Optional.empty();
        }
        String given = text(value);
        for (Map.Entry<String, T> word : words.entrySet()) {
            if (isSameWord(word.getKey(), given)) {
                return Optional.of(word.getValue());
            }
        }
        if (value instanceof Value.Sensitive) {
            String known = "known here: " + String.join(", ", words.keySet());
            problems.accept(Problem.of("unknown-word", path, "is none of the words known here", known));
        } else {
            String remedy = Suggestion.remedy(given, words.keySet());
            problems.accept(Problem.of("unknown-word", path, "'" + given + "' is not known here", remedy));
        }
        return Optional.empty();
    }

    /** {@return whether two words differ in case, hyphens and underscores at most} */
    public static boolean isSameWord(String one, String other) {
        return bare(one).equals(bare(other));
    }

    private static String bare(String word) {
        return word.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }

    private static Optional<Duration> parse(String text) {
        Matcher matcher = DURATION.matcher(text);
        try {
            if (!matcher.matches()) {
                return Optional.of(Duration.parse(text));
            }
            long amount = Long.parseLong(matcher.group(1));
            return Optional.of(
                    switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(amount);
                        case "s" -> Duration.ofSeconds(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        case "h" -> Duration.ofHours(amount);
                        default -> Duration.ofDays(amount);
                    });
        } catch (DateTimeParseException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** {@return a duration to show where none may be shorter than {@code shortest}} */
    static String example(Duration shortest) {
        Duration usual = Duration.ofSeconds(30);
        return written(shortest.compareTo(usual) > 0 ? shortest.multipliedBy(30) : usual);
    }

    /** {@return a duration as a file writes it} */
    static String written(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds == 0) {
            return duration.toMillis() + "ms";
        } else if (seconds % 86_400 == 0) {
            return duration.toDays() + "d";
        }
        return seconds % 3600 == 0 ? duration.toHours() + "h" : seconds + "s";
    }

    private static Problem outOfRange(String path, String message, Value value) {
        return Problem.of("out-of-range", path, message + was(value), "");
    }

    private static String text(Value value) {
        return value instanceof Value.Sensitive sensitive
                ? sensitive.secret().reveal()
                : value.text().orElse("");
    }

    /** What was given instead: nothing of a secret, and a few characters of anything else. */
    private static String was(Value value) {
        if (value instanceof Value.Sensitive) {
            return "";
        } else if (value instanceof Value.Fields || value instanceof Value.Items) {
            return value instanceof Value.Fields ? "; was a map" : "; was a list";
        }
        String text = value.text().orElse("");
        if (text.isBlank()) {
            return "; was empty";
        }
        boolean plain = text.matches("[-+.:/%A-Za-z0-9]{1,40}");
        String shown = text.length() > 40 ? text.substring(0, text.offsetByCodePoints(0, 30)) + "…" : text;
        return "; was " + (plain ? shown : "'" + shown + "'");
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
