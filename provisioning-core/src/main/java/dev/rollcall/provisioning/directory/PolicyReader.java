package dev.rollcall.provisioning.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.RootDSE;
import com.unboundid.ldap.sdk.SearchScope;
import dev.rollcall.provisioning.internal.directory.PasswordPolicies;
import dev.rollcall.provisioning.internal.directory.WireNames;
import dev.rollcall.provisioning.internal.port.DirectoryConnection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the password policies of a server. Immutable and thread-safe. */
final class PolicyReader {
    private static final String CONTROL = "1.3.6.1.4.1.42.2.27.8.5.1";
    private static final String LOCKOUT = "pwdLockout";
    private static final String MUST_CHANGE = "pwdMustChange";
    private static final String DEFAULT = "olcPPolicyDefault";

    private PolicyReader() {}

    /** The policies that can be read; only a server that says that it is OpenLDAP is judged. */
    static PasswordPolicies read(DirectoryConnection connection, DirectorySettings settings) {
        try {
            RootDSE root = connection.rootDse();
            if (settings.type() != DirectoryType.OPENLDAP || root == null || !root.hasObjectClass("OpenLDAProotDSE")) {
                return PasswordPolicies.none();
            }
            EntrySearch search = new EntrySearch(connection, settings.timeout());
            Map<DN, Boolean> policies = new TreeMap<>();
            Map<DN, Boolean> mustChange = new TreeMap<>();
            Filter isPolicy = Filter.createEqualityFilter("objectClass", "pwdPolicy");
            for (ReadOnlyEntry policy : search.some(
                    WireNames.of(settings.domain()), SearchScope.SUB, isPolicy, List.of(LOCKOUT, MUST_CHANGE))) {
                policies.put(policy.getParsedDN(), "TRUE".equalsIgnoreCase(policy.getAttributeValue(LOCKOUT)));
                mustChange.put(policy.getParsedDN(), "TRUE".equalsIgnoreCase(policy.getAttributeValue(MUST_CHANGE)));
            }
            return PasswordPolicies.of(root.supportsControl(CONTROL), policies, mustChange, byDefault(search));
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
}
