package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.mapping.AttributeRule;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.mapping.rule.ValuesPolicy;
import dev.rollcall.provisioning.account.AccountTarget;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.source.Source;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A person of whom nothing is wanted any more in an attribute that others write too. */
class MergedValuesTest {
    private final Roll roll = new Roll();

    @AfterEach
    void close() {
        roll.close();
    }

    @Test
    void loses_what_is_ours_and_keeps_what_is_not() {
        roll.mapping = Roll.mapping()
                .attribute("proxyAddresses", "SMTP:${record.email | lower}")
                .build();
        roll.account(
                "aone",
                "employeeNumber: 1",
                "proxyAddresses: SMTP:a@x.test",
                "proxyAddresses: X500:/o=Old/cn=a",
                "proxyAddresses: sip:a@x.test");
        roll.person(1, "A", "one", "email", null).sync().close();

        assertThat(roll.values("uid=aone", "proxyAddresses"))
                .containsExactlyInAnyOrder("X500:/o=Old/cn=a", "sip:a@x.test");
        try (Plan plan = roll.plan()) {
            assertThat(plan.isEmpty()).isTrue();
        }
    }

    @Test
    void keeps_everything_where_nothing_is_known_as_ours() {
        roll.mapping = Roll.mapping()
                .attribute("description", AttributeRule.format("${record.note}").values(ValuesPolicy.merge()))
                .build();
        roll.account("aone", "employeeNumber: 1", "description: by hand");
        roll.person(1, "A", "one", "note", null).sync().close();

        assertThat(roll.values("uid=aone", "description")).containsExactly("by hand");
    }

    @Test
    void loses_and_keeps_the_same_in_an_application() {
        InMemoryAccounts accounts = new InMemoryAccounts();
        accounts.add(true, "externalId", "1", "userName", "u1@example.test", "groups", "ours-a");
        accounts.add(true, "externalId", "2", "userName", "u2@example.test", "groups", "by-hand");
        Mapping mapping = Mapping.builder()
                .forAccounts()
                .key("id", "externalId")
                .attribute("userName", "${record.mail}")
                .attribute("groups", AttributeRule.format("${record.teams}").values(ValuesPolicy.merge("ours-.*")))
                .build();
        Source people = Source.of(List.of(
                AccountRoll.record("id", "1", "mail", "u1@example.test", "teams", null),
                AccountRoll.record("id", "2", "mail", "u2@example.test", "teams", null)));

        try (Plan plan = Reconciler.builder(people, mapping, AccountTarget.of("crm", accounts))
                .build()
                .plan()) {
            assertThat(AccountRoll.words(plan)).containsExactly("modify 1");
        }
    }
}
