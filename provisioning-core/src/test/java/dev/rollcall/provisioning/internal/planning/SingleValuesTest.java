package dev.rollcall.provisioning.internal.planning;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.schema.Schema;
import dev.rollcall.provisioning.internal.directory.DirectoryKind;
import dev.rollcall.provisioning.plan.AttributeChange;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An attribute that takes one value by the schema gets no second one by a merge: the plan says so, not the server. */
class SingleValuesTest {
    private static List<ASN1OctetString> values(String text) {
        return Arrays.stream(text.split(" ")).map(ASN1OctetString::new).toList();
    }

    private static Optional<String> refusal(String attribute, String before, String after) throws LDAPException {
        SchemaCheck check = new SchemaCheck(Schema.getDefaultStandardSchema(), DirectoryKind.OPENLDAP);
        return check.refusal(AttributeChange.of(attribute, values(before), values(after), "record.name"));
    }

    @ParameterizedTest
    @CsvSource({"displayName, aaa, aaa ppp", "preferredLanguage, de, en fr", "employeeNumber, 1, 1 2"})
    void several_are_refused_with_where_they_come_from(String attribute, String before, String after)
            throws LDAPException {
        assertThat(refusal(attribute, before, after))
                .contains("the directory's schema takes one value in " + attribute
                        + ", found 2 of record.name: take one with first or last");
    }

    @ParameterizedTest
    @CsvSource({"displayName, aaa, ppp", "description, aaa, aaa ppp", "sn, a, a b"})
    void one_or_an_attribute_that_takes_several_is_not(String attribute, String before, String after)
            throws LDAPException {
        assertThat(refusal(attribute, before, after)).isEmpty();
    }
}
