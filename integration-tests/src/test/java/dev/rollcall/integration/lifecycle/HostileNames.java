package dev.rollcall.integration.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldif.LDIFChangeRecord;
import com.unboundid.ldif.LDIFReader;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.policy.Enabling;
import dev.rollcall.provisioning.report.PlanLdif;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Names that mean something to DNs, filters, LDIF or a terminal, through all of these and back. */
interface HostileNames {
    List<String> NAMES = List.of(
            "O'Brien, \"Bob\" + <b>; = \\",
            "*)(uid=*",
            "cn=admin,dc=example,dc=test",
            "#hash",
            "a # in the middle",
            "\u202eright to left\u202c",
            "\u200fmark",
            "party \ud83c\udf89",
            "\u738b\u5c0f\u660e",
            "Za\u0308hler",
            "back\\slash\\2c",
            ": colon",
            "<file:///etc/passwd",
            "slash / and / slash",
            "\u00e9\u00e8\u00ea \u00df \u0131 \u0130");

    Firm firm() throws Exception;

    @Test
    default void names_full_of_special_characters_come_and_stay() throws Exception {
        try (Firm firm = firm()) {
            for (int i = 0; i < NAMES.size(); i++) {
                firm.hire("1" + i, NAMES.get(i), "north", "title", NAMES.get(i), "manager", i == 0 ? "11" : "10");
            }
            firm.runs("create " + NAMES.size());
            for (int i = 0; i < NAMES.size(); i++) {
                String name = NAMES.get(i);
                assertThat(firm.place("1" + i)).isEqualTo(name + " in north");
                assertThat(firm.entry("1" + i).getAttributeValue("title")).isEqualTo(name);
                assertThat(firm.directory().findByKeys("cn", List.of(name), Set.of("employeeNumber")))
                        .singleElement()
                        .satisfies(found -> assertThat(found.getAttributeValue("employeeNumber"))
                                .startsWith("1"));
                assertThat(firm.managerOf("1" + i)).isEqualTo(i == 0 ? "11" : "10");
            }
            // Everybody gets the name of the next, in one ring.
            for (int i = 0; i < NAMES.size(); i++) {
                firm.edit("1" + i, "name", NAMES.get((i + 1) % NAMES.size()));
            }
            firm.runs("rename " + NAMES.size());
            assertThat(firm.place("10")).isEqualTo(NAMES.get(1) + " in north");
            assertThat(firm.managerOf("12")).isEqualTo("10");
        }
    }

    @Test
    default void names_that_no_directory_should_hold_harm_nobody_else() throws Exception {
        try (Firm firm = firm()) {
            List<String> names =
                    List.of("nul\u0000byte", "line\nbreak", "carriage\rreturn\r\n", "x".repeat(300), "tab\tbed");
            for (int i = 0; i < names.size(); i++) {
                firm.hire("1" + i, names.get(i), "north", "title", names.get(i));
            }
            firm.hire("2", "Ada", "north").hire("3", "  spaces  around  ", "north");
            int made;
            try (Plan plan = firm.reconciler().plan()) {
                made = firm.reconciler().apply(plan).counts().of(dev.rollcall.provisioning.plan.ChangeKind.CREATE);
            }
            assertThat(firm.ids()).hasSize(made).containsKeys("2", "3");
            for (String key : firm.ids().keySet()) {
                if (key.startsWith("1")) {
                    String name = names.get(Integer.parseInt(key.substring(1)));
                    assertThat(firm.ground
                                    .raw
                                    .search(firm.base, SearchScope.SUB, Filter.createEqualityFilter("title", name))
                                    .getSearchEntries())
                            .as("the entry of " + key)
                            .hasSize(1);
                }
            }
            // What was made stays as it is; what was refused is refused again, and nothing else happens.
            try (Plan again = firm.reconciler().plan()) {
                assertThat(firm.reconciler().apply(again).counts())
                        .as(() -> Firm.changes(again).toString())
                        .hasToString("nothing");
            }
            assertThat(firm.ids()).hasSize(made);
        }
    }

    @Test
    default void a_plan_as_ldif_does_what_the_plan_does() throws Exception {
        try (Firm firm = firm()) {
            firm.policies = policy -> policy.enable(Enabling.NEVER);
            for (int i = 0; i < NAMES.size(); i++) {
                firm.hire("1" + i, NAMES.get(i), "north", "title", NAMES.get(i));
            }
            asLdif(firm);
            firm.hasNothingToDo();

            for (int i = 0; i < NAMES.size(); i++) {
                firm.edit("1" + i, "title", "Ms " + NAMES.get(i), "manager", i == 0 ? "11" : "10");
            }
            firm.edit("11", "name", "O'Neil, \"Rob\" + <i>; = \\").edit("12", "site", "south");
            asLdif(firm);
            firm.hasNothingToDo();
        }
    }

    private static void asLdif(Firm firm) throws Exception {
        ByteArrayOutputStream ldif = new ByteArrayOutputStream();
        try (Plan plan = firm.reconciler().plan()) {
            assertThat(plan.isEmpty()).isFalse();
            PlanLdif.of(plan).write(ldif);
        }
        try (LDIFReader reader = new LDIFReader(new ByteArrayInputStream(ldif.toByteArray()))) {
            for (LDIFChangeRecord record = reader.readChangeRecord();
                    record != null;
                    record = reader.readChangeRecord()) {
                record.processChange(firm.ground.raw);
            }
        }
    }
}
