package dev.rollcall.mappingtestkit;

import static dev.rollcall.mapping.AttributeRule.firstOf;
import static dev.rollcall.mapping.AttributeRule.format;
import static dev.rollcall.mapping.AttributeRule.reference;
import static dev.rollcall.mapping.AttributeRule.unique;
import static dev.rollcall.mappingtestkit.MappingAssertions.assertThat;
import static dev.rollcall.mappingtestkit.MappingAssertions.json;

import dev.rollcall.mapping.Alternative;
import dev.rollcall.mapping.DnRule;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.mapping.MappingBuilder;
import dev.rollcall.mapping.rule.OnNothing;
import dev.rollcall.mapping.rule.Sanitizer;
import org.junit.jupiter.api.Test;

/** The recipes of the documentation, each as it stands there; a test of the page holds it against these. */
class RecipesTest {
    private static MappingBuilder users() {
        return Mapping.builder()
                .key("id", "employeeID")
                .dn("CN=${cn},OU=Staff,DC=example,DC=test")
                .objectClasses("top", "person", "organizationalPerson", "user")
                .attribute("cn", "${join(' ', record.first, record.last)}");
    }

    @Test
    void usernames() {
        Mapping mapping = users().attribute(
                        "sAMAccountName",
                        unique(
                                        "${record.first | first(1) | lower}${record.last | lower}",
                                        "${record.first | lower}${record.last | first(1) | lower}")
                                .sanitize(Sanitizer.SAM_ACCOUNT_NAME)
                                .shareCounter("userPrincipalName"))
                .attribute(
                        "userPrincipalName",
                        unique("${record.first | lower}.${record.last | lower}@example.test")
                                .sanitize(Sanitizer.UPN)
                                .alsoIn("mail", "proxyAddresses"))
                .build();
        assertThat(mapping).table("""
                        first | last                       || sAMAccountName       | userPrincipalName
                        John  | Smith                      || jsmith               | john.smith@example.test
                        Jane  | Smith                      || janes                | jane.smith@example.test
                        Joe   | Wolfeschlegelsteinhausen   || jwolfeschlegelsteinh | joe.wolfeschlegelsteinhausen@example.test
                        Jo    | O'Brien-Smith              || jobrien-smith        | jo.o'brien-smith@example.test
                        John  | Smith                      || jsmith2              | john.smith2@example.test
                        """);
    }

    @Test
    void languages() {
        Mapping mapping = users().attribute(
                        "sAMAccountName",
                        unique("${record.last | ascii(record.language ?? 'default') | lower}")
                                .sanitize(Sanitizer.SAM_ACCOUNT_NAME))
                .build();
        assertThat(mapping).table("""
                        last      | language || sAMAccountName
                        Müller    | de       || mueller
                        Weiß      | de       || weiss
                        Åkerblad  | sv       || akerblad
                        Ågård     | da       || aagaard
                        Łuczak    |          || luczak
                        Đorđević  | sr       || djordjevic
                        Yıldırım  | tr       || yildirim
                        """);
    }

    @Test
    void managers() {
        Mapping mapping =
                users().attribute("manager", reference("${record.manager.id}")).build();
        assertThat(mapping)
                .given(json("{'id': 2, 'last': 'L', 'manager': {'id': 1}}"))
                .refersTo("manager", "1");
        assertThat(mapping)
                .given(json("{'id': 2, 'last': 'L', 'manager': null}"))
                .clears("manager");
    }

    @Test
    void departments() {
        Mapping mapping = users().dn(
                        DnRule.format("CN=${cn},OU=${record.department ?? 'Unassigned'},OU=Staff,DC=example,DC=test")
                                .createParents())
                .build();
        assertThat(mapping)
                .given(json("{'id': 2, 'last': 'L', 'department': 'R&D, Berlin'}"))
                .hasDn("CN=L,OU=R&D\\, Berlin,OU=Staff,DC=example,DC=test");
        assertThat(mapping)
                .given(json("{'id': 2, 'last': 'L'}"))
                .hasDn("CN=L,OU=Unassigned,OU=Staff,DC=example,DC=test");
    }

    @Test
    void contractors() {
        Mapping mapping = users().attribute(
                        "accountExpires", format("${record.contract_end}").onAbsent(OnNothing.CLEAR))
                .attribute(
                        "employeeType",
                        firstOf(
                                Alternative.when("record.contract_end is present", "Contractor"),
                                Alternative.otherwise("Employee")))
                .build();
        assertThat(mapping)
                .zone("Europe/Berlin")
                .given(json("{'id': 2, 'last': 'L', 'contract_end': '2027-03-31'}"))
                .hasAttribute("accountExpires", "134510040000000000")
                .hasAttribute("employeeType", "Contractor");
        assertThat(mapping)
                .existing("dn: CN=L,OU=Staff,DC=example,DC=test", "cn: L", "accountExpires: 134510040000000000")
                .given(json("{'id': 2, 'last': 'L'}"))
                .hasAttribute("accountExpires", "9223372036854775807")
                .hasAttribute("employeeType", "Employee");
    }

    @Test
    void rehires() {
        Mapping mapping = users().attribute(
                        "sAMAccountName", unique("${record.last | lower}").sanitize(Sanitizer.SAM_ACCOUNT_NAME))
                .attribute("displayName", format("${cn}").onCreate())
                .build();
        assertThat(mapping)
                .existing(
                        "dn: CN=Ada L,OU=Staff,DC=example,DC=test",
                        "cn: Ada L",
                        "sAMAccountName: old",
                        "displayName: The Ada")
                .given(json("{'id': 2, 'first': 'Ada', 'last': 'King'}"))
                .hasAttribute("sAMAccountName", "old")
                .hasAttribute("displayName", "The Ada")
                .hasDn("CN=Ada King,OU=Staff,DC=example,DC=test");
    }

    @Test
    void leave() {
        Mapping mapping = users().attribute(
                        "info", format("On leave until ${record.leave_until}").onAbsent(OnNothing.CLEAR))
                .group("CN=On Leave,OU=Groups,DC=example,DC=test", "record.leave_until is present")
                .build();
        assertThat(mapping)
                .given(json("{'id': 2, 'last': 'L', 'leave_until': '2027-01-31'}"))
                .hasAttribute("info", "On leave until 2027-01-31")
                .isIn("CN=On Leave,OU=Groups,DC=example,DC=test");
        assertThat(mapping)
                .given(json("{'id': 2, 'last': 'L', 'leave_until': null}"))
                .isNotIn("CN=On Leave,OU=Groups,DC=example,DC=test")
                .clears("info");
    }

    @Test
    void mail() {
        Mapping mapping = users().attribute(
                        "mail", unique("${record.last | lower}@example.test").sanitize(Sanitizer.MAIL))
                .attribute("proxyAddresses", format("SMTP:${mail}", "smtp:${record.id}@example.test"))
                .build();
        assertThat(mapping)
                .existing(
                        "dn: CN=L,OU=Staff,DC=example,DC=test",
                        "cn: L",
                        "mail: l@example.test",
                        "proxyAddresses: X500:/o=Org")
                .given(json("{'id': 2, 'last': 'Lee'}"))
                .hasAttribute("proxyAddresses", "SMTP:l@example.test", "smtp:2@example.test", "X500:/o=Org");
    }
}
