package dev.rollcall.integration.lifecycle;

import static dev.rollcall.mapping.AttributeRule.reference;
import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.AttributeRule;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.mapping.MappingBuilder;
import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.ReconcilerBuilder;
import dev.rollcall.provisioning.directory.AccountState;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.directory.DirectoryBuilder;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.policy.Categories;
import dev.rollcall.provisioning.policy.Leavers;
import dev.rollcall.provisioning.policy.PasswordDelivery;
import dev.rollcall.provisioning.policy.PasswordPolicy;
import dev.rollcall.provisioning.source.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A firm's people, as its HR application lists them, and their accounts. Not thread-safe: for one thread at a time. */
final class Firm implements AutoCloseable {
    final Ground ground;
    final String base;
    private final int number;
    private final DirectoryBuilder builder;
    private @Nullable Directory directory;
    final List<String> places = new ArrayList<>();
    final Map<String, Map<String, Object>> people = new LinkedHashMap<>();

    UnaryOperator<MappingBuilder> rules = mapping -> mapping;
    UnaryOperator<ReconcilerBuilder> policies = policy -> policy;
    Optional<AttributeRule> account = Optional.empty();
    Leavers leavers = Leavers.disable();
    boolean linksByMail = true;
    boolean passwords = true;

    Firm(Ground ground, int number, String base, DirectoryBuilder builder) {
        this.ground = ground;
        this.number = number;
        this.base = base;
        this.places.add(base);
        this.builder = builder.mark("employeeType", "rollcall:firm" + number);
    }

    Directory directory() {
        if (directory == null) {
            directory = builder.build();
        }
        return directory;
    }

    /** Changes the directory's settings before the first run. */
    void directory(Consumer<DirectoryBuilder> settings) {
        settings.accept(builder);
    }

    Mapping mapping() {
        MappingBuilder mapping = Mapping.builder()
                .key("id", "employeeNumber")
                .dn("cn=${cn},ou=${record.site}," + base)
                .attribute("cn", "${record.name}")
                .attribute("sn", "S${record.id}")
                .attribute("title", "${record.title}")
                .attribute("mail", "${record.mail}")
                .attribute("manager", reference("${record.manager}"));
        if (linksByMail) {
            mapping.match("mail", "${record.mail}");
        }
        if (ground.isActiveDirectory()) {
            mapping.objectClasses("top", "person", "organizationalPerson", "user")
                    .attribute("sAMAccountName", account.orElse(AttributeRule.format("f" + number + "u${record.id}")));
        } else {
            mapping.objectClasses("top", "person", "organizationalPerson", "inetOrgPerson");
        }
        return rules.apply(mapping).build();
    }

    Firm hire(String id, String name, String site, String... more) {
        Map<String, Object> record = new TreeMap<>(Map.of("id", id, "name", name, "site", site));
        for (int i = 0; i < more.length; i += 2) {
            record.put(more[i], more[i + 1]);
        }
        people.put(id, record);
        return this;
    }

    Firm dismiss(String id) {
        people.remove(id);
        return this;
    }

    Firm edit(String id, String... columns) {
        for (int i = 0; i < columns.length; i += 2) {
            people.get(id).put(columns[i], columns[i + 1]);
        }
        return this;
    }

    /** Somebody whom an administrator made by hand; in Active Directory with an account that can be used. */
    void addByHand(String name, String site, String... attributes) throws Exception {
        List<String> lines = new ArrayList<>(List.of(
                "dn: cn=" + name + ",ou=" + site + "," + base,
                "objectClass: top",
                "objectClass: person",
                "objectClass: organizationalPerson",
                "objectClass: " + (ground.isActiveDirectory() ? "user" : "inetOrgPerson"),
                "cn: " + name));
        lines.addAll(Arrays.asList(attributes));
        if (lines.stream().noneMatch(line -> line.startsWith("sn:"))) {
            lines.add("sn: Hand");
        }
        if (ground.isActiveDirectory()) {
            lines.add("userAccountControl: 544");
        }
        ground.raw.add(lines.toArray(new String[0]));
    }

    String addGroup(String name) throws Exception {
        String warden = "cn=warden of " + name + number + "," + ground.top;
        String group = "cn=" + name + number + "," + ground.top;
        places.add(group);
        if (ground.isActiveDirectory()) {
            ground.raw.add("dn: " + group, "objectClass: group", "cn: " + name + number);
        } else {
            places.add(warden);
            ground.raw.add("dn: " + warden, "objectClass: person", "cn: warden of " + name + number, "sn: Warden");
            ground.raw.add("dn: " + group, "objectClass: groupOfNames", "cn: " + name + number, "member: " + warden);
        }
        return group;
    }

