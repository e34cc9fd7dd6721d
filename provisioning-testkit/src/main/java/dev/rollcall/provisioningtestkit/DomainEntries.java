package dev.rollcall.provisioningtestkit;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.schema.AttributeTypeDefinition;
import com.unboundid.ldap.sdk.schema.Schema;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What a domain demands of its entries, and what it adds to them. Thread-safe. */
final class DomainEntries {
    static final int DISABLED = 0x2;
    private static final int NORMAL_ACCOUNT = 0x200;
    private static final int PASSWORD_NOT_REQUIRED = 0x20;
    private static final int MAX_ACCOUNT_NAME = 20;
    private static final String FORBIDDEN_IN_ACCOUNT_NAME = "\"/\\[]:;|=,+*?<>";
    private static final long FILETIME_OF_1970 = 11_644_473_600L;
    private static final DateTimeFormatter GENERALIZED_TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'.0Z'").withZone(ZoneOffset.UTC);
    private static final Set<String> SYSTEM_ONLY = names("objectGUID", "whenCreated", "uSNCreated", "sAMAccountType");
    private static final Set<String> BACK_LINKS = names("memberOf", "directReports");

    private final Clock clock;
    private final AtomicLong updates = new AtomicLong(1000);

    DomainEntries(Clock clock) {
        this.clock = clock;
    }

    private static Set<String> names(String... names) {
        Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(List.of(names));
        return set;
    }

    static boolean isDisabled(Entry user) {
        Long control = user.getAttributeValueAsLong("userAccountControl");
        return control != null && (control & DISABLED) != 0;
    }

    /** The DN that a name stands for; {@code <GUID=...>} is one too. */
    String resolve(InMemoryDirectoryServer server, String dn) throws LDAPException {
        if (!DomainRules.lower(dn).startsWith("<guid=") || !dn.endsWith(">")) {
            return dn;
        }
        byte[] guid = HexFormat.of().parseHex(dn.substring(6, dn.length() - 1).replace("-", ""));
        Entry entry = find(server, Filter.createEqualityFilter("objectGUID", guid));
        return entry == null ? "CN=no-such-guid," + InMemoryActiveDirectory.BASE : entry.getDN();
    }

    /** The modification with DNs in place of {@code <GUID=...>}. */
    Modification resolve(InMemoryDirectoryServer server, Modification modification) throws LDAPException {
        if (!modification.getAttributeName().equalsIgnoreCase("member")) {
            return modification;
        }
        List<String> values = new ArrayList<>();
        for (String value : modification.getValues()) {
            values.add(resolve(server, value));
        }
        return new Modification(
                modification.getModificationType(), modification.getAttributeName(), values.toArray(new String[0]));
    }

    /** Whom a person means who logs on by DN, {@code user@domain} or {@code DOMAIN\\user}. */
    @Nullable
    Entry byLogonName(InMemoryDirectoryServer server, String name) throws LDAPException {
        int backslash = name.indexOf('\\');
        if (backslash > 0 && !name.contains("=")) {
            return find(server, Filter.createEqualityFilter("sAMAccountName", name.substring(backslash + 1)));
        }
        if (name.contains("@") && !name.contains("=")) {
            return find(server, Filter.createEqualityFilter("userPrincipalName", name));
        }
        return DN.isValidDN(name) && !name.equalsIgnoreCase(InMemoryActiveDirectory.ADMINISTRATOR)
                ? server.getEntry(name)
                : null;
    }

    /** Refuses a new entry that a domain refuses. */
    void check(InMemoryDirectoryServer server, Entry entry, boolean secure) throws LDAPException {
        for (Attribute attribute : entry.getAttributes()) {
            checkValues(server.getSchema(), attribute);
            if (SYSTEM_ONLY.contains(attribute.getName())) {
                throw DomainCodes.systemOnly(attribute.getName());
            }
            if (BACK_LINKS.contains(attribute.getName())) {
                throw DomainCodes.backLink(attribute.getName());
            }
            checkTargets(server, attribute.getName(), attribute.getValues());
        }
        checkNames(server, entry, null);
        byte[] password = entry.getAttributeValueBytes("unicodePwd");
        if (password != null) {
            entry.setAttribute("unicodePwd", DomainPassword.accepted(password, secure));
        }
        checkEnabled(entry);
    }

