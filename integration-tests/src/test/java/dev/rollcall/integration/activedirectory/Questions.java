package dev.rollcall.integration.activedirectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import java.nio.charset.StandardCharsets;

/** What tests ask of a domain, in a unit of their own. Not thread-safe: for one thread at a time. */
class Questions {
    /** An LDAP operation. */
    @FunctionalInterface
    interface Operation {
        void run() throws LDAPException;
    }

    private Domain domain;
    private int count;

    void begin(Domain started) throws LDAPException {
        domain = started;
        add(new Entry(unit(), new Attribute("objectClass", "organizationalUnit")));
    }

    void end() {
        if (domain != null) {
            domain.close();
        }
    }

    Domain domain() {
        return domain;
    }

    String unit() {
        return "OU=answers," + domain.base();
    }

    /** A name that no other entry of this domain has. */
    String newName() {
        return "answer" + ++count;
    }

    String dn(String name) {
        return "CN=" + name + "," + unit();
    }

    Entry user(String name, Attribute... more) {
        Entry user = new Entry(dn(name), new Attribute("objectClass", "user"), new Attribute("sAMAccountName", name));
        for (Attribute attribute : more) {
            user.setAttribute(attribute);
        }
        return user;
    }

    /** The DN of a new user. */
    String addedUser(Attribute... more) throws LDAPException {
        return add(user(newName(), more));
    }

    /** The DN of a new group. */
    String addedGroup(String... members) throws LDAPException {
        String name = newName();
        Entry group = new Entry(dn(name), new Attribute("objectClass", "group"), new Attribute("sAMAccountName", name));
        if (members.length > 0) {
            group.addAttribute("member", members);
        }
        return add(group);
    }

    String add(Entry entry) throws LDAPException {
        domain.pool().add(entry);
        return entry.getDN();
    }

    void modify(String dn, ModificationType type, String attribute, String... values) throws LDAPException {
        domain.pool().modify(dn, new Modification(type, attribute, values));
    }

    static Attribute password(String text) {
        return new Attribute("unicodePwd", new ASN1OctetString(text.getBytes(StandardCharsets.UTF_16LE)));
    }

    static Modification newPassword(String text) {
        return new Modification(ModificationType.REPLACE, "unicodePwd", text.getBytes(StandardCharsets.UTF_16LE));
    }

    String value(String dn, String attribute) throws LDAPException {
        return domain.pool().getEntry(dn, attribute).getAttributeValue(attribute);
    }

    static LDAPException refusalOf(Operation operation) {
        LDAPException refusal = catchThrowableOfType(LDAPException.class, operation::run);
        assertThat(refusal).as("the domain should refuse").isNotNull();
        return refusal;
    }

    static int codeOf(Operation operation) {
        return refusalOf(operation).getResultCode().intValue();
    }
}
