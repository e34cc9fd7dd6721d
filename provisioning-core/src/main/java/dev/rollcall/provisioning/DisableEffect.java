package dev.rollcall.provisioning;

import com.unboundid.ldap.sdk.ReadOnlyEntry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports accounts that end by a disable which does not keep anybody from logging on. Not thread-safe: for one thread at a
 * time.
 */
final class DisableEffect {
    private static final Logger logger = LoggerFactory.getLogger(DisableEffect.class);

    private final Directory directory;
    private final Findings findings;
    private @Nullable PasswordPolicies policies;

    DisableEffect(Directory directory, Findings findings) {
        this.directory = directory;
        this.findings = findings;
    }

    /** An account that is disabled, or is to be. */
    void check(String key, ReadOnlyEntry entry) {
        if (directory.type() != DirectoryType.OPENLDAP) {
            return;
        }
        PasswordPolicies known = policies;
        if (known == null) {
            known = directory.passwordPolicies();
            policies = known;
            known.doubt().ifPresent(why -> logger.warn("{}", why));
        }
        known.withoutEffect(entry)
                .ifPresent(why -> findings.conflict(
                        Situation.INVALID, key, entry.getDN() + " ends, but the person can still log on: " + why));
    }
}
