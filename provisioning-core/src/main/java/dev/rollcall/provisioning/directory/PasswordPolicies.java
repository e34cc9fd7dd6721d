package dev.rollcall.provisioning.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.RootDSE;
import com.unboundid.ldap.sdk.SearchScope;
import dev.rollcall.connector.Problem;
import dev.rollcall.provisioning.internal.directory.WireNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The password policies of an OpenLDAP server, which decide whether {@code pwdAccountLockedTime} keeps anybody from logging
 * on: only the overlay {@code ppolicy} reads it, and only where the policy in force has {@code pwdLockout TRUE}. Immutable
 * and thread-safe.
 */
public final class PasswordPolicies {
    /** Names the policy of one entry, in place of the default one. */
    static final String ENTRY_POLICY = "pwdPolicySubentry";

    private static final String CONTROL = "1.3.6.1.4.1.42.2.27.8.5.1";
    private static final String LOCKOUT = "pwdLockout";
    private static final String DEFAULT = "olcPPolicyDefault";

    private final boolean asked;
    private final boolean overlay;

    /** By DN, whether the policy lets an account be locked. */
    private final Map<DN, Boolean> policies;

    private final @Nullable DN byDefault;

    private PasswordPolicies(boolean asked, boolean overlay, Map<DN, Boolean> policies, @Nullable DN byDefault) {
        this.asked = asked;
        this.overlay = overlay;
        this.policies = policies;
        this.byDefault = byDefault;
    }

    /** The policies that can be read; only a server that says that it is OpenLDAP is judged. */
    static PasswordPolicies read(LDAPConnection connection, DirectoryType type, DN top, Duration timeout) {
        try {
            RootDSE root = connection.getRootDSE();
            if (type != DirectoryType.OPENLDAP || root == null || !root.hasObjectClass("OpenLDAProotDSE")) {
                return new PasswordPolicies(false, false, Map.of(), null);
            }
            EntrySearch search = new EntrySearch(connection, timeout);
            Map<DN, Boolean> policies = new TreeMap<>();
            Filter isPolicy = Filter.createEqualityFilter("objectClass", "pwdPolicy");
            for (ReadOnlyEntry policy : search.some(WireNames.of(top), SearchScope.SUB, isPolicy, List.of(LOCKOUT))) {
                policies.put(policy.getParsedDN(), "TRUE".equalsIgnoreCase(policy.getAttributeValue(LOCKOUT)));
            }
            return new PasswordPolicies(true, root.supportsControl(CONTROL), policies, byDefault(search));
        } catch (LDAPException failed) {
            throw DirectoryException.of("reading the password policies", failed);
        }
    }

    /** Few accounts may read the server's configuration. */
    private static @Nullable DN byDefault(EntrySearch search) throws LDAPException {
        List<ReadOnlyEntry> found;
        try {
            Filter isOverlay = Filter.createEqualityFilter("objectClass", "olcPPolicyConfig");
            found = search.some("cn=config", SearchScope.SUB, isOverlay, List.of(DEFAULT));
        } catch (DirectoryException hidden) {
            return null;
        }
        String name = found.size() == 1 ? found.get(0).getAttributeValue(DEFAULT) : null;
        return name == null ? null : new DN(name);
    }

    /** What keeps a disable from having an effect, or from being judged. */
    Optional<Problem> problem() {
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

    /** Why a disable of this entry has no effect; empty if it has one, or if that cannot be told. */
    public Optional<String> withoutEffect(ReadOnlyEntry entry) {
        if (!asked) {
            return Optional.empty();
        }
        String own = entry.getAttributeValue(ENTRY_POLICY);
        if (overlay && own != null && DN.isValidDN(own)) {
            DN policy = DirectoryBuilder.dn(ENTRY_POLICY, own);
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
