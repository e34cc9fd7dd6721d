package dev.rollcall.provisioning.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.provisioning.policy.ChangeGate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Changes and outcomes that a host makes, to test its gates and listeners. */
class BuiltChangesTest {
    private static final List<AttributeChange> CHANGES =
            List.of(AttributeChange.of("sn", List.of(new ASN1OctetString("Ada")), List.of(), "record.last_name"));

    @Nested
    class Of_an_entry {
        private final DirectoryChange change = DirectoryChange.builder(ChangeKind.MOVE, "1", dn("uid=ada,dc=test"))
                .id("id")
                .newDn(dn("uid=ada,ou=away,dc=test"))
                .group(dn("cn=sales,dc=test"))
                .stage(DirectoryChange.Stage.NAMES)
                .situation(Situation.INACTIVE)
                .attributes(CHANGES)
                .missingParents(List.of(dn("ou=away,dc=test")))
                .fingerprint("fingerprint")
                .leaver(true)
                .waits(true)
                .temporary(true)
                .build();

        @Test
        void a_copy_says_the_same() {
            assertThat(change.toBuilder().build()).isEqualTo(change);
        }

        @Test
        void a_gate_can_be_asked() {
            ChangeGate gate = one -> one.isDestructive() ? ChangeGate.Decision.HOLD : ChangeGate.Decision.ALLOW;

            assertThat(gate.decide(change)).isEqualTo(ChangeGate.Decision.HOLD);
            assertThat(gate.decide(change.toBuilder().leaver(false).build())).isEqualTo(ChangeGate.Decision.ALLOW);
        }
    }

    @Nested
    class Of_an_account {
        @Test
        void a_copy_says_the_same() {
            AccountChange change = AccountChange.builder(ChangeKind.DISABLE, "1", Situation.INACTIVE)
                    .id("id")
                    .label("ada")
                    .attributes(CHANGES)
                    .active(false)
                    .leaver(true)
                    .replacement(true)
                    .version("7")
                    .build();

            assertThat(change.toBuilder().build()).isEqualTo(change);
            assertThat(change.version()).contains("7");
        }
    }

    @Test
    void outcomes_tell_what_became_of_a_change() {
        Change change = DirectoryChange.builder(ChangeKind.MODIFY, "1", dn("uid=ada,dc=test"))
                .attributes(CHANGES)
                .build();

        assertThat(Outcome.done(change, null).isFailure()).isFalse();
        assertThat(Outcome.failed(change, "busy", "later", FailureKind.UNAVAILABLE)
                        .isFailure())
                .isTrue();
        assertThat(Outcome.left(change, Outcome.Status.HELD).status()).isEqualTo(Outcome.Status.HELD);
        assertThat(Counts.of(Map.of(ChangeKind.MODIFY, 1)).of(ChangeKind.MODIFY))
                .isEqualTo(1);
    }

    private static DN dn(String text) {
        try {
            return new DN(text);
        } catch (LDAPException bad) {
            throw new IllegalArgumentException(text, bad);
        }
    }
}
