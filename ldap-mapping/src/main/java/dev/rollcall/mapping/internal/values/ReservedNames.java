package dev.rollcall.mapping.internal.values;

import java.util.Locale;
import java.util.Set;

/**
 * Names of principals that Windows has built in, so that nobody can log on by them although no entry of the domain has them
 * (Microsoft's list of names that cannot be given to users). Stateless, and thus thread-safe.
 */
public final class ReservedNames {
    private static final Set<String> RESERVED = Set.of(
            "anonymous",
            "authenticated user",
            "batch",
            "builtin",
            "creator group",
            "creator owner",
            "dialup",
            "digest auth",
            "interactive",
            "internet",
            "local",
            "local system",
            "network",
            "network service",
            "nt authority",
            "nt domain",
            "ntlm auth",
            "null",
            "proxy",
            "remote interactive",
            "restricted",
            "schannel auth",
            "self",
            "server",
            "service",
            "system",
            "terminal server",
            "this organization",
            "users",
            "world");

    private ReservedNames() {}

    /** {@return whether an account of Active Directory cannot have this sAMAccountName} */
    public static boolean has(String name) {
        return RESERVED.contains(name.toLowerCase(Locale.ROOT));
    }
}
