package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.mapping.AttributeRule;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.mapping.rule.NameScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UniqueNamesTest {
    private final Roll roll = new Roll();

    @AfterEach
    void close() {
        roll.close();
    }

    @Test
    void are_not_those_that_somebody_has_in_another_attribute() {
        roll.entry(
                "dn: cn=info,ou=groups,dc=example,dc=test",
                "objectClass: groupOfNames",
                "cn: info",
                "member: " + Roll.PEOPLE,
                "proxyAddresses: SMTP:ada.l@example.test");
        roll.mapping = Mapping.builder()
                .key("id", "employeeNumber")
                .dn("uid=u${record.id}," + Roll.PEOPLE)
                .objectClasses("top", "person", "organizationalPerson", "inetOrgPerson")
                .attribute("sn", "${record.last}")
                .attribute("cn", "${record.first}")
                .attribute(
                        "mail",
                        AttributeRule.unique("${record.first | lower}.${record.last | first(1) | lower}@example.test")
                                .alsoIn("proxyAddresses"))
                .build();

        roll.person(1, "Ada", "Lovelace").person(2, "Ada", "Lee").sync();

        assertThat(roll.values("uid=u1", "mail")).containsExactly("ada.l2@example.test");
        assertThat(roll.values("uid=u2", "mail")).containsExactly("ada.l3@example.test");
    }

    @Test
    void of_one_container_may_be_in_use_in_another() {
        roll.directorySettings = builder -> builder.base("dc=example,dc=test");
        roll.entry("dn: ou=sales,dc=example,dc=test", "objectClass: organizationalUnit", "ou: sales");
        roll.entry("dn: cn=Ada," + Roll.PEOPLE, "objectClass: inetOrgPerson", "cn: Ada", "sn: Lovelace");
        roll.mapping = Mapping.builder()
                .key("id", "employeeNumber")
                .dn("cn=${cn},ou=${record.department ?? 'people'},dc=example,dc=test")
                .objectClasses("top", "person", "organizationalPerson", "inetOrgPerson")
                .attribute("sn", "${record.last}")
                .attribute("cn", AttributeRule.unique("${record.first}").scope(NameScope.CONTAINER))
                .build();

        roll.person(1, "Ada", "L", "department", "sales")
                .person(2, "Ada", "L")
                .person(3, "Ada", "L", "department", "sales")
                .sync();

        assertThat(roll.read("cn=Ada,ou=sales,dc=example,dc=test").getAttributeValue("employeeNumber"))
                .isEqualTo("1");
        assertThat(roll.values("cn=Ada2", "employeeNumber")).containsExactly("2");
        assertThat(roll.read("cn=Ada2,ou=sales,dc=example,dc=test").getAttributeValue("employeeNumber"))
                .isEqualTo("3");
    }
}
