package dev.rollcall.state.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.provisioning.state.StateStore;
import dev.rollcall.provisioning.state.StateStore.Accounts;
import dev.rollcall.provisioning.state.StateStore.Normalization;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a store promises about normalised values and numbers of accounts, wherever they are kept. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.rollcall.state.jdbc.StateKind#all")
class NormalizationsContractTest {
    @TempDir
    private Path folder;

    @Parameter
    private StateKind kind;

    private StateKind.TestState state;
    private StateStore store;

    @BeforeEach
    void open() {
        state = kind.open(folder);
        store = state.store();
    }

    @AfterEach
    void close() {
        state.close();
    }

    @Test
    void nothing_is_known_at_first() {
        assertThat(store.normalizations("ad")).isEmpty();
        assertThat(store.accounts("crm")).isEmpty();
    }

    @Test
    void what_is_remembered_is_known_for_its_target() {
        Normalization phone = new Normalization("id-1", "telephoneNumber", "w1", "s1");
        Normalization mail = new Normalization("id-1", "mail", "w2", "s2");

        store.remember("ad", List.of(phone, mail));
        store.remember("ad", List.of());

        assertThat(store.normalizations("ad")).containsExactlyInAnyOrder(phone, mail);
        assertThat(store.normalizations("openldap")).isEmpty();
    }

    @Test
    void what_is_learnt_later_takes_the_place_of_what_was_known_of_the_attribute() {
        store.remember("ad", List.of(new Normalization("id-1", "telephoneNumber", "w1", "s1")));
        Normalization later = new Normalization("id-1", "TELEPHONENUMBER", "w2", "s2");

        store.remember("ad", List.of(later));

        assertThat(store.normalizations("ad")).containsExactly(later);
    }

    @Test
    void numbers_of_accounts_take_each_others_place() {
        store.remember("crm", new Accounts(7, true));
        store.remember("crm", new Accounts(20_000_000_000L, false));

        assertThat(store.accounts("crm")).contains(new Accounts(20_000_000_000L, false));
        assertThat(store.accounts("apollo")).isEmpty();
    }
}
