package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.DN;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.policy.Categories;
import dev.rollcall.provisioning.policy.Leavers;
import dev.rollcall.provisioning.source.DirectorySource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attributes by their other names and their OIDs, at a server that knows the first names alone. */
class OtherNamesOfAttributesTest {
    private static final String GONE = "ou=gone,dc=example,dc=test";

    private final Roll roll = new Roll();

    @AfterEach
    void close() {
        roll.close();
    }

    private UserRecord record(String... columns) {
        try (PageIterator<UserRecord> pages =
                DirectorySource.of(roll.directory(), List.of(columns)).fetchUsers(UserQuery.all())) {
            return pages.next().items().get(0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sn, Byron",
        "surname, Byron",
        "2.5.4.4, Byron",
        "SURNAME, Byron",
        "fax, +44 1",
        "userid, ada",
        "commonName, ada"
    })
    void a_column_of_the_directory_has_the_value_of_the_attribute(String column, String value) {
        roll.account("ada", "facsimileTelephoneNumber: +44 1")
                .modify("dn: uid=ada," + Roll.PEOPLE, "changetype: modify", "replace: sn", "sn: Byron");

        assertThat(record(column).fields().get(column).toString()).contains(value);
    }

    @Test
    void one_attribute_may_be_a_column_under_two_names() {
        roll.account("ada");

        UserRecord ada = record("sn", "surname", "title", "dn");

        assertThat(ada.fields().get("sn").toString()).contains("ada");
        assertThat(ada.fields().get("surname")).isEqualTo(ada.fields().get("sn"));
        assertThat(ada.fields().get("title").isEmpty()).isTrue();
        assertThat(ada.fields().get("dn").toString()).contains("uid=ada");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"organizationalUnitName=gone,dc=example,dc=test", "2.5.4.11=gone,dc=example,domainComponent=test"
            })
    void leavers_are_moved_to_a_container_by_the_names_of_the_server(String container) {
        roll.entry("dn: " + GONE, "objectClass: organizationalUnit", "ou: gone");
        roll.people(4);
        roll.policies = builder -> builder.categories(Categories.all())
                .leavers(Leavers.disableAndMove(container))
                .allow("maxDisableOrDelete")
                .allow("maxModify");
        roll.sync();
        roll.without(1);

        try (Plan plan = roll.plan()) {
            assertThat(Roll.conflicts(plan)).isEmpty();
            assertThat(Roll.changes(plan))
                    .containsExactly("disable 1 uid=flast1", "move 1 uid=flast1 -> uid=flast1," + GONE);
        }
        assertThat(roll.sync().failures()).isEmpty();
        assertThat(roll.read("uid=flast1," + GONE)).isNotNull();
        try (Plan again = roll.plan()) {
            assertThat(again.isEmpty()).isTrue();
        }
    }

    @Test
    void the_filter_is_sent_by_the_names_of_the_server() {
        roll.account("ada");
        roll.directorySettings = builder -> builder.filter("(&(objectClass=inetOrgPerson)(surname=ada))");

        assertThat(record("uid").fields().get("uid").toString()).contains("ada");
    }

    @Test
    void holders_and_keys_are_found_by_any_name() throws Exception {
        roll.account("ada");
        DN ada = new DN("uid=ada," + Roll.PEOPLE);

        assertThat(roll.directory().holders("surname", List.of("ada")).get("ada"))
                .containsExactly(ada);
        assertThat(roll.directory().findByKeys("2.5.4.4", List.of("ada"), Set.of("sn")))
                .hasSize(1);
        assertThat(roll.directory().knownName("2.5.4.4;lang-en")).isEqualTo("sn;lang-en");
    }
}
