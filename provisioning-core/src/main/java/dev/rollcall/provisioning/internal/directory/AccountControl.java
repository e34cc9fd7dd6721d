package dev.rollcall.provisioning.internal.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How an account is disabled and enabled again: one value of one attribute. Immutable and thread-safe. */
public final class AccountControl {
    static final int DISABLED_BIT = 0x2;
    static final String LOCKED_FOR_GOOD = "000001010000Z";
    private static final Map<String, String> OPPOSITES =
            Map.of("true", "false", "false", "true", "yes", "no", "no", "yes", "1", "0", "0", "1");
    private static final String PASSWORD_SET = "pwdLastSet";

    private final DirectoryKind type;
    private final String attribute;
    private final String disabled;
    private final String enabled;

    private AccountControl(DirectoryKind type, String attribute, String disabled, String enabled) {
        this.type = type;
        this.attribute = attribute;
        this.disabled = disabled;
        this.enabled = enabled;
    }

    public static AccountControl activeDirectory() {
        return new AccountControl(DirectoryKind.ACTIVE_DIRECTORY, "userAccountControl", "", "");
    }

    public static AccountControl openLdap() {
        return new AccountControl(DirectoryKind.OPENLDAP, "pwdAccountLockedTime", LOCKED_FOR_GOOD, "");
    }

    /** An empty {@code enabled} means that an enabled account does not have the attribute. */
    public static AccountControl generic(String attribute, String disabled, String enabled) {
        return new AccountControl(DirectoryKind.GENERIC, attribute, disabled, enabled);
    }

    /** {@return the same, with the attribute by the first name that the server gives it, under which entries hold it} */
    public AccountControl named(SchemaEquality server) {
        return new AccountControl(type, server.knownName(attribute), disabled, enabled);
    }

    public String attribute() {
        return attribute;
    }

    public Set<String> attributes() {
        return switch (type) {
            case ACTIVE_DIRECTORY -> Set.of(attribute, PASSWORD_SET);
            case OPENLDAP -> Set.of(attribute, PasswordPolicies.ENTRY_POLICY);
            case GENERIC -> Set.of(attribute);
        };
    }

    /** Whether Active Directory has no password for the account, or one that its owner has yet to replace. */
    public boolean waitsForPassword(ReadOnlyEntry entry) {
        return type == DirectoryKind.ACTIVE_DIRECTORY && "0".equals(entry.getAttributeValue(PASSWORD_SET));
    }

    /** Whether the account can be used. */
    public boolean isEnabled(ReadOnlyEntry entry) {
        if (type == DirectoryKind.ACTIVE_DIRECTORY) {
            Long number = number(entry);
            return number == null || (number & DISABLED_BIT) == 0;
        }
        return present(entry) == null || isContradicted(entry);
    }

    /** What a server that compares for itself finds an account in this state by. */
    public Optional<Filter> filter(boolean isEnabled) {
        if (type == DirectoryKind.ACTIVE_DIRECTORY) {
            return Optional.empty();
        }
        Filter off = Filter.createEqualityFilter(attribute, disabled);
        // Of several values that contradict each other the client judges, which sees them all.
        return Optional.of(isEnabled ? Filter.createNOTFilter(off) : off);
    }

    /** Whether a value beside the one that disables says the opposite: the server then lets the account log on. */
    private boolean isContradicted(ReadOnlyEntry entry) {
        String[] values = entry.getAttributeValues(attribute);
        return values != null && Arrays.stream(values).anyMatch(this::enables);
    }

