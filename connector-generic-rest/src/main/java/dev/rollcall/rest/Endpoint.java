package dev.rollcall.rest;

import dev.rollcall.connector.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A call that lists users, or what is joined to them, as a block under {@code endpoints} of a configuration says it.
 * Immutable and thread-safe.
 *
 * <pre>{@code
 * Endpoint.get("users", "${settings.baseUrl}/users")
 *         .records("/data")
 *         .paging(Paging.cursor("cursor", "/next").size("limit", 100))
 *         .one("${settings.baseUrl}/users/${key}")
 *         .build()
 * }</pre>
 *
 * <p>URLs, headers, parameters and bodies are formats. What is wrong with them is found when the connector is made, all
 * problems at once.
 */
public final class Endpoint {
    private final Value.Fields keys;

    private Endpoint(Value.Fields keys) {
        this.keys = keys;
    }

    /**
     * {@return a builder of a call by GET}
     *
     * @param name in messages and reports: {@code page 3 of users}
     * @param url a format
     */
    public static Builder get(String name, String url) {
        return new Builder(name, "GET", url);
    }

    /** {@return a builder of a call by POST, as searches are} */
    public static Builder post(String name, String url) {
        return new Builder(name, "POST", url);
    }

    /** {@return its name} */
    public String name() {
        return keys.get("name").text().orElse("");
    }

    Value.Fields keys() {
        return keys;
    }

    @Override
    public String toString() {
        return "Endpoint " + name();
    }

    /** Builds an endpoint. Not thread-safe: for one thread at a time. */
    public static final class Builder {
        private Value.Fields keys;

        private Builder(String name, String method, String url) {
            keys = Value.Fields.none()
                    .with("name", Value.of(name))
                    .with("method", Value.of(method))
                    .with("url", Value.of(url));
        }

        /** Sets a header, whose value is a format. */
        public Builder header(String name, String value) {
            return in("headers", name, Value.of(value));
        }

        /** Sets a query parameter, whose value is a format. */
        public Builder parameter(String name, String value) {
            return in("parameters", name, Value.of(value));
        }

        /** Sets the body. */
        public Builder body(RequestBody body) {
            return set("body", body.keys());
        }

        /**
         * Sets where the records are; the whole response by default.
         *
         * @param pointers JSON Pointers; the first one that the response has counts
         */
        public Builder records(String... pointers) {
            List<Value> all = new ArrayList<>();
            for (String pointer : pointers) {
                all.add(Value.of(pointer));
            }
            return set("records", all.size() == 1 ? all.get(0) : Value.of(all));
        }

        /** Takes a null in the place of the list for an empty list; a failure by default. To be called after records. */
        public Builder emptyWhenNull() {
            return recordsWith("whenNull", "empty");
        }

        /** Takes a missing list for an empty one; a failure by default. To be called after records. */
        public Builder emptyWhenAbsent() {
            return recordsWith("whenAbsent", "empty");
        }

        /** Takes the values of an object for the records, each with its key in the column {@code @key}. */
        public Builder recordsByKey() {
            return recordsWith("each", "values");
        }

        /** Takes what each element of the list holds at a JSON Pointer for the record. */
        public Builder recordsWithin(String pointer) {
            return recordsWith("each", pointer);
        }

        private Builder recordsWith(String key, String value) {
            Value records = keys.get("records");
            Value.Fields block = records instanceof Value.Fields fields
                    ? fields
                    : Value.Fields.none().with("at", records instanceof Value.Absent ? Value.of("") : records);
            return set("records", block.with(key, Value.of(value)));
        }

        /** Sets which pages there are; without it a response that announces another page is incomplete. */
        public Builder paging(Paging paging) {
            return set("paging", paging.keys());
        }

        /** Sets the call for one user, whose key is <code>${key}</code>. */
        public Builder one(String url) {
            return in("one", "url", Value.of(url));
        }

        /** Sets the call for one user as a search. */
        public Builder one(Endpoint call) {
            Value.Fields one = Value.Fields.none();
            for (String key : List.of("method", "url", "headers", "parameters", "body", "records")) {
                Value value = call.keys.get(key);
                if (!(value instanceof Value.Absent)) {
                    one = one.with(key, value);
                }
            }
            return set("one", one);
        }

