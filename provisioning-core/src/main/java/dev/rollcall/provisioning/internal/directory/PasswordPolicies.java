package dev.rollcall.provisioning.internal.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.connector.Problem;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The password policies of an OpenLDAP server, which decide whether {@code pwdAccountLockedTime} keeps anybody from logging
 * on: only the overlay {@code ppolicy} reads it, and only where the policy in force has {@code pwdLockout TRUE}. Immutable
 * and thread-safe.
 */
public final class PasswordPolicies {
    /** Names the policy of one entry, in place of the default one. */
    static final String ENTRY_POLICY = "pwdPolicySubentry";

    private final boolean asked;
    private final boolean overlay;

    /** By DN, whether the policy lets an account be locked. */
    private final Map<DN, Boolean> policies;

    private final @Nullable DN byDefault;

    /** By DN, whether the policy has the person change a password that was reset. */
    private final Map<DN, Boolean> mustChange;

    private PasswordPolicies(
            boolean asked,
            boolean overlay,
            Map<DN, Boolean> policies,
            Map<DN, Boolean> mustChange,
            @Nullable DN byDefault) {
        this.asked = asked;
        this.overlay = overlay;
        this.policies = policies;
        this.mustChange = mustChange;
        this.byDefault = byDefault;
    }

    /** The policies of a server that says that it is OpenLDAP. */
    public static PasswordPolicies of(
            boolean overlay, Map<DN, Boolean> policies, Map<DN, Boolean> mustChange, @Nullable DN byDefault) {
        return new PasswordPolicies(true, overlay, policies, mustChange, byDefault);
    }

    /** Another server has none that decide. */
    public static PasswordPolicies none() {
        return new PasswordPolicies(false, false, Map.of(), Map.of(), null);
    }

    /** What keeps a disable from having an effect, or from being judged. */
    public Optional<Problem> problem() {
        Optional<Problem> none = withoutEffect()
                .map(why -> Problem.of(
                        "disable-without-effect",
                        "directory",
                        "a disable would have no effect: " + why,
                        "set pwdLockout TRUE in the password policy in force"));
        return none.isPresent()
                ? none
                : doubt().map(why -> Problem.of("disable-effect-unknown", "directory", why, "see docs/directories.md"));
    }

    /** What keeps a first password from having to be changed, as far as that is known. */
    public Optional<Problem> forceChangeProblem() {
        if (!asked) {
            return Optional.empty();
        }
        Optional<String> why;
        if (!overlay) {
            why = Optional.of("the server has no password policy overlay (ppolicy), which knows pwdReset");
        } else if (byDefault != null && mustChange.containsKey(byDefault)) {
            why = mustChange.getOrDefault(byDefault, true) ? Optional.empty() : Optional.of(unchanged(byDefault));
        } else {
            boolean none = !mustChange.isEmpty() && !mustChange.containsValue(true);
            why = none ? Optional.of(unchanged(mustChange.keySet().iterator().next())) : Optional.empty();
        }
        return why.map(reason -> Problem.of(
                "force-change-without-effect",
                "policy.password.forceChange",
                "nobody would have to change a first password: " + reason,
                "set pwdMustChange TRUE in the password policy in force, or forceChange to false"));
    }

    private static String unchanged(DN policy) {
        return "the password policy " + policy + " does not have pwdMustChange TRUE, so pwdReset has no effect";
    }

    /** Why a disable of this entry has no effect; empty if it has one, or if that cannot be told. */
    public Optional<String> withoutEffect(ReadOnlyEntry entry) {
        if (!asked) {
            return Optional.empty();
        }
        String own = entry.getAttributeValue(ENTRY_POLICY);
        if (overlay && own != null && DN.isValidDN(own)) {
            DN policy = Entries.dn(ENTRY_POLICY, own);
            return policies.getOrDefault(policy, true) ? Optional.empty() : Optional.of(without(policy));
        }
        return withoutEffect();
    }

    /** Why a disable has no effect for an entry without a policy of its own. */
    Optional<String> withoutEffect() {
        if (!asked) {
            return Optional.empty();
        } else if (!overlay) {
            return Optional.of(
                    "the server has no password policy overlay (ppolicy), so pwdAccountLockedTime locks nobody");
        } else if (byDefault != null && policies.containsKey(byDefault)) {
            return policies.getOrDefault(byDefault, true) ? Optional.empty() : Optional.of(without(byDefault));
        } else if (!policies.isEmpty() && !policies.containsValue(true)) {
            return Optional.of(without(policies.keySet().iterator().next()));
        }
        return Optional.empty();
    }

    /** Why it cannot be told whether a disable has an effect. */
    public Optional<String> doubt() {
        if (!asked || !overlay || withoutEffect().isPresent()) {
            return Optional.empty();
        } else if (policies.isEmpty()) {
            return Optional.of(
                    "no password policy can be read, so it is not known whether pwdAccountLockedTime locks an"
                            + " account: a policy with pwdLockout TRUE must be in force, and the account of the runs must be able"
                            + " to read it");
        } else if (byDefault == null && policies.containsValue(false)) {
            return Optional.of(
                    "some password policies have pwdLockout FALSE, and which one is the default cannot be read: it"
                            + " is not known whether pwdAccountLockedTime locks an account");
        }
        return Optional.empty();
    }

    private static String without(DN policy) {
        return "the password policy " + policy + " does not have pwdLockout TRUE, so pwdAccountLockedTime locks nobody";
    }
}
