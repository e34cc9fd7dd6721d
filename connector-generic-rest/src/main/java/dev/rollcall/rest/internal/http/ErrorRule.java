package dev.rollcall.rest.internal.http;

import dev.rollcall.connector.BlockKeys;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.Value;
import dev.rollcall.connector.WebhookResponse;
import dev.rollcall.formats.Condition;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Name;
import dev.rollcall.formats.Scope;
import dev.rollcall.formats.function.Truth;
import dev.rollcall.rest.internal.settings.Node;
import dev.rollcall.rest.internal.settings.Pointer;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * When an answer is a failure whatever its status says, or another kind of failure than its status says. Immutable and
 * thread-safe.
 *
 * @param when on {@code response.status}, {@code response.headers} and {@code response.body}
 * @param kind of the failure
 * @param message where the application says what is wrong, or null
 * @param retryAfter when another call may succeed, whatever the headers say; null for what they say
 */
public record ErrorRule(
        Condition when,
        FailureKind kind,
        @Nullable Pointer message,
        @Nullable Duration retryAfter) {
    /** The keys of each of {@code errors}. */
    public static final BlockKeys KEYS = BlockKeys.of(
            Setting.text("when")
                    .required()
                    .description("a condition on `response.status`, `response.headers.NAME` and `response.body.NAME`"),
            Setting.choice("kind", FailureKind.class).byDefault("rejected").description("the kind of failure"),
            Setting.text("message").description("a JSON Pointer to the application's message"),
            Setting.duration("retryAfter")
                    .between(Duration.ZERO, Duration.ofDays(36_500))
                    .description("how long to wait before the call is repeated, whatever the headers say"));

    private static final Set<String> PARTS = Set.of("status", "headers", "body");

    public static List<ErrorRule> read(Node endpoint) {
        List<ErrorRule> rules = new ArrayList<>();
        List<Value> list = endpoint.list("errors");
        for (int i = 0; i < list.size(); i++) {
            String key = "errors[" + i + "]";
            if (list.get(i) instanceof Value.Fields fields) {
                rule(endpoint.item("errors", i, fields)).ifPresent(rules::add);
            } else {
                endpoint.problem("wrong-type", key, "must be a block of keys", "write {when: ..., kind: ...}");
            }
        }
        return rules;
    }

    private static Optional<ErrorRule> rule(Node node) {
        String source = node.requiredText("when", "such as response.body.success == false");
        FailureKind kind = node.choice("kind", FailureKind.class);
        Pointer message = node.pointer("message");
        Duration retryAfter = node.has("retryAfter") ? node.duration("retryAfter") : null;
        if (retryAfter != null && !kind.isRetryable()) {
            node.problem(
                    "wrong-value", "retryAfter", "means nothing for a kind that no other call can mend", "remove it");
        }
        node.end();
        if (source.isEmpty()) {
            return Optional.empty();
        }
        try {
            Condition when = Condition.parse(source);
            for (Name name : when.names()) {
                if (!name.namespace().equals("response")
                        || !PARTS.contains(name.path().column())) {
                    String remedy = "known here: response.status, response.headers.NAME, response.body.NAME";
                    node.problem("unknown-name", "when", "there is no '" + name + "' here", remedy);
                    return Optional.empty();
                }
            }
            return Optional.of(new ErrorRule(when, kind, message, retryAfter));
        } catch (dev.rollcall.connector.ConfigurationException e) {
            for (Problem problem : e.problems()) {
                node.problems().add(problem.under(node.path("when")));
            }
            return Optional.empty();
        }
    }

    /** {@return where in the body is what the rule looks at} */
    public Set<Pointer> pointers() {
        Set<Pointer> pointers = new LinkedHashSet<>();
        for (Name name : when.names()) {
            if (name.path().column().equals("body")) {
                pointers.add(Pointer.of(name.path(), 1));
            }
        }
        if (message != null) {
            pointers.add(message);
        }
        return pointers;
    }

    /** {@return the names of the headers that the rule looks at} */
    public Set<String> headers() {
        Set<String> headers = new LinkedHashSet<>();
        for (Name name : when.names()) {
            if (name.path().column().equals("headers")) {
                headers.add(Pointer.of(name.path(), 1).first());
            }
        }
        return headers;
    }

    /** {@return whether the answer is this failure} */
    public boolean matches(int status, HttpHeaders headers, Function<Pointer, Value> body) {
        Scope scope = name -> value(name, status, headers, body);
        return when.test(Evaluation.of(scope)) == Truth.TRUE;
    }

    private static Value value(Name name, int status, HttpHeaders headers, Function<Pointer, Value> body) {
        String part = name.path().column();
        if (part.equals("status")) {
            return Value.of(status);
        }
        Pointer pointer = Pointer.of(name.path(), 1);
        if (part.equals("headers")) {
            return headers.firstValue(pointer.first()).map(Value::of).orElse(Value.absent());
        }
        return body.apply(pointer);
    }

    /** {@return what a name under {@code response.} stands for} */
    public static Value value(Name name, WebhookResponse response, Value body) {
        String part = name.path().column();
        if (part.equals("status")) {
            return Value.of(response.status());
        }
        Pointer pointer = Pointer.of(name.path(), 1);
        if (part.equals("headers")) {
            List<String> values = response.headers().getOrDefault(pointer.first(), List.of());
            return values.isEmpty() ? Value.absent() : Value.of(values.get(0));
        }
        return part(pointer, body);
    }

    /**
     * {@return the part of a body that a pointer points to; unknown if the body is a text or a number, which has no parts, or
     * if a list is asked for a part by name}
     */
    public static Value part(Pointer pointer, Value body) {
        boolean hasParts = body instanceof Value.Fields
                || (body instanceof Value.Items && pointer.first().matches("[0-9]+"));
        return hasParts || pointer.equals(Pointer.root())
                ? pointer.in(body)
                : new Value.Unknown("the answer is no JSON object, or a list that has no such part");
    }

    /** {@return the application's own words; empty if it has none} */
    String words(Function<Pointer, Value> body) {
        Value said = message == null ? Value.absent() : body.apply(message);
        return said.text().orElse(said instanceof Value.Absent || said instanceof Value.Null ? "" : said.toString());
    }
}
