package dev.rollcall.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
            HttpClient client = HttpClient.newHttpClient();
            ObjectMapper json = new ObjectMapper();
            String url = settings.source();
            while (!url.isEmpty()) {
                HttpResponse<byte[]> response = client.send(
                        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
                JsonNode page = json.readTree(response.body());
                for (JsonNode user : page.get("data")) {
                    write(
                            directory,
                            settings.base(),
                            user,
                            entries.remove(user.get("id").asText()),
                            counts);
                }
                url = page.get("next").isNull()
                        ? ""
                        : settings.source() + "?cursor=" + page.get("next").asText();
            }
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
            LDAPConnection directory, String base, JsonNode user, @Nullable SearchResultEntry entry, Counts counts)
            throws LDAPException {
        Map<String, String> wanted = new LinkedHashMap<>();
        wanted.put("employeeNumber", user.get("id").asText());
        wanted.put("uid", user.get("login").asText());
        wanted.put(
                "cn",
                user.get("first_name").asText() + " " + user.get("last_name").asText());
        wanted.put("sn", user.get("last_name").asText());
        wanted.put("givenName", user.get("first_name").asText());
        wanted.put("mail", user.get("email").asText().toLowerCase(Locale.ROOT));
        wanted.put("departmentNumber", user.get("department").asText());
        wanted.put("title", user.get("title").asText());
        wanted.put("telephoneNumber", user.get("phone").asText());
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
