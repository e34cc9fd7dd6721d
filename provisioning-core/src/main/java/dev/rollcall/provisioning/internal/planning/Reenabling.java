package dev.rollcall.provisioning.internal.planning;

import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.provisioning.policy.Enabling;
import java.util.Optional;

/** Whether a disabled account is enabled for a person who is active, and if not, why. Immutable and thread-safe. */
final class Reenabling {
    private final RunSettings run;
    private final ReadOnlyEntry entry;
    private final boolean disabled;
    private final boolean ours;

    Reenabling(RunSettings run, ReadOnlyEntry entry) {
        this.run = run;
        this.entry = entry;
        this.disabled = !run.directory().isEnabled(entry);
        this.ours = disabled && run.directory().disabledByUs(entry);
    }

    /** Whether a run enables it. */
    boolean isWanted() {
        return disabled
                && (ours || run.policies().enabling() == Enabling.ALWAYS)
                && run.policies().enabling() != Enabling.NEVER
                && !isWithoutPassword()
                && !run.directory().isLockedByRole(entry);
    }

    /** What a person has to know, since the account stays disabled; empty if nothing. */
    Optional<String> refusal() {
        if (!disabled || run.policies().enabling() == Enabling.NEVER) {
            return Optional.empty();
        }
        String dn = entry.getDN();
        if (isWithoutPassword()) {
            // A run without passwords made it so, and every such run would report it.
            return run.passwords() == null && run.policies().enabling() == Enabling.OURS
                    ? Optional.empty()
                    : Optional.of(dn + " is disabled, and has no password, or one that was never used: set a password"
                            + " and enable it, or delete it, so that the next run makes it anew");
        }
        if (!ours && run.policies().enabling() == Enabling.OURS) {
            return Optional.of(dn + reason());
        }
        return run.directory().isLockedByRole(entry)
                ? Optional.of(dn + " is disabled by a role or a class of service, and not by a value of its own")
                : Optional.empty();
    }

    private String reason() {
        return run.directory().isMarked(entry)
                ? " was disabled by someone else"
                : " is disabled, and without our mark nothing says by whom: enable it by hand"
                        + (run.directory().markAttribute().isPresent()
                                ? ""
                                : "; with directory.mark set, runs enable what they disabled");
    }

    /** Made without a password, an account is disabled until a person sets one. */
    private boolean isWithoutPassword() {
        return !ours && run.directory().accounts().waitsForPassword(entry);
    }
}
