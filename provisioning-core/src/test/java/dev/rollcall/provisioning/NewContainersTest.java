package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedAddRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import dev.rollcall.mapping.AttributeRule;
import dev.rollcall.mapping.DnRule;
import dev.rollcall.mapping.Mapping;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NewContainersTest {
    private static final String NORTH = "ou=north," + Roll.PEOPLE;
    private static final String TEAM = "ou=team," + NORTH;

    /** Refuses everybody whose last name is Refused. */
    private final Roll roll = new Roll(new InMemoryOperationInterceptor() {
        @Override
        public void processAddRequest(InMemoryInterceptedAddRequest request) throws LDAPException {
            if (request.getRequest().toEntry().hasAttributeValue("sn", "Refused")) {
                throw new LDAPException(ResultCode.CONSTRAINT_VIOLATION, "0000052D: the password does not fit");
            }
        }
    });

    NewContainersTest() {
        roll.mapping = Mapping.builder()
                .key("id", "employeeNumber")
                .dn(DnRule.format("cn=${cn},ou=${record.team},ou=${record.site}," + Roll.PEOPLE)
                        .createParents())
                .objectClasses("top", "person", "organizationalPerson", "inetOrgPerson")
                .attribute("sn", AttributeRule.format("${record.last}"))
                .attribute("cn", "${record.first}")
                .build();
    }

    @AfterEach
    void close() {
        roll.close();
    }

    @Test
    void that_stay_empty_are_taken_away_again() {
        roll.person(1, "A", "Refused", "site", "north", "team", "team");

        assertThat(roll.sync().failures()).hasSize(1);
        assertThat(roll.read(TEAM)).isNull();
        assertThat(roll.read(NORTH)).isNull();
    }

    @Test
    void that_got_somebody_stay_and_so_do_those_above() {
        roll.person(1, "A", "Refused", "site", "north", "team", "team");
        roll.person(2, "B", "L", "site", "north", "team", "other");
        roll.person(3, "C", "Refused", "site", "North", "team", "Team ");

        assertThat(roll.sync().failures()).hasSize(2);
        assertThat(roll.read(TEAM)).isNull();
        assertThat(roll.read("ou=other," + NORTH)).isNotNull();
    }

    @Test
    void that_were_there_before_stay() {
        roll.entry("dn: " + NORTH, "objectClass: organizationalUnit", "ou: north");
        roll.person(1, "A", "Refused", "site", "north", "team", "team");

        assertThat(roll.sync().failures()).hasSize(1);
        assertThat(roll.read(NORTH)).isNotNull();
        assertThat(roll.read(TEAM)).isNull();
    }

    @Test
    void take_people_who_move_there() {
        roll.person(1, "A", "L", "site", "south", "team", "team").sync();
        roll.without(1).person(1, "A", "L", "site", "north", "team", "team");

        assertThat(roll.sync().failures()).isEmpty();
        assertThat(roll.read("cn=A," + TEAM)).isNotNull();
    }
}
