package dev.rollcall.rest.internal.settings;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.Scope;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The secrets in a block of settings: their text for formats, and the list of them for a redactor. Thread-safe. */
public final class SecretValues {
    private SecretValues() {}

    /** {@return what {@code settings.} names are: the text of a secret is put in when a format asks for it, and kept nowhere} */
    public static Scope settings(Value.Fields own) {
        return name ->
                name.namespace().equals("settings") ? revealed(name.path().in(own)) : Value.absent();
    }

    /** {@return the fields with the text of each secret in its place, as formats see settings} */
    public static Value.Fields revealed(Value.Fields fields) {
        Map<String, Value> copy = new LinkedHashMap<>();
        fields.asMap().forEach((name, each) -> copy.put(name, revealed(each)));
        return Value.of(copy);
    }

    /** {@return the value with the text of each secret in its place} */
    public static Value revealed(Value value) {
        if (value instanceof Value.Sensitive sensitive) {
            return Value.of(sensitive.secret().reveal());
        } else if (value instanceof Value.Fields fields) {
            return revealed(fields);
        } else if (value instanceof Value.Items items) {
            return Value.of(items.items().stream().map(each -> revealed(each)).toList());
        }
        return value;
    }

    /** Adds every secret in a value to a list, in each form in which it could be sent. */
    public static void collect(Value value, List<String> secrets) {
        if (value instanceof Value.Sensitive sensitive) {
            sensitive.credentials().forEach(credential -> secrets.add(credential.reveal()));
            // Of name and password, as Basic sends them.
            byte[] bytes = sensitive.secret().reveal().getBytes(StandardCharsets.UTF_8);
            secrets.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
        } else if (value instanceof Value.Fields fields) {
            fields.asMap().values().forEach(each -> collect(each, secrets));
        } else if (value instanceof Value.Items items) {
            items.items().forEach(each -> collect(each, secrets));
        }
    }
}
