package dev.rollcall.integration.injection;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldif.LDIFAddChangeRecord;
import com.unboundid.ldif.LDIFChangeRecord;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Format;
import dev.rollcall.formats.Scope;
import dev.rollcall.formats.Sink;
import dev.rollcall.mapping.DesiredEntry;
import dev.rollcall.mapping.LdapSinks;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.mapping.entry.MappingException;
import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.guardrail.Guardrails;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.report.PlanLdif;
import dev.rollcall.provisioning.source.Source;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A value of a record in names, filters and LDIF; each is read by UnboundID's parsers. Thread-safe. */
final class LdapPlaces {
    private static final String BASE = "dc=example,dc=test";
    private static final Format DN_TEXT = Format.parse("cn=-${record.v}-+uid=${record.v},ou=people,dc=example,dc=test");
    private static final Format FILTER_TEXT = Format.parse("(&(mail=${record.v})(!(sn=a*${record.v}*b)))");
    private static final Mapping PEOPLE = Mapping.builder()
            .key("id", "employeeNumber")
            .dn("uid=${uid},cn=${record.v},dc=example,dc=test")
            .objectClasses("inetOrgPerson")
            .attribute("uid", "${record.v}")
            .attribute("sn", "${record.v}")
            .attribute("cn", "${record.v}")
            .build();
    private static final Mapping FLAT = Mapping.builder()
            .key("id", "employeeNumber")
            .dn("uid=u${record.id}+cn=${cn},dc=example,dc=test")
            .objectClasses("top", "person", "organizationalPerson", "inetOrgPerson")
            .attribute("uid", "u${record.id}")
            .attribute("cn", "${record.v}")
            .attribute("sn", "${record.v}")
            .attribute("description", "-${record.v}")
            .build();

    /** Checks names and filters. */
    void check(String value) throws LDAPException {
        dn(rendered(DN_TEXT, LdapSinks.DN, value), utf8(clean(value)));
        filter(rendered(FILTER_TEXT, LdapSinks.FILTER, value), utf8(value));
        try {
            DesiredEntry entry = PEOPLE.map(UserRecord.of(Map.of("id", 1, "v", value)));
            RDN[] names = entry.dn().orElseThrow().getRDNs();
            assertThat(names).hasSize(4);
            assertThat(names[0].getAttributeNames()).containsExactly("uid");
            assertThat(names[1].getAttributeNames()).containsExactly("cn");
            assertThat(new DN(entry.dn().orElseThrow().toString()))
                    .isEqualTo(entry.dn().orElseThrow());
        } catch (MappingException e) {
            // A typed refusal of one record, as for a NUL.
        }
    }

    private static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static String clean(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints().filter(c -> !Character.isISOControl(c)).forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static String rendered(Format format, Sink sink, String value) {
        Value text = format.render(sink, Evaluation.of(Scope.record(UserRecord.of(Map.of("v", value)))));
        return text.text().orElseThrow();
    }

    private static void dn(String text, String value) throws LDAPException {
        RDN[] names = new DN(text).getRDNs();
        assertThat(names).hasSize(4);
        assertThat(names[0].getAttributeNames()).containsExactly("cn", "uid");
        assertThat(names[0].getAttributeValues()).containsExactly("-" + value + "-", value);
    }

    private static void filter(String text, String value) throws LDAPException {
        Filter filter = Filter.create(text);
        assertThat(filter.getFilterType()).isEqualTo(Filter.FILTER_TYPE_AND);
        assertThat(filter.getComponents()).hasSize(2);
        Filter equality = filter.getComponents()[0];
        assertThat(equality.getFilterType()).isEqualTo(Filter.FILTER_TYPE_EQUALITY);
        assertThat(equality.getAssertionValue()).isEqualTo(value);
        Filter substring = filter.getComponents()[1].getNOTComponent();
        assertThat(substring.getFilterType()).isEqualTo(Filter.FILTER_TYPE_SUBSTRING);
        assertThat(substring.getSubInitialString()).isEqualTo("a");
        assertThat(substring.getSubAnyStrings()).containsExactly(value);
        assertThat(substring.getSubFinalString()).isEqualTo("b");
    }

    /** Plans entries with these values, and checks that the plan as LDIF makes exactly these entries. */
    void checkLdif(List<String> values) throws LDAPException, LDIFException, IOException {
        List<UserRecord> records = new ArrayList<>();
        for (String value : values) {
            records.add(UserRecord.of(Map.of("id", records.size(), "v", value)));
        }
        try (InMemoryDirectoryServer server = new InMemoryDirectoryServer(BASE)) {
            server.startListening();
            server.add("dn: " + BASE, "objectClass: domain", "dc: example");
            try (Directory directory = Directory.openLdap(server.getConnectionPool(2))
                            .base(BASE)
                            .build();
                    Plan plan = Reconciler.builder(Source.of(records), FLAT, directory)
                            .guardrails(Guardrails.defaults())
                            .build()
                            .plan()) {
                ByteArrayOutputStream ldif = new ByteArrayOutputStream();
                PlanLdif.of(plan).write(ldif);
                applied(ldif.toByteArray(), plan.changes().count(), values, server);
            }
        }
    }

    private static void applied(byte[] ldif, long planned, List<String> values, InMemoryDirectoryServer server)
            throws LDAPException, LDIFException, IOException {
        long read = 0;
        try (LDIFReader reader = new LDIFReader(new ByteArrayInputStream(ldif))) {
            for (LDIFChangeRecord change = reader.readChangeRecord();
                    change != null;
                    change = reader.readChangeRecord()) {
                assertThat(change).isInstanceOf(LDIFAddChangeRecord.class);
                Entry entry = ((LDIFAddChangeRecord) change).getEntryToAdd();
                String value = values.get(Integer.parseInt(entry.getAttributeValue("employeeNumber")));
                assertThat(entry.getAttributeValue("sn"))
                        .isEqualTo(value.strip().isEmpty() ? null : value);
                assertThat(entry.getAttributeValue("description")).isEqualTo("-" + value);
                assertThat(entry.getParsedDN().getRDNs()).hasSize(3);
                assertThat(entry.getAttributes()).hasSizeLessThanOrEqualTo(6);
                change.processChange(server);
                read++;
            }
        }
        assertThat(read).isEqualTo(planned);
    }
}
