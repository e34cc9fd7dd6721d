package dev.rollcall.rest;

import dev.rollcall.connector.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A credential that stays the same: a header or a parameter. Immutable and thread-safe. Prints no secret. */
final class Credentials implements Authorizer {
    private final boolean inQuery;
    private final String name;
    private final Secret value;

    private Credentials(boolean inQuery, String name, Secret value) {
        this.inQuery = inQuery;
        this.name = name;
        this.value = value;
    }

    static Credentials header(String name, Secret value) {
        return new Credentials(false, name, value);
    }

    static Credentials query(String name, Secret value) {
        return new Credentials(true, name, value);
    }

    @Override
    public boolean hasCredentials() {
        return true;
    }

    @Override
    public Call authorize(Call call) {
        if (inQuery) {
            return call.withUri(Queries.with(call.uri(), Map.of(name, value.reveal())));
        }
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        call.headers().stream()
                .filter(header -> !header.getKey().equalsIgnoreCase(name))
                .forEach(headers::add);
        headers.add(Map.entry(name, Headers.checked(call.what(), name, value.reveal())));
        return call.withHeaders(headers);
    }

    @Override
    public String toString() {
        return "credential in the " + (inQuery ? "parameter " : "header ") + name;
    }
}
