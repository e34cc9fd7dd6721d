package dev.rollcall.provisioning;

import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges, when an account was disabled or enabled, whether that has an effect. Not thread-safe: for one thread at a time. */
final class AccountEffect {
    private final Directory directory;
    private @Nullable PasswordPolicies policies;

    AccountEffect(Directory directory) {
        this.directory = directory;
    }

    /** Why the change has no effect, judged by all values that the server stores. */
    Optional<String> missing(DirectoryChange change, ReadOnlyEntry stored) {
        AccountState wanted = change.kind() == ChangeKind.DISABLE ? AccountState.DISABLED : AccountState.ENABLED;
        AccountState present = directory.state(stored);
        String attribute = directory.accounts().attribute();
        if (present != wanted) {
            return Optional.of("written, but the account is " + (wanted == AccountState.DISABLED ? "not disabled" : "not enabled")
                    + ": " + attribute + " is " + ManagedEntries.values(stored, attribute));
        }
        return wanted == AccountState.DISABLED
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
