package dev.rollcall.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.schema.Schema;
import com.unboundid.ldif.LDIFException;
import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.entry.AttributeIntent;
import dev.rollcall.mapping.entry.MappingInput;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NamedAttributesTest {
    private static final UserRecord ADA =
            UserRecord.of(Map.of("id", "1", "login", "ada", "first", "Ada", "last", "Byron"));

    /** As OpenLDAP, 389 Directory Server and most others have it; the SDK's own has the first names alone. */
    private static Schema schema() {
        try {
            return new Schema(new Entry(
                    "dn: cn=subschema",
                    "objectClass: subschema",
                    "attributeTypes: ( 0.9.2342.19200300.100.1.1 NAME ( 'uid' 'userid' ) )",
                    "attributeTypes: ( 0.9.2342.19200300.100.1.3 NAME ( 'mail' 'rfc822Mailbox' ) )",
                    "attributeTypes: ( 2.5.4.3 NAME ( 'cn' 'commonName' ) )",
                    "attributeTypes: ( 2.5.4.4 NAME ( 'sn' 'surname' ) )",
                    "attributeTypes: ( 2.5.4.11 NAME ( 'ou' 'organizationalUnitName' ) )",
                    "attributeTypes: ( 2.5.4.42 NAME ( 'givenName' 'gn' ) )",
                    "attributeTypes: ( 2.16.840.1.113730.3.1.3 NAME 'employeeNumber' )",
                    "objectClasses: ( 2.16.840.1.113730.3.2.2 NAME 'inetOrgPerson' STRUCTURAL )"));
        } catch (LDIFException failed) {
            throw new AssertionError(failed);
        }
    }

    private static MappingBuilder people() {
        return Mapping.builder().key("id", "employeeNumber").objectClasses("person", "2.16.840.1.113730.3.2.2");
    }

    private final Mapping aliases = people().match("rfc822Mailbox", "${record.login}@example.test")
            .dn("userid=${userid},organizationalUnitName=people,dc=example,dc=test")
            .attribute("userid", AttributeRule.unique("${record.login}").alsoIn("rfc822Mailbox"))
            .attribute("surname", "${record.last}")
            .attribute("2.5.4.42", "${record.first}")
            .attribute("commonName", "${join(' ', entry.gn ?? record.first, surname)}")
            .attribute("surname;lang-de", "${surname}")
            .build();

    @Test
    void have_the_first_names_of_the_schema_wherever_the_mapping_names_them() throws Exception {
        Mapping named = aliases.named(schema());
        DesiredEntry ada = named.map(ADA);

        assertThat(named.ownedAttributes())
                .containsExactlyInAnyOrder("employeeNumber", "uid", "sn", "givenName", "cn", "sn;lang-de");
        assertThat(named.match()).extracting(MatchRule::attribute).containsExactly("mail");
        assertThat(named.nameAttributes()).containsExactly("uid", "mail");
        assertThat(named.objectClasses()).containsExactly("person", "inetOrgPerson");
        assertThat(ada.dn()).hasToString("Optional[uid=ada,ou=people,dc=example,dc=test]");
        assertThat(ada.attribute("cn")).contains(AttributeIntent.Set.of("Ada Byron"));
        assertThat(ada.attribute("sn;lang-de")).contains(AttributeIntent.Set.of("Byron"));
    }

    @Test
    void of_the_entry_are_found_under_the_names_that_the_server_gives_them() throws Exception {
        ReadOnlyEntry entry = new ReadOnlyEntry(
                new Entry("dn: uid=ada,ou=people,dc=example,dc=test", "uid: ada", "givenName: Augusta"));

        DesiredEntry ada = aliases.named(schema()).map(ADA, MappingInput.none().existing(entry));

        assertThat(ada.attribute("cn")).contains(AttributeIntent.Set.of("Augusta Byron"));
    }

    @Test
    void are_those_of_the_rfcs_where_the_server_has_the_attribute_and_not_this_name_of_it() throws Exception {
        Schema active = new Schema(new Entry(
                "dn: cn=aggregate",
                "objectClass: subschema",
                "attributeTypes: ( 2.5.4.4 NAME 'sn' )",
                "attributeTypes: ( 2.5.4.9 NAME 'street' )",
                "attributeTypes: ( 1.2.840.113556.1.2.256 NAME 'streetAddress' )"));
        Mapping named = people().dn("commonName=${commonName},organizationalUnitName=people,dc=test")
                .attribute("commonName", "${record.first}")
                .attribute("surname", "${record.last}")
                .attribute("streetAddress", "${record.first}")
                .build()
                .named(active);

        assertThat(named.ownedAttributes()).contains("sn", "streetAddress").doesNotContain("surname", "street");
    }

    @Test
    void leave_a_mapping_alone_that_has_them_already() {
        Mapping first = people().dn("uid=${uid},dc=test")
                .attribute("uid", "${record.login}")
                .build();

        assertThat(aliases.named(schema()).fingerprint()).isEqualTo(aliases.fingerprint());
        assertThat(people().objectClasses("top")
                        .dn("cn=${cn},dc=test")
                        .attribute("CN", "x")
                        .build()
                        .named(schema()))
                .isNotNull();
        assertThat(first.named(schema()).ownedAttributes()).isEqualTo(first.ownedAttributes());
    }

    @Test
    void are_refused_where_one_attribute_is_mapped_under_two_of_them() {
        Mapping twice = people().dn("uid=${uid},dc=test")
                .attribute("uid", "${record.login}")
                .attribute("sn", "${record.last}")
                .attribute("surname", "${record.last}")
                .attribute("2.16.840.1.113730.3.1.3", "${record.login}")
                .build();

        assertThatThrownBy(() -> twice.named(schema()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("surname and sn are two names of the attribute sn in this directory")
                .hasMessageContaining("remove 2.16.840.1.113730.3.1.3: it holds the key");
    }
}
