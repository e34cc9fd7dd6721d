package dev.rollcall.provisioning.internal.apply;

import static dev.rollcall.provisioning.internal.apply.InMemoryPeople.change;
import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedModifyRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import dev.rollcall.provisioning.plan.Outcomes;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Values that the server keeps unique, of several attributes, change hands within one run. */
class SwappedValuesTest {
    private final InMemoryPeople people = new InMemoryPeople(new UniqueValues());

    /** Refuses a value of these attributes that another entry has. */
    private final class UniqueValues extends InMemoryOperationInterceptor {
        private static final Set<String> UNIQUE = Set.of("sn", "mail", "displayname");

        @Override
        public void processModifyRequest(InMemoryInterceptedModifyRequest request) throws LDAPException {
            String dn = request.getRequest().getDN();
            for (Modification each : request.getRequest().getModifications()) {
                for (String value : each.getValues()) {
                    boolean written = !each.getModificationType().equals(ModificationType.DELETE);
                    if (written
                            && UNIQUE.contains(each.getAttributeName().toLowerCase(Locale.ROOT))
                            && isHeld(each.getAttributeName(), value, dn)) {
                        throw new LDAPException(ResultCode.CONSTRAINT_VIOLATION, value + " is taken");
                    }
                }
            }
        }

        private boolean isHeld(String attribute, String value, String dn) throws LDAPException {
            return people
                    .server
                    .search(InMemoryPeople.PEOPLE, SearchScope.ONE, Filter.createEqualityFilter(attribute, value))
                    .getSearchEntries()
                    .stream()
                    .anyMatch(entry -> !entry.getDN().equalsIgnoreCase(dn));
        }
    }

    @AfterEach
    void stop() {
        people.close();
    }

    private void person(String uid, String values) {
        people.person(uid, "mail: " + values + "@example.test", "displayName: " + values);
    }

    private String values(String uid) {
        return people.read(uid).getAttributeValue("sn") + " "
                + people.read(uid).getAttributeValue("mail") + " "
                + people.read(uid).getAttributeValue("displayName");
    }

    @Nested
    class two_people {
        @Test
        void swap_values_of_two_attributes() {
            person("ada", "a");
            person("bob", "b");

            Outcomes outcomes = people.apply(
                    people.modify(
                            "ada", change("mail", "a@example.test", "b@example.test"), change("displayName", "a", "b")),
                    people.modify(
                            "bob",
                            change("mail", "b@example.test", "a@example.test"),
                            change("displayName", "b", "a")));

            assertThat(outcomes.failures()).isEmpty();
            assertThat(values("ada")).isEqualTo("ada b@example.test b");
            assertThat(values("bob")).isEqualTo("bob a@example.test a");
        }

        @Test
        void swap_one_that_they_must_have_and_one_that_they_may_have() {
            person("ada", "a");
            person("bob", "b");

            Outcomes outcomes = people.apply(
                    people.modify(
                            "ada", change("sn", "ada", "bob"), change("mail", "a@example.test", "b@example.test")),
                    people.modify(
                            "bob", change("sn", "bob", "ada"), change("mail", "b@example.test", "a@example.test")));

            assertThat(outcomes.failures()).isEmpty();
            assertThat(values("ada")).isEqualTo("bob b@example.test a");
            assertThat(values("bob")).isEqualTo("ada a@example.test b");
        }

        @Test
        void who_cannot_swap_keep_what_they_have() {
            person("ada", "a");
            person("bob", "b");
            person("cy", "c");

            Outcomes outcomes = people.apply(
                    people.modify("ada", change("sn", "ada", "cy"), change("mail", "a@example.test", "b@example.test")),
                    people.modify(
                            "bob", change("sn", "bob", "cy"), change("mail", "b@example.test", "a@example.test")));

            assertThat(outcomes.failures()).hasSize(2);
            assertThat(values("ada")).isEqualTo("ada a@example.test a");
            assertThat(values("bob")).isEqualTo("bob b@example.test b");
        }
    }

    @Test
    void three_people_pass_three_values_on_in_a_cycle() {
        person("ada", "a");
        person("bob", "b");
        person("cy", "c");

        Outcomes outcomes = people.apply(
                people.modify(
                        "ada",
                        change("sn", "ada", "bob"),
                        change("mail", "a@example.test", "b@example.test"),
                        change("displayName", "a", "b")),
                people.modify(
                        "bob",
                        change("sn", "bob", "cy"),
                        change("mail", "b@example.test", "c@example.test"),
                        change("displayName", "b", "c")),
                people.modify(
                        "cy",
                        change("sn", "cy", "ada"),
                        change("mail", "c@example.test", "a@example.test"),
                        change("displayName", "c", "a")));

        assertThat(outcomes.failures()).isEmpty();
        assertThat(values("ada")).isEqualTo("bob b@example.test b");
        assertThat(values("bob")).isEqualTo("cy c@example.test c");
        assertThat(values("cy")).isEqualTo("ada a@example.test a");
    }

    @Test
    void two_attributes_whose_values_cross_are_swapped_too() {
        person("ada", "a");
        person("bob", "b");
        person("cy", "c");

        Outcomes outcomes = people.apply(
                people.modify("ada", change("mail", "a@example.test", "b@example.test")),
                people.modify(
                        "bob", change("mail", "b@example.test", "a@example.test"), change("displayName", "b", "c")),
                people.modify("cy", change("displayName", "c", "b")));

        assertThat(outcomes.failures()).isEmpty();
        assertThat(values("bob")).isEqualTo("bob a@example.test c");
    }
}