    /** Refuses a modification that a domain refuses; what comes back is what is stored. */
    Modification check(InMemoryDirectoryServer server, Entry entry, Modification modification, boolean secure)
            throws LDAPException {
        String name = modification.getAttributeName();
        ModificationType type = modification.getModificationType();
        checkValues(server.getSchema(), modification.getAttribute());
        if (SYSTEM_ONLY.contains(name)) {
            throw DomainCodes.systemOnly(name);
        }
        if (BACK_LINKS.contains(name)) {
            throw DomainCodes.backLink(name);
        }
        if ((entry.getRDN() != null && entry.getRDN().hasAttribute(name)) || name.equalsIgnoreCase("name")) {
            throw DomainCodes.rdnByModify(name);
        }
        if (name.equalsIgnoreCase("unicodePwd") && !type.equals(ModificationType.DELETE)) {
            String password = DomainPassword.accepted(modification.getValueByteArrays()[0], secure);
            return new Modification(ModificationType.REPLACE, "unicodePwd", password);
        }
        if (name.equalsIgnoreCase("userAccountControl") && type.equals(ModificationType.REPLACE)) {
            return ofNormalAccount(modification);
        }
        if (name.equalsIgnoreCase("member")) {
            checkMembers(entry, modification);
        }
        if (!type.equals(ModificationType.DELETE)) {
            checkTargets(server, name, modification.getValues());
            Entry after = new Entry(entry.getDN(), new Attribute("objectClass", entry.getObjectClassValues()));
            after.addAttribute(name, modification.getValues());
            checkNames(server, after, entry);
        }
        return modification;
    }

    /** An account that is said to be of no kind is a normal one. */
    private static Modification ofNormalAccount(Modification control) {
        Long bits = control.getAttribute().getValueAsLong();
        return bits == null
                ? control
                : new Modification(
                        ModificationType.REPLACE, control.getAttributeName(), Long.toString(bits | NORMAL_ACCOUNT));
    }

    /** Refuses to enable an account without a password. */
    void checkResult(Entry entry, List<Modification> modifications) throws LDAPException {
        if (modifies(modifications, "userAccountControl")) {
            checkEnabled(Entry.applyModifications(entry, true, modifications));
        }
    }

    /** Adds what a domain adds. */
    void complete(Entry entry) throws LDAPException {
        RDN rdn = entry.getRDN();
        if (rdn != null) {
            for (int i = 0; i < rdn.getAttributeNames().length; i++) {
                entry.addAttribute(rdn.getAttributeNames()[i], rdn.getAttributeValues()[i]);
            }
            entry.setAttribute("name", rdn.getAttributeValues()[0]);
        }
        Instant now = clock.instant();
        long update = updates.incrementAndGet();
        entry.setAttribute("distinguishedName", entry.getDN());
        entry.setAttribute("objectGUID", guid(update));
        entry.setAttribute("whenCreated", GENERALIZED_TIME.format(now));
        entry.setAttribute("whenChanged", GENERALIZED_TIME.format(now));
        entry.setAttribute("uSNCreated", Long.toString(update));
        entry.setAttribute("uSNChanged", Long.toString(update));
        boolean user = entry.hasObjectClass("user");
        String category = user ? "Person" : entry.hasObjectClass("group") ? "Group" : "Container";
        entry.setAttribute(
                "objectCategory", "CN=" + category + ",CN=Schema,CN=Configuration," + InMemoryActiveDirectory.BASE);
        if (user) {
            Long control = entry.getAttributeValueAsLong("userAccountControl");
            long stored =
                    control == null ? NORMAL_ACCOUNT | PASSWORD_NOT_REQUIRED | DISABLED : control | NORMAL_ACCOUNT;
            entry.setAttribute("userAccountControl", Long.toString(stored));
            if (!entry.hasAttribute("pwdLastSet")) {
                entry.setAttribute("pwdLastSet", entry.hasAttribute("unicodePwd") ? fileTime(now) : "0");
            }
            if (!entry.hasAttribute("accountExpires")) {
                entry.setAttribute("accountExpires", Long.toString(Long.MAX_VALUE));
            }
            if (!entry.hasAttribute("sAMAccountName")) {
                entry.setAttribute(
                        "sAMAccountName", "$" + Long.toString(update, 36).toUpperCase(java.util.Locale.ROOT));
            }
        }
        if (entry.hasObjectClass("group") && !entry.hasAttribute("groupType")) {
            entry.setAttribute("groupType", "-2147483646");
        }
    }

    /** What every change moves along. */
    List<Modification> touched(List<Modification> made) {
        Instant now = clock.instant();
        List<Modification> touched = new ArrayList<>();
        touched.add(new Modification(ModificationType.REPLACE, "whenChanged", GENERALIZED_TIME.format(now)));
        touched.add(new Modification(ModificationType.REPLACE, "uSNChanged", Long.toString(updates.incrementAndGet())));
        if (modifies(made, "unicodePwd") && !modifies(made, "pwdLastSet")) {
            touched.add(new Modification(ModificationType.REPLACE, "pwdLastSet", fileTime(now)));
        }
        return touched;
    }

    private static boolean modifies(List<Modification> made, String attribute) {
        return made.stream()
                .anyMatch(modification -> modification.getAttributeName().equalsIgnoreCase(attribute));
    }

