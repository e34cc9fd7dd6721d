package dev.rollcall.integration.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An administrator who renames entries and gives their names away, protects them, marks them, moves or deletes them while a
 * run is at work, and who remembers what each of them was like then. Not thread-safe: for one thread at a time.
 */
final class Meddler {
    private static final List<String> WATCHED = List.of(
            "cn",
            "sn",
            "title",
            "mail",
            "employeeNumber",
            "employeeType",
            "description",
            "userAccountControl",
            "pwdAccountLockedTime",
            "nsAccountLock",
            "businessCategory");

    private final Firm firm;
    private final String group;
    private final Random random;
    private final List<String> left = new ArrayList<>(List.of("1", "2", "3", "4", "5", "6", "7", "8"));

    /** By id, what a watched entry was like. */
    private final Map<String, String> watched = new LinkedHashMap<>();

    /** By id, the watched entries that are in the group by other ways than ours. */
    private final List<String> members = new ArrayList<>();

    private int count;

    Meddler(Firm firm, String group, Random random) {
        this.firm = firm;
        this.group = group;
        this.random = random;
    }

    /** Does something to one of those who were left alone so far, or nothing. */
    void perhaps() throws Exception {
        if (random.nextInt(3) == 0 || left.isEmpty()) {
            return;
        }
        String key = left.remove(random.nextInt(left.size()));
        SearchResultEntry entry = find("(employeeNumber=" + key + ")");
        if (entry == null) {
            return;
        }
        String dn = entry.getDN();
        switch (random.nextInt(6)) {
            case 0 -> giveNameAway(entry);
            case 1 -> firm.ground.raw.modify(dn, new Modification(ModificationType.ADD, "description", "keep"));
            case 2 ->
                firm.ground.raw.modify(
                        dn, new Modification(ModificationType.REPLACE, "employeeType", "rollcall:other"));
            case 3 ->
                firm.ground.raw.modify(dn, new Modification(ModificationType.REPLACE, "employeeNumber", "x" + key));
            case 4 -> {
                String rdn = "cn=moved " + firm.base.substring(3, firm.base.indexOf(',')) + " " + key;
                firm.byHand(dn, rdn, firm.ground.top);
                firm.places.add(rdn + "," + firm.ground.top);
            }
            default -> {
                firm.ground.raw.delete(dn);
                return;
            }
        }
        watch(firm.directory().id(entry));
    }

    private void giveNameAway(SearchResultEntry entry) throws Exception {
        DN dn = entry.getParsedDN();
        firm.byHand(dn.toString(), "cn=renamed" + count, dn.getParent().toString());
        List<String> lines = new ArrayList<>(List.of(
                "dn: " + dn,
                "objectClass: top",
                "objectClass: person",
                "objectClass: organizationalPerson",
                "objectClass: " + (firm.ground.isActiveDirectory() ? "user" : "inetOrgPerson"),
                "cn: " + dn.getRDN().getAttributeValues()[0],
                "sn: Somebody Else",
                "title: T",
                "employeeNumber: s" + count++));
        firm.ground.raw.add(lines.toArray(new String[0]));
        SearchResultEntry other = firm.ground.raw.getEntry(dn.toString(), "*", "entryUUID", "nsUniqueId");
        watch(firm.directory().id(other));
    }

    private void watch(String id) throws Exception {
        watched.put(id, seen(id));
        if (isMember(id)) {
            members.add(id);
        }
    }

    void nobodyWasWritten(String as) throws Exception {
        for (Map.Entry<String, String> one : watched.entrySet()) {
            assertThat(seen(one.getKey())).as(as).isEqualTo(one.getValue());
            if (!members.contains(one.getKey()) && one.getValue().contains("Somebody Else")) {
                assertThat(isMember(one.getKey())).as("a member; " + as).isFalse();
            }
        }
    }

    /** Entries that were moved out of the firm are in the way of the next one. */
    void cleanUp() throws Exception {
        firm.places.removeIf(place -> {
            try {
                return firm.ground.raw.getEntry(place, "1.1") == null;
            } catch (com.unboundid.ldap.sdk.LDAPException failed) {
                throw new AssertionError(failed);
            }
        });
    }

    private boolean isMember(String id) throws Exception {
        SearchResultEntry entry = byId(id);
        String[] values = firm.ground.raw.getEntry(group, "member").getAttributeValues("member");
        for (String value : entry == null || values == null ? new String[0] : values) {
            if (new DN(value).equals(entry.getParsedDN())) {
                return true;
            }
        }
        return false;
    }

    private String seen(String id) throws Exception {
        SearchResultEntry entry = byId(id);
        if (entry == null) {
            return "gone";
        }
        Map<String, TreeSet<String>> values = new TreeMap<>();
        for (String name : WATCHED) {
            String[] present = entry.getAttributeValues(name);
            values.put(name, new TreeSet<>(Arrays.asList(present == null ? new String[0] : present)));
        }
        return entry.getParsedDN().toNormalizedString() + values;
    }

    private @Nullable SearchResultEntry byId(String id) throws Exception {
        return firm.directory().findByIds(List.of(id), java.util.Set.of()).stream()
                .findFirst()
                .map(entry -> {
                    try {
                        List<String> names = new ArrayList<>(WATCHED);
                        return firm.ground.raw.getEntry(entry.getDN(), names.toArray(new String[0]));
                    } catch (com.unboundid.ldap.sdk.LDAPException failed) {
                        throw new AssertionError(failed);
                    }
                })
                .orElse(null);
    }

    private @Nullable SearchResultEntry find(String filter) throws Exception {
        return firm.ground.raw.searchForEntry(
                firm.base, SearchScope.SUB, filter, "*", "objectGUID", "entryUUID", "nsUniqueId");
    }
}
