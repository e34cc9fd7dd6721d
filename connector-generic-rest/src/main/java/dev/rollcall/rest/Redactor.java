package dev.rollcall.rest;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Stream;

/**
 * Takes credentials out of text that came from elsewhere: an application may echo the key that it refuses. Thread-safe.
 */
final class Redactor {
    /** Of credentials that change, so many are remembered. */
    private static final int LEARNED = 8;

    private final List<String> secrets;
    private final Deque<String> learned = new ConcurrentLinkedDeque<>();

    /** Short ones are left: taking every {@code a} out of a message would only say that the key is {@code a}. */
    Redactor(Collection<String> secrets) {
        this.secrets = secrets.stream()
                .flatMap(Redactor::spellings)
                .filter(secret -> secret.length() >= 4)
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }

    /** Remembers a credential that was granted since. */
    void learn(String secret) {
        if (secret.length() >= 4 && !learned.contains(secret)) {
            learned.addFirst(secret);
            while (learned.size() > LEARNED) {
                learned.pollLast();
            }
        }
    }

    String redact(String text) {
        String redacted = text;
        for (String secret : learned) {
            redacted = redacted.replace(secret, "[secret]");
        }
        for (String secret : secrets) {
            redacted = redacted.replace(secret, "[secret]");
        }
        return redacted;
    }

    /** With the parts of {@code Bearer TOKEN}, since it is the second that comes back. */
    private static Stream<String> spellings(String secret) {
        Stream<String> words = Stream.of(secret.split("\\s+", -1)).filter(word -> word.length() >= 8);
        return Stream.concat(encodings(secret), words.flatMap(Redactor::encodings));
    }

    private static Stream<String> encodings(String secret) {
        String base64 = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
        return Stream.of(secret, java.net.URLEncoder.encode(secret, StandardCharsets.UTF_8), base64);
    }

    @Override
    public String toString() {
        return "redactor of " + secrets.size() + " spellings";
    }
}
