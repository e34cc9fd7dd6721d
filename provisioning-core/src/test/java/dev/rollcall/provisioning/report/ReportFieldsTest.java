package dev.rollcall.provisioning.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedModifyRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import dev.rollcall.mapping.AttributeRule;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.provisioning.Capitals;
import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.Roll;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.policy.Categories;
import dev.rollcall.provisioning.source.UserSource;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A run in which every field of the report has something to tell. */
class ReportFieldsTest {
    /** Somebody whose entry nobody may change. */
    private static final class Refusing extends InMemoryOperationInterceptor {
        @Override
        public void processModifyRequest(InMemoryInterceptedModifyRequest request) throws LDAPException {
            if (request.getRequest().getDN().startsWith("cn=First5,")) {
                throw new LDAPException(ResultCode.INSUFFICIENT_ACCESS_RIGHTS, "not this one");
            }
        }
    }

    private final Roll roll = new Roll(new Capitals(), new Refusing());

    @AfterEach
    void close() {
        roll.close();
    }

    private static Mapping mapping() {
        return Mapping.builder()
                .key("id", "employeeNumber")
                .dn("cn=${cn}," + Roll.PEOPLE)
                .objectClasses("top", "person", "organizationalPerson", "inetOrgPerson")
                .attribute("cn", "${record.first}")
                .attribute("sn", "${record.last}")
                .attribute("carLicense", "${record.car}")
                .attribute("title", "${record.salary | redact}")
                .attribute("manager", AttributeRule.reference("${record.boss}"))
                .group("cn=staff," + Roll.GROUPS, "record.salary is present")
                .build();
    }

    private JsonNode report() throws Exception {
        roll.entry("dn: cn=staff," + Roll.GROUPS, "objectClass: groupOfNames", "cn: staff", "member: cn=x");
        roll.mapping = mapping();
        roll.policies = builder -> builder.categories(Categories.of(Set.of("create", "modify", "rename", "disable")));
        roll.people(20).sync();
        roll.without(1).person(1, "Renamed", "Last1");
        roll.without(2).person(2, "First2", "Last2", "car", "abc 1");
        roll.without(3).person(3, "First3", "Last3", "boss", "99");
        roll.person(4, "Again", "There");
        roll.without(5).person(5, "First5", "Other");
        roll.without(18).without(19).without(20);
        roll.person(21, "New", "Comer", "salary", "81,000");
        Reconciler reconciler = roll.reconciler(UserSource.of(roll.records));
        try (Plan plan = reconciler.plan()) {
            Instant start = Instant.parse("2026-11-23T02:00:00Z");
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Report.of(plan)
                    .run("nightly-1", start, start.plusSeconds(7))
                    .applied(reconciler.apply(plan))
                    .write(out);
            return new ObjectMapper()
                    .readTree(out.toString(StandardCharsets.UTF_8)
                            .replace(plan.hash(), "HASH")
                            .replace(roll.directory().server(), "SERVER")
                            .replaceAll("\"id\" ?: ?\"[0-9a-f-]{36}\"", "\"id\": \"ID\""));
        }
    }

    @Test
    void every_field_says_what_happened() throws Exception {
        try (InputStream expected = ReportFieldsTest.class.getResourceAsStream("/report.json")) {
            assertThat(report().toPrettyString())
                    .isEqualTo(new ObjectMapper().readTree(expected).toPrettyString());
        }
    }
}
