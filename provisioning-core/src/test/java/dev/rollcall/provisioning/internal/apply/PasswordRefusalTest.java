package dev.rollcall.provisioning.internal.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedExtendedRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import dev.rollcall.connector.Secret;
import dev.rollcall.provisioning.Roll;
import dev.rollcall.provisioning.plan.Outcome;
import dev.rollcall.provisioning.policy.PasswordDelivery;
import dev.rollcall.provisioning.policy.PasswordPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordRefusalTest {
    private static LDAPResult refusal(int code, String said) {
        return new LDAPResult(1, ResultCode.valueOf(code), said, null, List.of(), List.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "53 | 0000052D: SvcErr: DSID-031A12D2, problem 5003 | does not meet the password policy of the domain",
                "19 | 0000052d: Constraint violation - check_password_restrictions | password policy of the domain",
                "53 | 0000001F: SvcErr: DSID-031A12D2, problem 5003 | over TLS only",
                "50 | - | may not set passwords",
                "19 | Password fails quality checking policy | password policy of the server",
                "13 | confidentiality required | over TLS only",
                "2 | unsupported extended operation | RFC 3062",
                "53 | shadow context; no update referral | see what the server said"
            })
    void says_the_reason_in_words_behind_the_servers_own(int code, String said, String words) {
        String told = PasswordRefusal.explained(refusal(code, said)).getDiagnosticMessage();

        assertThat(told).contains("the password was refused: ").contains(words);
        assertThat(told).startsWith(said == null ? "the password" : said);
    }

    @Test
    void says_nothing_of_a_connection_that_was_lost_or_twice() {
        assertThat(PasswordRefusal.explained(refusal(81, "gone")).getDiagnosticMessage())
                .isEqualTo("gone");
        LDAPResult weak = refusal(53, "0000052D: SvcErr");
        assertThat(PasswordRefusal.isByNumber(weak)).isTrue();
        assertThat(PasswordRefusal.isByNumber(PasswordRefusal.explained(weak))).isFalse();
        assertThat(PasswordRefusal.isByNumber(refusal(53, "00002071: SvcErr"))).isFalse();
        assertThat(PasswordRefusal.isByNumber(refusal(53, null))).isFalse();
    }

    @Test
    void is_in_the_outcome_of_the_account_which_is_not_left_without_password() throws Exception {
        InMemoryOperationInterceptor strict = new InMemoryOperationInterceptor() {
            @Override
            public void processExtendedRequest(InMemoryInterceptedExtendedRequest request) throws LDAPException {
                throw new LDAPException(ResultCode.CONSTRAINT_VIOLATION, "Password fails quality checking policy");
            }
        };
        try (Roll roll = new Roll(strict)) {
            roll.people(1).bound();
            roll.policies = builder -> builder.passwords(PasswordPolicy.generate(20, new PasswordDelivery() {
                @Override
                public void prepare(String key, String dn, Secret password) {}

                @Override
                public void confirm(String key) {}

                @Override
                public void cancel(String key) {}

                @Override
                public List<Prepared> prepared() {
                    return List.of();
                }
            }));
            try (var outcomes = roll.sync()) {
                assertThat(outcomes.failures())
                        .extracting(Outcome::message)
                        .singleElement()
                        .asString()
                        .contains("Password fails quality checking policy; the password was refused: ")
                        .contains("policy.password.generate.length");
            }
            assertThat(roll.uids()).isEmpty();
        }
    }
}