    private boolean enables(String value) {
        return type == DirectoryKind.GENERIC
                && (value.equalsIgnoreCase(enabled) || value.equalsIgnoreCase(OPPOSITES.get(lower(disabled))));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Of an attribute with several values the others stay, which are not ours, such as somebody's other roles. */
    List<Modification> disable(ReadOnlyEntry entry, boolean singleValued) {
        if (!isEnabled(entry)) {
            return List.of();
        }
        if (type == DirectoryKind.ACTIVE_DIRECTORY) {
            return flip(entry);
        }
        List<Modification> modifications = new ArrayList<>();
        String[] values = entry.getAttributeValues(attribute);
        for (String value : values == null ? new String[0] : values) {
            // A lockout that OpenLDAP set for a while gives way to ours.
            if (singleValued || type == DirectoryKind.OPENLDAP || enables(value)) {
                modifications.add(new Modification(ModificationType.DELETE, attribute, value));
            }
        }
        if (present(entry) == null) {
            modifications.add(new Modification(ModificationType.ADD, attribute, disabled));
        }
        return modifications;
    }

    List<Modification> enable(ReadOnlyEntry entry) {
        if (isEnabled(entry)) {
            return List.of();
        }
        if (type == DirectoryKind.ACTIVE_DIRECTORY) {
            return flip(entry);
        }
        String present = present(entry);
        List<Modification> modifications = new ArrayList<>();
        modifications.add(
                present == null
                        ? new Modification(ModificationType.DELETE, attribute)
                        : new Modification(ModificationType.DELETE, attribute, present));
        if (!enabled.isEmpty()) {
            modifications.add(new Modification(ModificationType.ADD, attribute, enabled));
        }
        return modifications;
    }

    /** What a new account has of which a mapping writes the state too: its flags, and disabled if either says so. */
    public Attribute onCreate(Attribute mapped, Attribute ours) {
        if (type != DirectoryKind.ACTIVE_DIRECTORY || !mapped.getName().equalsIgnoreCase(attribute)) {
            return mapped;
        }
        try {
            int flags = (int) Long.parseLong(mapped.getValue().strip());
            return new Attribute(
                    attribute, Integer.toString(flags | (Integer.parseInt(ours.getValue()) & DISABLED_BIT)));
        } catch (NumberFormatException refusedByTheServer) {
            return mapped;
        }
    }

    /** What an account that is to be enabled or disabled has from the start. */
    public List<Attribute> onCreate(boolean isEnabled) {
        if (type == DirectoryKind.ACTIVE_DIRECTORY) {
            return List.of(new Attribute(attribute, isEnabled ? "512" : "514"));
        }
        String value = isEnabled ? enabled : disabled;
        return value.isEmpty() ? List.of() : List.of(new Attribute(attribute, value));
    }

    /** Why an account that can be used cannot be disabled. */
    public String undisabled(ReadOnlyEntry entry) {
        String value = entry.getAttributeValue(attribute);
        if (value != null) {
            return attribute + " of " + entry.getDN() + " is \"" + value
                    + "\", which is not a number: set it, and run again";
        }
        return entry.hasObjectClass("user")
                ? attribute + " of " + entry.getDN()
                        + " cannot be read, so the account was not disabled: give directory.bindDn the right to read it"
                : entry.getDN() + " has no account that can be disabled";
    }

    /** That bit alone; the old number is named, so that a change made meanwhile is not overwritten. */
    private List<Modification> flip(ReadOnlyEntry entry) {
        Long number = number(entry);
        if (number == null) {
            return List.of(); // a contact, or one that may not be read
        }
        String old = String.valueOf(entry.getAttributeValue(attribute));
        // 32 bits, signed on the wire.
        String changed = Integer.toString((int) (number ^ DISABLED_BIT));
        return List.of(
                new Modification(ModificationType.DELETE, attribute, old),
                new Modification(ModificationType.ADD, attribute, changed));
    }

    private @Nullable String present(ReadOnlyEntry entry) {
        String[] values = entry.getAttributeValues(attribute);
        if (values != null) {
            for (String value : values) {
                if (type == DirectoryKind.OPENLDAP ? value.equals(disabled) : value.equalsIgnoreCase(disabled)) {
                    return value;
                }
            }
        }
        return null;
    }

    private @Nullable Long number(ReadOnlyEntry entry) {
        String value = entry.getAttributeValue(attribute);
        try {
            return value == null ? null : Long.parseLong(value.strip());
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }
}
