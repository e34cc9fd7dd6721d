package dev.rollcall.rest.internal.http;

import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Value;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Takes credentials out of text that came from elsewhere: an application may echo the key that it refuses. Thread-safe.
 */
public final class Redactor {
    /** Of credentials that change, so many are remembered. */
    private static final int LEARNED = 8;

    /** Shorter ones are left: taking every {@code a} out of a message would only say that the key is {@code a}. */
    private static final int SHORTEST = 4;

    private static final int SHORTEST_WITHIN = 8;

    private static final int PIECE = 200;

    private final List<Pattern> secrets;
    private final Deque<Learned> learned = new ConcurrentLinkedDeque<>();

    /** A credential that was granted since. */
    private record Learned(String secret, List<Pattern> spellings) {
        @Override
        public String toString() {
            return "a credential";
        }
    }

    public Redactor(Collection<String> secrets) {
        this.secrets = patterns(secrets.stream().flatMap(Redactor::words));
    }

    private static List<Pattern> patterns(Stream<String> texts) {
        return texts.filter(text -> text.length() >= SHORTEST)
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed())
                .map(Spellings::of)
                .toList();
    }

    /** Remembers a credential that was granted since. */
    public void learn(String secret) {
        boolean known = learned.stream().anyMatch(each -> each.secret().equals(secret));
        if (secret.length() >= SHORTEST && !known) {
            learned.addFirst(new Learned(secret, patterns(pieces(secret))));
            while (learned.size() > LEARNED) {
                learned.pollLast();
            }
        }
    }

    public String redact(String text) {
        String redacted = text;
        for (Learned each : learned) {
            redacted = redact(redacted, each.spellings());
        }
        return redact(redacted, secrets);
    }

    private static String redact(String text, List<Pattern> patterns) {
        String redacted = text;
        for (Pattern spellings : patterns) {
            redacted = spellings.matcher(redacted).replaceAll(Authorizer.HIDDEN);
        }
        return redacted;
    }

    /** {@return a value in which each text or number with a credential in it is sensitive} */
    public Value redact(Value value) {
        if (value instanceof Value.Fields fields) {
            Map<String, Value> redacted = new LinkedHashMap<>();
            fields.asMap().forEach((name, field) -> redacted.put(redact(name), redact(field)));
            return Value.of(redacted);
        } else if (value instanceof Value.Items items) {
            return Value.of(items.items().stream().map(this::redact).toList());
        }
        Optional<String> text = value.text();
        boolean secret = text.isPresent() && !redact(text.get()).equals(text.get());
        return secret ? Value.of(Secret.of(text.get())) : value;
    }

    /** {@return a problem whose words hold no credential} */
    public Problem redact(Problem problem) {
        String message = redact(problem.message());
        String remedy = redact(problem.remedy());
        boolean same = message.equals(problem.message()) && remedy.equals(problem.remedy());
        return same ? problem : Problem.of(problem.code(), problem.path(), message, remedy);
    }

    /** A secret and, as it is the second that comes back, the parts of {@code Bearer TOKEN}; each as {@code Basic} sends it too. */
    private static Stream<String> words(String secret) {
        Stream<String> words = Stream.of(secret.split("\\s+", -1)).filter(word -> word.length() >= 8);
        return Stream.concat(Stream.of(secret.strip()), words)
                .flatMap(each -> Stream.concat(Stream.of(each, base64(each)), within(each)))
                .flatMap(Redactor::pieces);
    }

    /**
     * Base64 of a text behind 0, 1 and 2 other bytes, as in {@code Basic} of a name and a password, without the characters that
     * the bytes beside it change; also as forms encode it, which is how OAuth has it (RFC 6749, 2.3.1). Of a short text
     * too little would be left.
     */
    private static Stream<String> within(String text) {
        if (text.length() < SHORTEST_WITHIN) {
            return Stream.empty();
        }
        return Stream.of(text, URLEncoder.encode(text, StandardCharsets.UTF_8))
                .flatMap(each -> IntStream.range(0, 3).mapToObj(before -> {
                    int bytes = before + each.getBytes(StandardCharsets.UTF_8).length;
                    String whole = base64("u".repeat(before) + each);
                    return whole.substring(before == 0 ? 0 : before + 1, whole.length() - (bytes % 3 == 0 ? 0 : 1));
                }));
    }

    /** What is long is found piece by piece, since a pattern of all of it would be too deep. */
    private static Stream<String> pieces(String text) {
        return IntStream.iterate(0, from -> from < text.length(), from -> from + PIECE)
                .mapToObj(from -> text.substring(from, Math.min(text.length(), from + PIECE)));
    }

    /** {@return how a text is spelled in Base64, without what fills it up at the end} */
    private static String base64(String text) {
        return Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "redactor of " + secrets.size() + " spellings";
    }
}
