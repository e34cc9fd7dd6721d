package dev.rollcall.benchmarks;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one would write by hand for this one source and this one directory: no retries, no checks, no plan. It reads
 * both sides, adds who is missing, modifies who differs, disables who is gone, one call at a time.
 */
final class MinimalSync {
    private static final String[] ATTRIBUTES = {
        "employeeNumber",
        "uid",
        "cn",
        "sn",
        "givenName",
        "mail",
        "departmentNumber",
        "title",
        "telephoneNumber",
        "pwdAccountLockedTime"
    };

    private MinimalSync() {}

    static Counts run(Settings settings) throws IOException, InterruptedException, LDAPException {
        try (LDAPConnection directory =
                new LDAPConnection(settings.host(), settings.port(), settings.bindDn(), settings.password())) {
            Map<String, SearchResultEntry> entries = read(directory, settings.base());
            Counts counts = new Counts();
            People.<LDAPException>each(
                    settings.source(),
                    wanted -> write(
                            directory, settings.base(), wanted, entries.remove(wanted.get("employeeNumber")), counts));
            for (SearchResultEntry gone : entries.values()) {
                if (!gone.hasAttribute("pwdAccountLockedTime")) {
                    directory.modify(
                            gone.getDN(),
                            new Modification(ModificationType.ADD, "pwdAccountLockedTime", "000001010000Z"));
                    counts.disabled++;
                }
            }
            return counts;
        }
    }

    private static Map<String, SearchResultEntry> read(LDAPConnection directory, String base) throws LDAPException {
        Map<String, SearchResultEntry> entries = new HashMap<>();
        SearchRequest request = new SearchRequest(base, SearchScope.SUB, "(objectClass=inetOrgPerson)", ATTRIBUTES);
        @Nullable ASN1OctetString cookie = null;
        do {
            request.setControls(new SimplePagedResultsControl(1000, cookie));
            SearchResult result = directory.search(request);
            for (SearchResultEntry entry : result.getSearchEntries()) {
                entries.put(entry.getAttributeValue("employeeNumber"), entry);
            }
            SimplePagedResultsControl answer = SimplePagedResultsControl.get(result);
            cookie = answer != null && answer.moreResultsToReturn() ? answer.getCookie() : null;
        } while (cookie != null);
        return entries;
    }

    private static void write(
            LDAPConnection directory,
            String base,
            Map<String, String> wanted,
            @Nullable SearchResultEntry entry,
            Counts counts)
            throws LDAPException {
        if (entry == null) {
            List<Attribute> attributes = new ArrayList<>();
            attributes.add(new Attribute("objectClass", "top", "person", "organizationalPerson", "inetOrgPerson"));
            wanted.forEach((name, value) -> attributes.add(new Attribute(name, value)));
            directory.add("uid=" + wanted.get("uid") + "," + base, attributes);
            counts.added++;
            return;
        }
        List<Modification> modifications = new ArrayList<>();
        wanted.forEach((name, value) -> {
            if (!value.equals(entry.getAttributeValue(name))) {
                modifications.add(new Modification(ModificationType.REPLACE, name, value));
            }
        });
        if (!modifications.isEmpty()) {
            directory.modify(entry.getDN(), modifications);
            counts.modified++;
        }
    }
}
