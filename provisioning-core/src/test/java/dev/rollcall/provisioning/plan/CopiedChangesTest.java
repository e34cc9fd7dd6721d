package dev.rollcall.provisioning.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DN;
import dev.rollcall.provisioning.directory.AccountState;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.plan.AccountCodec;
import dev.rollcall.provisioning.internal.plan.ChangeCodec;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** No field of a change is lost in a copy or in a spool; one that is new must be set here. */
class CopiedChangesTest {
    private static final List<AttributeChange> ATTRIBUTES =
            List.of(AttributeChange.of("sn", List.of(new ASN1OctetString("Ada")), List.of(), "record.last_name"));

    private final DirectoryChange entry = DirectoryChange.builder(ChangeKind.MOVE, "1", dn("uid=ada,dc=test"))
            .id("id")
            .newDn(dn("uid=ada,ou=away,dc=test"))
            .group(dn("cn=sales,dc=test"))
            .stage(DirectoryChange.Stage.NAMES)
            .situation(Situation.INACTIVE)
            .attributes(ATTRIBUTES)
            .missingParents(List.of(dn("ou=away,dc=test")))
            .fingerprint("fingerprint")
            .leaver(true)
            .waits(true)
            .temporary(true)
            .state(AccountState.DISABLED)
            .build();

    private final AccountChange account = AccountChange.builder(ChangeKind.DISABLE, "1", Situation.INACTIVE)
            .id("id")
            .label("ada")
            .attributes(ATTRIBUTES)
            .identity(List.of("ada"))
            .active(false)
            .leaver(true)
            .replacement(true)
            .version("7")
            .build();

    @Test
    void every_field_is_set_here() {
        DirectoryChange bare = DirectoryChange.builder(ChangeKind.MODIFY, "2", dn("uid=bob,dc=test"))
                .build();
        AccountChange plain = AccountChange.builder(ChangeKind.MODIFY, "2", Situation.CONFIRMED)
                .build();

        assertThat(fields(entry).entrySet())
                .doesNotContainAnyElementsOf(fields(bare).entrySet());
        assertThat(fields(account).entrySet())
                .doesNotContainAnyElementsOf(fields(plain).entrySet());
    }

    @Test
    void a_copy_has_every_field() {
        assertThat(fields(entry.toBuilder().build())).isEqualTo(fields(entry));
        assertThat(fields(account.toBuilder().build())).isEqualTo(fields(account));
    }

    @Test
    void a_spool_keeps_every_field() {
        assertThat(fields(ChangeCodec.decode(ChangeCodec.encode(entry)))).isEqualTo(fields(entry));
        assertThat(fields(AccountCodec.change(AccountCodec.encode(account)))).isEqualTo(fields(account));
    }

    private static Map<String, String> fields(Object change) {
        Map<String, String> fields = new TreeMap<>();
        try {
            for (Field field : change.getClass().getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    fields.put(field.getName(), String.valueOf(field.get(change)));
                }
            }
        } catch (IllegalAccessException hidden) {
            throw new AssertionError(hidden);
        }
        return fields;
    }

    private static DN dn(String text) {
        return Entries.dn("test", text);
    }
}