    /** Lets {@code name} and {@code distinguishedName} follow an entry, and those below it, to a new DN. */
    void renamed(InMemoryDirectoryServer server, @Nullable DN newDn) {
        if (newDn == null) {
            return;
        }
        try {
            for (SearchResultEntry entry : server.search(
                            newDn.toString(), SearchScope.SUB, Filter.createPresenceFilter("objectClass"), "1.1")
                    .getSearchEntries()) {
                server.modify(
                        entry.getDN(),
                        new Modification(ModificationType.REPLACE, "distinguishedName", entry.getDN()),
                        new Modification(
                                ModificationType.REPLACE, "name", entry.getRDN().getAttributeValues()[0]));
            }
        } catch (LDAPException e) {
            throw new IllegalStateException("the new name cannot be kept: " + e.getMessage(), e);
        }
    }

    private static void checkValues(@Nullable Schema schema, Attribute attribute) throws LDAPException {
        AttributeTypeDefinition type = schema == null ? null : schema.getAttributeType(attribute.getBaseName());
        if (type == null) {
            throw DomainCodes.unknownAttribute(attribute.getName());
        }
        int limit = AttributeLimits.of(attribute.getBaseName());
        for (String value : attribute.getValues()) {
            if (value.isEmpty()) {
                throw DomainCodes.empty(attribute.getName());
            }
            if (value.length() > limit) {
                throw DomainCodes.tooLong(attribute.getName(), limit);
            }
        }
    }

    private static void checkTargets(InMemoryDirectoryServer server, String name, String[] values)
            throws LDAPException {
        for (String value : values) {
            if (name.equalsIgnoreCase("manager") && server.getEntry(value) == null) {
                throw DomainCodes.missingTarget(name);
            }
            if (name.equalsIgnoreCase("member") && server.getEntry(value) == null) {
                throw DomainCodes.missingMember(value);
            }
        }
    }

    private static void checkMembers(Entry group, Modification modification) throws LDAPException {
        for (String member : modification.getValues()) {
            boolean present = group.hasAttributeValue(
                    "member", member, com.unboundid.ldap.matchingrules.DistinguishedNameMatchingRule.getInstance());
            if (modification.getModificationType().equals(ModificationType.ADD) && present) {
                throw DomainCodes.alreadyMember(member);
            }
            if (modification.getModificationType().equals(ModificationType.DELETE) && !present) {
                throw DomainCodes.notMember(member);
            }
        }
    }

    private static void checkNames(InMemoryDirectoryServer server, Entry entry, @Nullable Entry self)
            throws LDAPException {
        String account = entry.getAttributeValue("sAMAccountName");
        if (account != null) {
            if (account.chars().anyMatch(c -> c < 32 || FORBIDDEN_IN_ACCOUNT_NAME.indexOf(c) >= 0)
                    || account.endsWith(".")) {
                throw DomainCodes.badName("sAMAccountName holds a character that is not allowed");
            }
            if (entry.hasObjectClass("user") && account.length() > MAX_ACCOUNT_NAME) {
                throw DomainCodes.badName("sAMAccountName of a user has at most 20 characters");
            }
            if (isTaken(server, "sAMAccountName", account, self)) {
                throw DomainCodes.nameTaken(account);
            }
        }
        String principal = entry.getAttributeValue("userPrincipalName");
        if (principal != null && isTaken(server, "userPrincipalName", principal, self)) {
            throw DomainCodes.principalTaken(principal);
        }
    }

    private static boolean isTaken(InMemoryDirectoryServer server, String attribute, String value, @Nullable Entry self)
            throws LDAPException {
        Entry holder = find(server, Filter.createEqualityFilter(attribute, value));
        return holder != null && (self == null || !DN.equals(holder.getDN(), self.getDN()));
    }

    private static void checkEnabled(Entry entry) throws LDAPException {
        Long control = entry.getAttributeValueAsLong("userAccountControl");
        if (control != null
                && (control & (DISABLED | PASSWORD_NOT_REQUIRED)) == 0
                && !entry.hasAttribute("unicodePwd")) {
            throw DomainCodes.enabledWithoutPassword();
        }
    }

    private static @Nullable Entry find(InMemoryDirectoryServer server, Filter filter) throws LDAPException {
        return server.search(InMemoryActiveDirectory.BASE, SearchScope.SUB, filter).getSearchEntries().stream()
                .findFirst()
                .orElse(null);
    }

    private static byte[] guid(long update) {
        // A fixed stem and a running number: unlike any other, and the same in every run of a test.
        byte[] stem = "rollcall".getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(16).put(stem).putLong(update).array();
    }

    private static String fileTime(Instant now) {
        return Long.toString((now.getEpochSecond() + FILETIME_OF_1970) * 10_000_000L + now.getNano() / 100);
    }
}
