package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.provisioning.guardrail.Guardrails;
import dev.rollcall.provisioning.guardrail.Limit;
import dev.rollcall.provisioning.plan.Conflict;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.policy.Categories;
import dev.rollcall.provisioning.policy.Leavers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Over generated directories and lists: an account that must end, or that has our mark and no active record, is ended after a
 * run, was ended before it, or is named in a conflict.
 */
class EveryEndPropertyTest {
    private static final String MARK = "rollcall:hr";
    private static final String FORMER = "ou=former,dc=example,dc=test";
    private static final int RUNS = 40;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void nobody_who_must_end_is_passed_over(long seed) {
        for (int run = 0; run < RUNS; run++) {
            check(new Random(seed * 1000 + run), "seed " + seed + ", run " + run);
        }
    }

    private static void check(Random random, String name) {
        boolean mark = random.nextBoolean();
        boolean deletes = random.nextInt(3) == 0;
        try (Roll roll = new Roll()) {
            roll.entry("dn: " + FORMER, "objectClass: organizationalUnit", "ou: former");
            roll.directorySettings = builder -> (mark ? builder.mark("employeeType", MARK) : builder)
                    .filter("(title=staff)")
                    .protect("(l=keep)");
            roll.mapping =
                    Roll.mapping().match("mail", "${record.email | lower}").build();
            roll.sourceSettings = source -> source.active("(record.gone ?? false) == false")
                    .scope("(record.department ?? '') != 'Contractors' or record.sure == 'yes'");
            Leavers leavers = deletes ? Leavers.delete() : Leavers.disable();
            roll.policies = builder -> builder.leavers(leavers)
                    .categories(Categories.all())
                    .guardrails(Guardrails.defaults().maxDisableOrDelete(Limit.of(1000, 100)))
                    .allow("unlinkedEntries")
                    .allow("emptySource")
                    .allow("maxModify")
                    .allow("maxCreate")
                    .allow("maxKeyless")
                    .allow("maxAttributeChange")
                    .allow("vanishedColumn");
            Map<Integer, Boolean> mustEnd = generate(roll, random, mark);

            List<String> told;
            try (Plan plan = roll.plan()) {
                assertThat(plan.guardrails().passed()).as(name).isTrue();
                told = plan.conflicts().stream().map(Conflict::detail).toList();
            }
            roll.sync().close();
            for (SearchResultEntry entry : entries(roll)) {
                int id = Integer.parseInt(entry.getAttributeValue("description"));
                boolean usable = !entry.hasAttribute("pwdAccountLockedTime");
                if (mustEnd.get(id) && usable) {
                    assertThat(told)
                            .as("%s: %s", name, entry.toLDIFString())
                            .anyMatch(detail -> detail.contains(entry.getDN()));
                }
            }
        }
    }

    private static List<SearchResultEntry> entries(Roll roll) {
        try {
            return roll.server
                    .search("dc=example,dc=test", SearchScope.SUB, "(description=*)", "*", "+")
                    .getSearchEntries();
        } catch (com.unboundid.ldap.sdk.LDAPException failed) {
            throw new AssertionError(failed);
        }
    }

    /** By number: whether the account must end, whatever is in the way. */
    private static Map<Integer, Boolean> generate(Roll roll, Random random, boolean mark) {
        Map<Integer, Boolean> mustEnd = new HashMap<>();
        for (int id = 1; id <= 12; id++) {
            boolean keyed = random.nextInt(8) != 0;
            boolean marked = mark && random.nextInt(5) != 0;
            boolean outside = random.nextInt(6) == 0;
            boolean filtered = random.nextInt(6) != 0;
            List<String> lines = new ArrayList<>(List.of(
                    "dn: uid=p" + id + "," + (outside ? FORMER : Roll.PEOPLE),
                    "objectClass: inetOrgPerson",
                    "uid: p" + id,
                    "cn: p" + id,
                    "sn: p" + id,
                    "description: " + id,
                    "title: " + (filtered ? "staff" : "other"),
                    "mail: p" + id + "@example.test"));
            if (keyed) {
                lines.add("employeeNumber: " + id);
            }
            if (marked) {
                lines.add("employeeType: " + (random.nextInt(3) == 0 ? MARK + ";disabled=2026-01-01" : MARK));
            } else if (mark && random.nextInt(3) == 0) {
                lines.add("employeeType: rollcall:crm");
            }
            if (random.nextInt(6) == 0) {
                lines.add("pwdAccountLockedTime: 000001010000Z");
            }
            if (random.nextInt(8) == 0) {
                lines.add("l: keep");
            }
            roll.entry(lines.toArray(String[]::new));
            if (random.nextInt(10) == 0) {
                roll.entry("dn: cn=phone," + lines.get(0).substring(4), "objectClass: device", "cn: phone");
            }
            mustEnd.put(id, record(roll, random, id, keyed, marked, !outside && filtered, mark, lines));
        }
        return mustEnd;
    }

    private static boolean record(
            Roll roll,
            Random random,
            int id,
            boolean keyed,
            boolean marked,
            boolean managed,
            boolean mark,
            List<String> lines) {
        UserRecord active = Roll.record(id, "P", "p" + id).with("email", Value.of("p" + id + "@example.test"));
        UserRecord gone = active.with("gone", Value.of(true));
        boolean others = lines.contains("employeeType: rollcall:crm");
        switch (random.nextInt(8)) {
            case 0 -> {
                roll.records.add(gone);
                return keyed && !others;
            }
            case 1 -> {
                roll.records.add(gone);
                roll.records.add(gone.with("first", Value.of("Q")));
                return keyed && !others;
            }
            case 2 -> {
                roll.records.add(gone.with("department", Value.of("Contractors")));
                return keyed && !others;
            }
            case 3 -> {
                roll.records.add(gone.faulty("details: 503").with("gone", Value.of(true)));
                return keyed && !others;
            }
            case 4 -> {
                return marked || (!mark && keyed && managed && !others);
            }
            default -> {
                roll.records.add(active);
                return false;
            }
        }
    }
}
