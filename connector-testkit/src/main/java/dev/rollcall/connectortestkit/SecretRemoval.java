package dev.rollcall.connectortestkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.connector.Secret;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;

/**
 * Takes credentials out of what is recorded: those that are named to it, and every value whose name says that it is one,
 * wherever it then occurs again. Thread-safe.
 */
final class SecretRemoval {
    static final String REMOVED = "removed";

    private static final Pattern CREDENTIAL = Pattern.compile(
            "(?i).*(token|secret|password|passwd|api[_-]?key|assertion|credential).*|code|code_verifier|client_id");

    /** A token that says how a list goes on is none that opens anything, and nothing could be replayed without it. */
    private static final Pattern PAGING = Pattern.compile("(?i).*(page|next|cursor|continu|sync|type|expire).*");

    /** Shorter values occur by chance. */
    private static final int SHORTEST = 6;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final ConcurrentSkipListSet<String> known = new ConcurrentSkipListSet<>(
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    SecretRemoval(List<Secret> secrets) {
        secrets.forEach(secret -> learn(secret.reveal()));
    }

    private void learn(String value) {
        if (value.length() >= SHORTEST) {
            known.add(value);
            known.add(URLEncoder.encode(value, StandardCharsets.UTF_8));
            known.add(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/"));
            known.add(Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static boolean isCredential(String name) {
        return CREDENTIAL.matcher(name).matches() && !PAGING.matcher(name).matches();
    }

    /** {@return a text without any value that is known to be a credential} */
    String text(String text) {
        String clean = text;
        for (String value : known) {
            clean = clean.replace(value, REMOVED);
        }
        return clean;
    }

    /** {@return a path with its query} */
    String target(String target) {
        int mark = target.indexOf('?');
        return text(mark < 0 ? target : target.substring(0, mark + 1) + fields(target.substring(mark + 1)));
    }

    /** {@return a body, of a form or of JSON or of any text} */
    String body(String body) {
        String start = body.stripLeading();
        if (start.startsWith("{") || start.startsWith("[")) {
            return text(json(body));
        }
        boolean form = body.indexOf('=') > 0 && !body.contains("<") && !body.contains("\n");
        return text(form ? fields(body) : body);
    }

    private String fields(String query) {
        List<String> clean = new ArrayList<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && isCredential(pair.substring(0, equals))) {
                learn(URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
                clean.add(pair.substring(0, equals + 1) + REMOVED);
            } else {
                clean.add(pair);
            }
        }
        return String.join("&", clean);
    }

    /** What holds no credential stays as it was, to the character. */
    private String json(String body) {
        try {
            JsonNode root = JSON.readTree(body);
            return cleaned(root) ? JSON.writeValueAsString(root) : body;
        } catch (JsonProcessingException e) {
            return body;
        }
    }

    private boolean cleaned(JsonNode node) {
        boolean changed = false;
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                if (member.getValue().isTextual() && isCredential(member.getKey())) {
                    learn(member.getValue().asText());
                    object.put(member.getKey(), REMOVED);
                    changed = true;
                }
            }
        }
        for (JsonNode child : node) {
            changed |= cleaned(child);
        }
        return changed;
    }
}
