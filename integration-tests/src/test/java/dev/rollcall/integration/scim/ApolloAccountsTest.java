package dev.rollcall.integration.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.apollo.ApolloScimProvider;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.account.AccountTarget;
import dev.rollcall.provisioning.account.AccountTarget.OnFixed;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Outcome;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.Situation;
import dev.rollcall.provisioning.report.Report;
import dev.rollcall.provisioning.source.Source;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Apollo never changes an e-mail address, and does not always say that a new user waits. */
class ApolloAccountsTest {
    private static final Mapping ACCOUNTS = Mapping.builder()
            .forAccounts()
            .key("id", "externalId")
            .attribute("userName", "${record.mail}")
            .attribute("emails[type eq \"work\"].value", "${record.mail}")
            .attribute("title", "${record.title}")
            .build();

    private final List<UserRecord> people = new ArrayList<>();
    private ScriptedScim server = new ScriptedScim();

    @BeforeEach
    void somebody() {
        people.add(person("ada@old.test"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static UserRecord person(String mail) {
        return UserRecord.of(Map.of("id", "1", "mail", mail, "title", "Engineer"));
    }

    private Connector apollo() {
        Settings settings = Settings.builder()
                .set("baseUrl", server.base().toString())
                .block(
                        "authorization",
                        Value.of(Map.of("type", Value.of("bearer"), "token", Value.of(Secret.of(ScriptedScim.TOKEN)))))
                .build();
        return new ApolloScimProvider().create(settings, ConnectorContext.defaults());
    }

    private Reconciler reconciler(OnFixed policy) {
        return Reconciler.builder(
                        Source.of(people),
                        ACCOUNTS,
                        AccountTarget.of("apollo", apollo()).onFixed(policy))
                .allow("maxDisableOrDelete")
                .build();
    }

    private void made() {
        Reconciler reconciler = reconciler(OnFixed.REFUSE);
        try (Plan plan = reconciler.plan();
                Outcomes outcomes = reconciler.apply(plan)) {
            assertThat(outcomes.isComplete()).as(outcomes.failures().toString()).isTrue();
        }
        people.set(0, person("ada@new.test"));
    }

    @Test
    void its_address_is_a_setting_that_must_be_given() {
        assertThat(new ApolloScimProvider().check(Settings.none()))
                .anySatisfy(problem -> assertThat(problem.path()).isEqualTo("settings.baseUrl"));
    }

    @Test
    void a_changed_address_is_refused_by_default_and_a_person_is_told() {
        made();
        try (Plan plan = reconciler(OnFixed.REFUSE).plan()) {
            assertThat(plan.isEmpty()).isTrue();
            assertThat(plan.conflicts()).singleElement().satisfies(conflict -> {
                assertThat(conflict.situation()).isEqualTo(Situation.REPLACEMENT_NEEDED);
                assertThat(conflict.detail()).contains("userName", "ada@old.test", "fixedAttributes: replace");
            });
        }
    }

    @Test
    void on_request_the_account_is_deactivated_and_another_made_and_both_are_reported() {
        made();
        Reconciler reconciler = reconciler(OnFixed.REPLACE);
        try (Plan plan = reconciler.plan();
                Outcomes outcomes = reconciler.apply(plan)) {
            assertThat(outcomes.counts().of(ChangeKind.DISABLE)).isEqualTo(1);
            assertThat(outcomes.counts().of(ChangeKind.CREATE)).isEqualTo(1);
            assertThat(report(plan, outcomes)).contains("\"disable\"", "\"create\"", "ada@old.test", "ada@new.test");
        }
        assertThat(server.user("ada@old.test").path("active").asBoolean()).isFalse();
        assertThat(server.user("ada@new.test").path("active").asBoolean()).isTrue();
        try (Plan again = reconciler(OnFixed.REPLACE).plan()) {
            assertThat(again.isEmpty()).as(again.toString()).isTrue();
            assertThat(again.unchanged()).isEqualTo(1);
        }
    }

    @Test
    void if_the_other_account_cannot_be_made_the_first_is_activated_again() {
        made();
        server.person("ada@new.test");
        Reconciler reconciler = reconciler(OnFixed.REPLACE);
        try (Plan plan = reconciler.plan();
                Outcomes outcomes = reconciler.apply(plan)) {
            assertThat(outcomes.failures()).extracting(Outcome::code).containsExactly("exists", "taken-back");
            assertThat(outcomes.counts().isEmpty()).isTrue();
        }
        assertThat(server.user("ada@old.test").path("active").asBoolean()).isTrue();
        assertThat(server.count("PATCH")).isEqualTo(2);
    }

    @Test
    void a_user_reported_as_made_who_must_accept_an_invitation_is_a_failure_that_says_so() {
        server.close();
        server = new ScriptedScim(Quirk.INVITES);
        Reconciler reconciler = reconciler(OnFixed.REFUSE);
        try (Plan plan = reconciler.plan();
                Outcomes outcomes = reconciler.apply(plan)) {
            assertThat(outcomes.failures()).singleElement().satisfies(failure -> {
                assertThat(failure.code()).isEqualTo("not-there");
                assertThat(failure.message()).contains("seat", "invitation");
            });
        }
    }

    @Test
    void a_refusal_for_want_of_seats_says_so() {
        server.failNext(1, 400, "Seat limit reached for this plan");
        Reconciler reconciler = reconciler(OnFixed.REFUSE);
        try (Plan plan = reconciler.plan();
                Outcomes outcomes = reconciler.apply(plan)) {
            assertThat(outcomes.failures()).singleElement().satisfies(failure -> {
                assertThat(failure.code()).isEqualTo("seat-limit");
                assertThat(failure.message()).contains("free a seat");
            });
        }
    }

    private static String report(Plan plan, Outcomes outcomes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Report.of(plan).applied(outcomes).write(out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
