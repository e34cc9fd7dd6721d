package dev.rollcall.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.RDN;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Format;
import dev.rollcall.formats.Scope;
import dev.rollcall.mapping.entry.AttributeIntent;
import dev.rollcall.mapping.entry.MappingException;
import dev.rollcall.mapping.internal.text.DnText;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a record holds never changes the structure around it. */
class HostileValuesTest {
    private static final String[] PIECES = {
        ",", "+", "=", "\"", "\\", "<", ">", ";", "#", " ", "/", "*", "(", ")", "\0", "\n", "\r", "\u007f", "${", "}",
        "\\2c", "dc=evil", "a", "Z", "é", "ß", "😀", "İ", "｡", "＋", "，", "\u200f", "'", "''", "|", "&", "!", "~", "%00"
    };

    private static final Mapping MAPPING = Mapping.builder()
            .key("id", "employeeNumber")
            .dn("cn=${record.name}+l=at ${record.town},ou=${record.department},ou=people\\, all,dc=example,dc=test")
            .objectClasses("inetOrgPerson")
            .attribute("sn", "x")
            .attribute("cn", "${record.name}")
            .build();

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    private static String hostile(Random random) {
        StringBuilder text = new StringBuilder();
        int length = 1 + random.nextInt(12);
        for (int i = 0; i < length; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text + "x";
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_dn_keeps_its_rdns_and_their_attributes(long seed) throws Exception {
        Random random = new Random(seed);
        String name = hostile(random);
        String town = hostile(random);
        String department = hostile(random);
        UserRecord record = UserRecord.of(Map.of("id", 1, "name", name, "town", town, "department", department));

        DesiredEntry wanted = MAPPING.map(record);
        DN dn = new DN(wanted.dn().orElseThrow().toString());

        RDN[] rdns = dn.getRDNs();
        assertThat(rdns).hasSize(5);
        assertThat(rdns[0].getAttributeNames()).containsExactlyInAnyOrder("cn", "l");
        assertThat(rdns[0].hasAttributeValue("cn", DnText.clean(name))).isTrue();
        assertThat(rdns[0].hasAttributeValue("l", "at " + DnText.clean(town))).isTrue();
        assertThat(rdns[1].getAttributeNames()).containsExactly("ou");
        assertThat(rdns[1].getAttributeValues()).containsExactly(DnText.clean(department));
        assertThat(new DN(rdns[2], new DN(rdns[3], new DN(rdns[4], DN.NULL_DN))))
                .isEqualTo(new DN("ou=people\\, all,dc=example,dc=test"));
        assertThat(((AttributeIntent.Set) wanted.attributes().get("cn")).texts())
                .containsExactly(DnText.clean(name));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void the_sink_for_dns_keeps_the_text_a_dn(long seed) throws Exception {
        String value = hostile(new Random(seed));
        DN dn = new DN(render("cn=${record.v},dc=example", LdapSinks.DN, value));
        assertThat(dn.getRDNs()).hasSize(2);
        assertThat(dn.getRDN().getAttributeValues()).containsExactly(DnText.clean(value));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void the_sink_for_filters_keeps_the_text_a_filter(long seed) throws Exception {
        String value = hostile(new Random(seed));
        Filter filter = Filter.create(render("(&(objectClass=person)(mail=${record.v}))", LdapSinks.FILTER, value));
        assertThat(filter.getComponents()).hasSize(2);
        assertThat(filter.getComponents()[1].getFilterType()).isEqualTo(Filter.FILTER_TYPE_EQUALITY);
        assertThat(filter.getComponents()[1].getAssertionValue()).isEqualTo(value);
    }

    private static String render(String format, dev.rollcall.formats.Sink sink, String value) {
        UserRecord record = UserRecord.of(Map.of("v", value));
        return Format.parse(format)
                .render(sink, Evaluation.of(Scope.record(record)))
                .text()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Smith, John", "#hash", "trail ", " lead", "a+b=c", "x\\", "\"quoted\"", "a;b"})
    void a_name_reads_back_as_it_was(String name) throws Exception {
        UserRecord record = UserRecord.of(Map.of("id", 1, "name", name, "town", "t", "department", "d"));
        DN dn = new DN(MAPPING.map(record).dn().orElseThrow().toString());
        assertThat(dn.getRDN().hasAttributeValue("cn", name)).isTrue();
    }

    @Test
    void half_a_character_is_refused() {
        UserRecord record = UserRecord.of(Map.of("id", 1, "name", "a\ud83d", "town", "t", "department", "d"));
        org.assertj.core.api.Assertions.assertThatExceptionOfType(MappingException.class)
                .isThrownBy(() -> MAPPING.map(record))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo("forbidden-character"));
    }

    @Test
    void a_list_is_no_name() {
        UserRecord record = UserRecord.of(Map.of("id", 1, "name", "n", "town", "t"))
                .with("department", Value.of(java.util.List.of(Value.of("a"), Value.of("b"))));
        org.assertj.core.api.Assertions.assertThatExceptionOfType(MappingException.class)
                .isThrownBy(() -> MAPPING.map(record))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo("not-single"));
    }
}
