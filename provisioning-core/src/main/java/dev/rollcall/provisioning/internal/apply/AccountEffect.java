package dev.rollcall.provisioning.internal.apply;

import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.directory.PasswordPolicies;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges, when an account was disabled or enabled, whether that has an effect. Not thread-safe: for one thread at a time. */
final class AccountEffect {
    private final DirectoryAccess directory;
    private @Nullable PasswordPolicies policies;

    AccountEffect(DirectoryAccess directory) {
        this.directory = directory;
    }

    /** Why the change has no effect, judged by all values that the server stores. */
    Optional<String> missing(DirectoryChange change, ReadOnlyEntry stored) {
        boolean ends = change.kind() == ChangeKind.DISABLE;
        String attribute = directory.accounts().attribute();
        if (directory.isEnabled(stored) == ends) {
            return Optional.of("written, but the account is " + (ends ? "not disabled" : "not enabled") + ": "
                    + attribute + " is " + Entries.values(stored, attribute));
        }
        return ends
                ? policies().withoutEffect(stored).map(why -> "written, but the person can still log on: " + why)
                : Optional.empty();
    }

    private PasswordPolicies policies() {
        PasswordPolicies known = policies;
        if (known == null) {
            known = directory.passwordPolicies();
            policies = known;
        }
        return known;
    }
}