    Reconciler reconciler() {
        List<UserRecord> records = people.values().stream().map(UserRecord::of).toList();
        ReconcilerBuilder reconciler = Reconciler.builder(Source.of(records), mapping(), directory())
                .leavers(leavers)
                .categories(Categories.all());
        if (passwords) {
            reconciler.passwords(
                    PasswordPolicy.generate(20, PasswordDelivery.discard()).forceChange(false));
        }
        for (String guardrail : List.of("maxModify", "maxAttributeChange", "maxDisableOrDelete", "maxCreate")) {
            reconciler.allow(guardrail);
        }
        return policies.apply(reconciler).build();
    }

    /** Runs, and once more to see that nothing is left to do. */
    void runs(String expected) {
        Reconciler reconciler = reconciler();
        try (Plan plan = reconciler.plan()) {
            assertThat(plan.conflicts()).isEmpty();
            assertThat(plan.counts()).as(() -> changes(plan).toString()).hasToString(expected);
            Outcomes outcomes = reconciler.apply(plan);
            assertThat(outcomes.failures()).isEmpty();
            assertThat(outcomes.counts()).isEqualTo(plan.counts());
            assertThat(outcomes.isComplete()).isTrue();
            assertThat(outcomes.normalized()).isEmpty();
        }
        hasNothingToDo();
    }

    void hasNothingToDo() {
        try (Plan again = reconciler().plan()) {
            assertThat(changes(again)).isEmpty();
            assertThat(again.conflicts()).isEmpty();
        }
    }

    static List<Change> changes(Plan plan) {
        try (Stream<Change> changes = plan.changes()) {
            return changes.toList();
        }
    }

    AccountState state(String key) throws Exception {
        return directory().state(entry(key));
    }

    /** The key of somebody's manager, found by following the DN. */
    String managerOf(String key) throws Exception {
        String manager = entry(key).getAttributeValue("manager");
        assertThat(manager).as("the manager of " + key).isNotNull();
        ReadOnlyEntry found = ground.raw.getEntry(manager, "employeeNumber");
        assertThat(found).as("the manager of " + key + ", " + manager).isNotNull();
        return found.getAttributeValue("employeeNumber");
    }

    DN dn(String key) throws Exception {
        return entry(key).getParsedDN();
    }

    /** The RDN's value and the organizational unit. */
    String place(String key) throws Exception {
        DN dn = dn(key);
        return dn.getRDN().getAttributeValues()[0] + " in "
                + dn.getParent().getRDN().getAttributeValues()[0];
    }

    /** What everybody is known by whatever their name. */
    Map<String, String> ids() throws Exception {
        Map<String, String> ids = new TreeMap<>();
        for (SearchResultEntry entry : ground.raw
                .search(
                        base,
                        SearchScope.SUB,
                        "(employeeNumber=*)",
                        "employeeNumber",
                        "objectGUID",
                        "entryUUID",
                        "nsUniqueId")
                .getSearchEntries()) {
            assertThat(ids.put(
                            entry.getAttributeValue("employeeNumber"),
                            directory().id(entry)))
                    .as("somebody else with this key")
                    .isNull();
        }
        return ids;
    }

    List<String> members(String group) throws Exception {
        String[] members = ground.raw.getEntry(group, "member").getAttributeValues("member");
        List<String> keys = new ArrayList<>();
        for (String member : members == null ? new String[0] : members) {
            ReadOnlyEntry entry = ground.raw.getEntry(member, "employeeNumber");
            assertThat(entry).as("the member " + member).isNotNull();
            String key = entry.getAttributeValue("employeeNumber");
            if (key != null) {
                keys.add(key);
            }
        }
        return keys.stream().sorted().toList();
    }

    SearchResultEntry entry(String key) throws Exception {
        SearchResultEntry entry = ground.raw.searchForEntry(
                ground.top,
                SearchScope.SUB,
                "(&(employeeNumber=" + key + ")(employeeType=rollcall:firm" + number + "*))",
                "*",
                "entryUUID",
                "nsUniqueId",
                "pwdAccountLockedTime",
                "nsAccountLock");
        assertThat(entry).as("the entry of " + key).isNotNull();
        return entry;
    }

    /** Does something that a pool cannot. */
    void byHand(String from, String rdn, String parent) throws Exception {
        try (LDAPConnection connection = ground.raw.getConnection()) {
            connection.modifyDN(from, rdn, true, parent);
        }
    }

    @Override
    public void close() throws LDAPException {
        if (directory != null) {
            directory.close();
        }
        ground.clear(this);
    }
}
