package dev.rollcall.provisioning.internal.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.DN;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DnFormTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    OU = Sales , DC=Example | ou=sales,dc=example
                    ou=\\53ales,dc=example | ou=Sales,dc=example
                    ou="Sales, Nord",dc=example | ou=sales\\2c  nord,dc=example
                    ou=Field  Sales,dc=example | ou=Field Sales,dc=example
                    ou=K\u00f6ln,dc=example | ou=Ko\u0308ln,dc=example
                    ou=K\u00d6LN,dc=example | ou=ko\u0308ln,dc=example
                    ou=HR\u00a0East,dc=example | ou=HR East,dc=example
                    ou=Group \u2460,dc=example | ou=Group 1,dc=example
                    userid=ada,dc=example | uid=ada,dc=example
                    0.9.2342.19200300.100.1.1=ada,dc=example | uid=ada,dc=example
                    commonName=Ada,organizationalUnitName=x,dc=example | cn=ada,ou=x,domainComponent=example
                    2.5.4.12=Boss,dc=example | title=boss,dc=example
                    cn=Ada+sn=Byron,dc=example | surname=byron+commonName=ada,dc=example
                    """)
    void is_the_same_for_all_spellings_of_a_name(String one, String other) throws Exception {
        assertThat(DnForm.of(one)).isEqualTo(DnForm.of(other));
        assertThat(DnForm.same(new DN(one), new DN(other))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ou=Stra\u00dfe,dc=example | ou=Strasse,dc=example
                    ou=a\\,ou=b,dc=example | ou=a,ou=b,dc=example
                    ou=a\\+cn=b,dc=example | ou=a+cn=b,dc=example
                    ou=FieldSales,dc=example | ou=Field Sales,dc=example
                    sn=ada,dc=example | cn=ada,dc=example
                    """)
    void differs_for_other_names(String one, String other) {
        assertThat(DnForm.of(one)).isNotEqualTo(DnForm.of(other));
    }

    @Test
    void tells_what_stands_below_a_base_in_another_spelling() throws Exception {
        DN base = new DN("organizationalUnitName=Ko\u0308ln,dc=example");

        assertThat(DnForm.isBelow(new DN("uid=ada,ou=k\u00f6ln,dc=example"), base))
                .isTrue();
        assertThat(DnForm.isBelow(new DN("ou=k\u00f6ln,dc=example"), base)).isFalse();
        assertThat(DnForm.isWithin(new DN("ou=k\u00f6ln,dc=example"), base)).isTrue();
        assertThat(DnForm.isWithin(new DN("uid=ada,ou=bonn,dc=example"), base)).isFalse();
        assertThat(DnForm.isBelow(new DN("uid=ada,dc=example"), DN.NULL_DN)).isTrue();
    }
}
