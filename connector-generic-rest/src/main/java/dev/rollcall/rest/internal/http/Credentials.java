package dev.rollcall.rest.internal.http;

import dev.rollcall.connector.Secret;
import java.util.Map;

/** A credential that stays the same: a header or a parameter. Immutable and thread-safe. Prints no secret. */
public final class Credentials implements Authorizer {
    private final boolean inQuery;
    private final String name;
    private final Secret value;

    private Credentials(boolean inQuery, String name, Secret value) {
        this.inQuery = inQuery;
        this.name = name;
        this.value = value;
    }

    public static Credentials header(String name, Secret value) {
        return new Credentials(false, name, value);
    }

    public static Credentials query(String name, Secret value) {
        return new Credentials(true, name, value);
    }

    @Override
    public boolean hasCredentials() {
        return true;
    }

    @Override
    public Call authorize(Call call) {
        return with(call, value.reveal());
    }

    @Override
    public Call hidden(Call call) {
        return with(call, HIDDEN);
    }

    private Call with(Call call, String text) {
        return inQuery
                ? call.withUri(Queries.with(call.uri(), Map.of(name, text)))
                : call.withHeaders(Headers.with(call, name, text));
    }

    @Override
    public String toString() {
        return "credential in the " + (inQuery ? "parameter " : "header ") + name;
    }
}
