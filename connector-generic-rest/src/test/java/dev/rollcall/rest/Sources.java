package dev.rollcall.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.rest.internal.http.HttpTransport;
import dev.rollcall.rest.internal.http.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;

/** Source blocks as YAML, and what a connector makes of them. */
public final class Sources {
    static final String SECRET = "s3cr3t-t0k3n/+&=";

    private Sources() {}

    /** {@return settings from YAML, in which {@code ${env.X}} is the secret} */
    static Settings settings(String yaml) {
        try {
            Value tree = Value.from(new YAMLMapper().readValue(yaml, Object.class));
            return Settings.of((Value.Fields) resolved(tree));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Value resolved(Value value) {
        if (value instanceof Value.Text text && text.value().contains("${env.")) {
            Secret secret = Secret.of(text.value().replaceAll("\\$\\{env\\.[A-Z_]+}", SECRET));
            String format = text.value()
                    .replaceAll("\\$\\{env\\.[A-Z_]+}", Matcher.quoteReplacement(Value.Sensitive.macro(SECRET)));
            return new Value.Sensitive(secret, Secret.of(format), List.of(Secret.of(SECRET)));
        } else if (value instanceof Value.Fields fields) {
            Map<String, Value> copy = new LinkedHashMap<>();
            fields.asMap().forEach((name, each) -> copy.put(name, resolved(each)));
            return Value.of(copy);
        } else if (value instanceof Value.Items items) {
            return Value.of(items.items().stream().map(Sources::resolved).toList());
        }
        return value;
    }

    public static RestSettings read(String yaml) {
        return RestSettings.read(settings(yaml), new GenericRestProvider().descriptor());
    }

    /** {@return a connector in whose world nobody waits} */
    static RestConnector connector(String yaml) {
        return connector(yaml, new NoWaiting());
    }

    static RestConnector connector(String yaml, NoWaiting pause) {
        return connector(yaml, pause, ConnectorContext.defaults());
    }

    static RestConnector connector(String yaml, NoWaiting pause, ConnectorContext context) {
        RestSettings settings = read(yaml);
        return RestConnector.of(settings, context, settings.http(), pause);
    }

    /** {@return a connector that calls an application without a network} */
    static RestConnector connector(String yaml, HttpTransport transport, NoWaiting pause) {
        return RestConnector.of(read(yaml), ConnectorContext.defaults(), transport, pause);
    }

    static List<UserRecord> fetch(RestConnector connector) {
        return fetch(connector, UserQuery.all());
    }

    static List<UserRecord> fetch(RestConnector connector, UserQuery query) {
        List<UserRecord> records = new ArrayList<>();
        try (PageIterator<UserRecord> pages = connector.fetchUsers(query)) {
            while (pages.hasNext()) {
                Page<UserRecord> page = pages.next();
                records.addAll(page.items());
            }
        }
        return records;
    }

    static List<String> ids(List<UserRecord> records) {
        return records.stream()
                .map(record -> record.value("id").text().orElse("-"))
                .toList();
    }

    /** Time that passes when somebody sleeps, and only then. Thread-safe. */
    static final class NoWaiting implements Pause {
        private final AtomicLong nanos = new AtomicLong();
        private final List<Duration> sleeps = new ArrayList<>();

        @Override
        public synchronized void sleep(Duration duration) {
            sleeps.add(duration);
            nanos.addAndGet(duration.toNanos());
        }

        @Override
        public long nanoTime() {
            return nanos.get();
        }

        synchronized List<Duration> sleeps() {
            return List.copyOf(sleeps);
        }
    }
}