        /** Adds a condition under which a response is a failure; the first one that holds counts. */
        public Builder error(ErrorCondition... conditions) {
            List<Value> all =
                    new ArrayList<>(keys.get("errors") instanceof Value.Items known ? known.items() : List.of());
            Arrays.stream(conditions).forEach(condition -> all.add(condition.keys()));
            return set("errors", Value.of(all));
        }

        /** Sets how long to wait for the headers, and the longest silence within the body; 30 seconds by default. */
        public Builder timeout(Duration time) {
            return in("request", "timeout", Value.of(time.toString()));
        }

        /** Sets how long to wait for one whole body; 15 minutes by default. */
        public Builder bodyTimeout(Duration time) {
            return in("request", "bodyTimeout", Value.of(time.toString()));
        }

        /** Sets how often a call is repeated where that may help; 4 by default. */
        public Builder retries(int times) {
            return in("request", "retries", Value.of(times));
        }

        /** Sets the longest wait that the application may ask for; 60 seconds by default. */
        public Builder maxRetryWait(Duration time) {
            return in("request", "maxRetryWait", Value.of(time.toString()));
        }

        /** Sets how many calls are made per second at most; no limit by default. */
        public Builder requestsPerSecond(int calls) {
            return in("request", "requestsPerSecond", Value.of(calls));
        }

        /** Allows to repeat a POST, as that of a search. */
        public Builder idempotent() {
            return in("request", "idempotent", Value.of(true));
        }

        /**
         * Sets the format of the body; by its content type by default.
         *
         * @param type {@code auto}, {@code json}, {@code json-lines}, {@code xml} or {@code csv}
         */
        public Builder responseType(String type) {
            return in("response", "type", Value.of(type));
        }

        /** Sets the charset of the body, such as {@code windows-1252}. */
        public Builder charset(String name) {
            return in("response", "charset", Value.of(name));
        }

        /** Sets what stands between the columns of CSV: a character, {@code tab} or {@code auto}; a comma by default. */
        public Builder separator(String text) {
            return in("response", "separator", Value.of(text));
        }

        /** Sets how many lines of CSV stand before the one that names the columns; none by default. */
        public Builder skipLines(int lines) {
            return in("response", "skipLines", Value.of(lines));
        }

        /** Takes the last columns of a line of CSV that has fewer values for empty; such a line is a failure by default. */
        public Builder shortLinesAreEmpty() {
            return in("response", "shortLines", Value.of("empty"));
        }

        /** Sets words that the application writes where it has no value; each is read as null, in every column. */
        public Builder nothing(String... words) {
            return in(
                    "response",
                    "nothing",
                    Value.of(Arrays.stream(words).map(Value::of).toList()));
        }

        /** Sets how old the content may be, as the file or the header {@code Last-Modified} says; any age by default. */
        public Builder maxAge(Duration age) {
            return in("response", "maxAge", Value.of(age.toString()));
        }

        /**
         * Sets limits of the response.
         *
         * @param bytes the most bytes of one body after unpacking; 1 GiB by default
         * @param depth how deep objects and lists may be nested; 100 by default
         * @param textLength the most characters of one string; 10,000,000 by default
         * @param numberLength the most digits of one number; 1,000 by default
         */
        public Builder limits(long bytes, int depth, int textLength, int numberLength) {
            return in("response", "maxBytes", Value.of(bytes))
                    .in("response", "maxDepth", Value.of(depth))
                    .in("response", "maxTextLength", Value.of(textLength))
                    .in("response", "maxNumberLength", Value.of(numberLength));
        }

        private Builder in(String block, String key, Value value) {
            Value.Fields known = keys.get(block) instanceof Value.Fields fields ? fields : Value.Fields.none();
            return set(block, known.with(key, value));
        }

        private Builder set(String key, Value value) {
            keys = keys.with(key, value);
            return this;
        }

        /** {@return the endpoint} */
        public Endpoint build() {
            return new Endpoint(keys);
        }
    }
}
