package dev.rollcall.provisioning.internal.planning;

import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.DirectoryKind;
import dev.rollcall.provisioning.internal.directory.PasswordPolicies;
import dev.rollcall.provisioning.internal.plan.Findings;
import dev.rollcall.provisioning.plan.Situation;
import org.jspecify.annotations.Nullable;

/**
 * Reports accounts that end by a disable which does not keep anybody from logging on. Not thread-safe: for one thread at a
 * time.
 */
final class DisableEffect {
    private final DirectoryAccess directory;
    private final Findings findings;
    private @Nullable PasswordPolicies policies;
    private boolean doubted;

    DisableEffect(DirectoryAccess directory, Findings findings) {
        this.directory = directory;
        this.findings = findings;
    }

    /** An account that is disabled, or is to be. */
    void check(String key, ReadOnlyEntry entry) {
        if (directory.kind() != DirectoryKind.OPENLDAP) {
            return;
        }
        PasswordPolicies known = policies;
        if (known == null) {
            known = directory.passwordPolicies();
            policies = known;
        }
        if (!doubted && directory.isEnabled(entry)) {
            doubted = true;
            known.doubt().ifPresent(why -> findings.conflict(Situation.INVALID, "", why));
        }
        known.withoutEffect(entry)
                .ifPresent(why -> findings.conflict(
                        Situation.INVALID, key, entry.getDN() + " ends, but the person can still log on: " + why));
    }
}
