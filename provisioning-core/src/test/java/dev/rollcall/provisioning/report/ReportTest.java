package dev.rollcall.provisioning.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldif.LDIFChangeRecord;
import com.unboundid.ldif.LDIFReader;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.mapping.AttributeRule;
import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.Roll;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.plan.JudgedPlan;
import dev.rollcall.provisioning.internal.plan.PlanFacts;
import dev.rollcall.provisioning.internal.plan.PlanOwner;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.source.SourceReading;
import dev.rollcall.provisioning.source.UserSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private final Roll roll = new Roll();

    @AfterEach
    void close() {
        roll.close();
    }

    private static JsonNode json(Report report) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        report.write(out);
        return new ObjectMapper().readTree(out.toByteArray());
    }

    @Nested
    class A_report {
        @Test
        void tells_the_columns_that_could_not_be_read() throws IOException {
            roll.people(3).sync();
            for (int i : List.of(1, 2)) {
                Value.Fields known = roll.records.get(i).fields();
                roll.records.set(
                        i, UserRecord.of(known.with("email", Value.unknown("details of " + i + ": status 503"))));
            }

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(json(Report.of(plan)).at("/unknown").toString())
                        .isEqualTo("[{\"column\":\"email\",\"reason\":\"details of 1: status 503\",\"records\":2}]");
            }
        }

        @Test
        void tells_what_was_found_and_planned() throws IOException {
            roll.people(20).sync();
            roll.without(3).without(20).person(20, "First20", "Other").person(21, "New", "Comer");
            roll.person(9, "Twice", "There");

            try (Plan plan = roll.plan()) {
                JsonNode json = json(Report.of(plan).run("r1", Instant.EPOCH, Instant.EPOCH));

                assertThat(json.at("/run/id").asText()).isEqualTo("r1");
                assertThat(json.at("/run/planHash").asText()).isEqualTo(plan.hash());
                assertThat(json.at("/source").toString())
                        .isEqualTo(
                                "{\"records\":21,\"complete\":true,\"reason\":null," + "\"readings\":1,\"doubts\":[]}");
                assertThat(json.at("/situations").toString())
                        .isEqualTo("{\"CONFIRMED\":18,\"ABSENT\":1,\"SOURCE_MISSING\":1,\"DUPLICATE_KEY\":1}");
                assertThat(json.at("/planned").toString())
                        .isEqualTo("{\"create\":1,\"link\":0,\"modify\":1,\"rename\":0,\"move\":0,\"enable\":0,"
                                + "\"disable\":1,\"delete\":0,\"groupAdd\":0,\"groupRemove\":0,\"unchanged\":17,"
                                + "\"conflicts\":1}");
                assertThat(json.at("/applied").isNull()).isTrue();
                assertThat(json.at("/guardrails")).isEmpty();
                assertThat(json.at("/conflicts/0").toString())
                        .isEqualTo("{\"situation\":\"DUPLICATE_KEY\",\"key\":\"9\","
                                + "\"detail\":\"several records have this key\"}");
                assertThat(json.at("/changes/1/attributes/0").toString())
                        .isEqualTo("{\"name\":\"sn\",\"before\":[\"Last20\"],\"after\":[\"Other\"],"
                                + "\"because\":\"record.last\"}");
            }
        }

        @Test
        void tells_what_was_done() throws IOException {
            roll.people(3);
            Reconciler reconciler = roll.reconciler(UserSource.of(roll.records));

            try (Plan plan = reconciler.plan()) {
                JsonNode json = json(Report.of(plan).applied(reconciler.apply(plan)));

                assertThat(json.at("/applied/create").asInt()).isEqualTo(3);
                assertThat(json.at("/failures")).isEmpty();
            }
        }

        @Test
        void tells_which_guardrail_tripped_and_what_it_took_out() throws IOException {
            roll.people(20).sync();
            roll.records.subList(0, 10).clear();

            try (Plan plan = roll.plan()) {
                JsonNode json = json(Report.of(plan));

                assertThat(json.at("/guardrails").toString())
                        .isEqualTo("[{\"name\":\"maxDisableOrDelete\",\"limit\":\"10 %\",\"actual\":\"50 %\"}]");
                assertThat(json.at("/planned/disable").asInt()).isZero();
                assertThat(json.at("/blocked/disable").asInt()).isEqualTo(10);
            }
        }

        @Test
        void never_shows_a_password() throws IOException {
            DirectoryChange.Builder draft =
                    DirectoryChange.builder(ChangeKind.MODIFY, "1", Entries.dn("test", "uid=ada," + Roll.PEOPLE));
            draft.attributes(List.of(AttributeChange.of(
                    "userPassword", List.of(), List.of(new ASN1OctetString("open sesame")), "test")));

            try (Plan plan = JudgedPlan.of(
                    PlanFacts.unread("", "", SourceReading.whole(0), PlanOwner.of(Map.of())),
                    () -> Stream.of(draft.build()))) {
                String text = json(Report.of(plan)).toString();
                ByteArrayOutputStream ldif = new ByteArrayOutputStream();
                PlanLdif.of(plan).write(ldif);

                assertThat(text).contains("[redacted]").doesNotContain("sesame");
                assertThat(ldif.toString(StandardCharsets.UTF_8)).doesNotContain("assword");
            }
        }

        @Test
        void never_shows_what_a_format_hides() throws IOException {
            roll.mapping = Roll.mapping()
                    .attribute("description", "${record.pin | redact}")
                    .build();
            roll.person(1, "Ada", "Lovelace");
            roll.records.set(0, roll.records.get(0).with("pin", Value.of("old-4711")));
            assertHides("old-4711");
            roll.sync();
            roll.records.set(0, roll.records.get(0).with("pin", Value.of("new-0815")));

            assertHides("old-4711", "new-0815");
        }

        private void assertHides(String... secrets) throws IOException {
            try (Plan plan = roll.plan()) {
                JsonNode json = json(Report.of(plan));
                ByteArrayOutputStream ldif = new ByteArrayOutputStream();
                PlanLdif.of(plan).write(ldif);

                assertThat(json.at("/changes/0/attributes").findValuesAsText("name"))
                        .contains("description");
                assertThat(json.toString()).contains("[redacted]").doesNotContain(secrets);
                assertThat(ldif.toString(StandardCharsets.UTF_8)).doesNotContain(secrets);
            }
        }

        @Test
        void can_be_read_by_its_owner_alone(@TempDir Path folder) throws IOException {
            Path file = folder.resolve("report.json");
            roll.people(1);

            try (Plan plan = roll.plan()) {
                Report.of(plan).write(file);
            }

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Nested
    class Ldif {
        @Test
        void does_what_the_plan_does() throws Exception {
            roll.people(10).person(11, "Ada", "Lovelace", "manager", "12").person(12, "Ünal", "Zoë, Jr");
            try (Plan plan = roll.plan()) {
                carryOut(plan);
            }
            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
            }
            roll.without(3).without(4).person(4, "First4", "Other");
            try (Plan plan = roll.plan()) {
                carryOut(plan);
            }
            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
            }
        }

        /** The server lets references follow renames, as the plan is carried out. */
        @Test
        void clears_a_reference_to_somebody_who_is_renamed() throws Exception {
            roll.mapping = Roll.byName()
                    .attribute("manager", AttributeRule.reference("${record.manager}"))
                    .build();
            roll.person(1, "Ada", "Lovelace")
                    .person(2, "Bob", "Boss", "manager", "1")
                    .sync();
            roll.records.clear();
            roll.person(1, "Augusta", "Lovelace");
            roll.records.add(Roll.record(2, "Bob", "Boss").with("manager", Value.ofNull()));

            carryOutWhole("modify 1, rename 1");
        }

        @Test
        void swaps_the_names_of_two_who_refer_to_each_other() throws Exception {
            roll.mapping = Roll.byName()
                    .attribute("manager", AttributeRule.reference("${record.manager}"))
                    .build();
            roll.person(1, "Ada", "L", "manager", "2").person(2, "Bob", "B", "manager", "1");
            roll.person(3, "Cyd", "C", "manager", "1").sync();
            roll.sync();
            roll.records.clear();
            roll.person(1, "Bob", "L", "manager", "2").person(2, "Ada", "B", "manager", "1");
            roll.person(3, "Cyd", "C", "manager", "2").person(4, "Dan", "D", "manager", "1");

            carryOutWhole("create 1, modify 1, rename 2");
        }

        private void carryOutWhole(String expected) throws Exception {
            roll.policies = builder -> builder.allow("maxModify").allow("maxAttributeChange");
            try (Plan plan = roll.plan()) {
                assertThat(plan.counts()).hasToString(expected);
                carryOut(plan);
            }
            try (Plan plan = roll.plan()) {
                assertThat(plan.counts()).hasToString("nothing");
            }
        }

        private void carryOut(Plan plan) throws Exception {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            PlanLdif.of(plan).write(out);
            List<LDIFChangeRecord> records = new ArrayList<>();
            try (LDIFReader reader = new LDIFReader(new ByteArrayInputStream(out.toByteArray()))) {
                for (LDIFChangeRecord record = reader.readChangeRecord();
                        record != null;
                        record = reader.readChangeRecord()) {
                    records.add(record);
                }
            }
            for (LDIFChangeRecord record : records) {
                record.processChange(roll.server);
            }
        }
    }
}
