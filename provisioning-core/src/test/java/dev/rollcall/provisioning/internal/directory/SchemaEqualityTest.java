package dev.rollcall.provisioning.internal.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.schema.Schema;
import com.unboundid.ldif.LDIFException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaEqualityTest {
    private static final SchemaEquality EQUALITY = new SchemaEquality(schema(), DirectoryKind.GENERIC);

    private static Schema schema() {
        try {
            Schema posix = new Schema(new Entry(
                    "dn: cn=subschema",
                    "objectClass: subschema",
                    "attributeTypes: ( 1.3.6.1.1.1.1.3 NAME 'homeDirectory' EQUALITY caseExactIA5Match"
                            + " SYNTAX 1.3.6.1.4.1.1466.115.121.1.26 SINGLE-VALUE )",
                    "attributeTypes: ( 1.3.6.1.1.1.1.0 NAME 'uidNumber' EQUALITY integerMatch"
                            + " SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )"));
            return Schema.mergeSchemas(Schema.getDefaultStandardSchema(), posix);
        } catch (LDAPException | LDIFException failed) {
            throw new AssertionError(failed);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    telephoneNumber | +49 30 1234 | +49301234
                    telephoneNumber | +49 30 1234 | +49-30-1234
                    mobile | +49 30 1234 | +4930 1234
                    cn | Jos\u00e9 | Jose\u0301
                    cn | Dee  B | dee b
                    sn | de\u00a0la Cruz | de la Cruz
                    mail | Ada@Example.test | ada@example.test
                    x121Address | 12 34 | 1234
                    manager | uid=bob,ou=Ko\u0308ln | userid=Bob, ou=K\u00f6ln
                    uidNumber | 007 | 7
                    accountExpires | 0 | 9223372036854775807
                    accountExpires | 00 | 9223372036854775807
                    """)
    void takes_values_for_one_as_the_matching_rule_does(String attribute, String one, String other) {
        assertThat(EQUALITY.of(attribute).matched(one))
                .isEqualTo(EQUALITY.of(attribute).matched(other));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    cn | +49 30 1234 | +49301234
                    homeDirectory | /home/Ada | /home/ada
                    facsimileTelephoneNumber | +49 30 1 | +49301
                    telephoneNumber | +49 30 1234 | +49 30 12345
                    """)
    void keeps_apart_what_the_matching_rule_keeps_apart(String attribute, String one, String other) {
        assertThat(EQUALITY.of(attribute).matched(one))
                .isNotEqualTo(EQUALITY.of(attribute).matched(other));
    }

    @Test
    void a_correction_of_case_is_a_change_of_one_value() {
        ValueEquality equality = EQUALITY.of("cn");

        assertThat(equality.same(octets("ada Byron"), octets("Ada Byron"))).isFalse();
        assertThat(equality.distinct(octets("ada Byron", "Ada Byron", "Ada"))).isEqualTo(octets("ada Byron", "Ada"));
    }

    @Test
    void knows_the_first_name_of_an_attribute() {
        assertThat(EQUALITY.firstName("2.5.4.4")).isEqualTo("sn");
        assertThat(EQUALITY.firstName("2.5.4.4;lang-de")).isEqualTo("sn;lang-de");
        assertThat(EQUALITY.firstName("ourOwn")).isEqualTo("ourOwn");
    }

    @Test
    void knows_the_names_of_the_rfcs_that_the_server_does_not_know() throws Exception {
        assertThat(EQUALITY.knownName("surname")).isEqualTo("sn");
        assertThat(EQUALITY.knownName("fax;lang-de")).isEqualTo("facsimileTelephoneNumber;lang-de");
        assertThat(EQUALITY.firstNames(new DN("userid=ada+commonName=Ada,organizationalUnitName=people,dc=test"))
                        .toString())
                .isEqualTo("uid=ada+cn=Ada,ou=people,dc=test");
    }

    @Test
    void leaves_the_dn_as_it_is_whose_names_it_replaces() throws Exception {
        DN gone = new DN("organizationalUnitName=gone,dc=test");

        assertThat(EQUALITY.firstNames(gone)).hasToString("ou=gone,dc=test");
        assertThat(EQUALITY.firstNames(gone)).hasToString("ou=gone,dc=test");
        assertThat(gone.getRDN().getAttributeNames()).containsExactly("organizationalUnitName");
    }

    private static List<ASN1OctetString> octets(String... values) {
        return Stream.of(values).map(ASN1OctetString::new).toList();
    }
}
