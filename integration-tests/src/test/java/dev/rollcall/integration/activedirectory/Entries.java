package dev.rollcall.integration.activedirectory;

import static dev.rollcall.integration.activedirectory.Questions.codeOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ModificationType;
import org.junit.jupiter.api.Test;

/** What an entry may be, and where. */
interface Entries {
    Questions ask();

    @Test
    default void a_name_that_is_taken_is_refused_with_68() throws Exception {
        String dn = ask().addedUser();
        Entry second = ask().user(ask().newName());
        second.setDN(dn);

        assertThat(codeOf(() -> ask().add(second))).isEqualTo(68);
    }

    @Test
    default void an_entry_without_a_parent_is_refused_with_32() {
        Entry orphan = ask().user(ask().newName());
        orphan.setDN("CN=Orphan,OU=nowhere," + ask().unit());

        assertThat(codeOf(() -> ask().add(orphan))).isEqualTo(32);
    }

    @Test
    default void an_entry_that_is_not_there_is_changed_and_deleted_with_32() {
        String nobody = ask().dn("nobody");

        assertThat(codeOf(() -> ask().modify(nobody, ModificationType.REPLACE, "title", "Baker")))
                .isEqualTo(32);
        assertThat(codeOf(() -> ask().domain().pool().delete(nobody))).isEqualTo(32);
    }

    @Test
    default void an_empty_value_is_refused_with_21() throws Exception {
        String dn = ask().addedUser();

        assertThat(codeOf(() -> ask().addedUser(new Attribute("title", "")))).isEqualTo(21);
        assertThat(codeOf(() -> ask().modify(dn, ModificationType.REPLACE, "title", "")))
                .isEqualTo(21);
    }

    @Test
    default void a_value_that_is_too_long_is_refused_with_21() {
        assertThat(codeOf(() -> ask().addedUser(new Attribute("employeeID", "x".repeat(17)))))
                .isEqualTo(21);
    }

    @Test
    default void an_attribute_that_is_not_there_can_be_cleared_but_not_deleted() throws Exception {
        String dn = ask().addedUser();

        ask().modify(dn, ModificationType.REPLACE, "title");

        assertThat(codeOf(() -> ask().modify(dn, ModificationType.DELETE, "title")))
                .isEqualTo(16);
    }

    @Test
    default void an_attribute_that_the_schema_does_not_know_is_refused_with_16() throws Exception {
        String dn = ask().addedUser();

        assertThat(codeOf(() -> ask().addedUser(new Attribute("favouriteColour", "blue"))))
                .isEqualTo(16);
        assertThat(codeOf(() -> ask().modify(dn, ModificationType.REPLACE, "favouriteColour", "blue")))
                .isEqualTo(16);
    }

    @Test
    default void a_manager_who_is_not_there_is_refused_with_19() throws Exception {
        String dn = ask().addedUser();
        String nobody = ask().dn("nobody");

        assertThat(codeOf(() -> ask().addedUser(new Attribute("manager", nobody))))
                .isEqualTo(19);
        assertThat(codeOf(() -> ask().modify(dn, ModificationType.REPLACE, "manager", nobody)))
                .isEqualTo(19);
    }

    @Test
    default void the_name_of_an_entry_is_not_modified_but_renamed() throws Exception {
        String dn = ask().addedUser();
        String name = ask().newName();

        assertThat(codeOf(() -> ask().modify(dn, ModificationType.REPLACE, "cn", name)))
                .isEqualTo(67);

        ask().domain().pool().modifyDN(dn, "CN=" + name, true);
        assertThat(ask().value(ask().dn(name), "cn")).isEqualTo(name);
        assertThat(DN.equals(ask().value(ask().dn(name), "distinguishedName"), ask().dn(name)))
                .isTrue();
    }

    @Test
    default void what_the_system_keeps_is_not_written() throws Exception {
        String dn = ask().addedUser();
        String group = ask().addedGroup();

        assertThat(codeOf(() -> ask().modify(dn, ModificationType.REPLACE, "objectGUID", "0123456789abcdef")))
                .isEqualTo(19);
        assertThat(codeOf(() -> ask().modify(dn, ModificationType.ADD, "memberOf", group)))
                .isEqualTo(53);
    }

    @Test
    default void an_entry_with_others_below_it_is_not_deleted() throws Exception {
        ask().addedUser();

        assertThat(codeOf(() -> ask().domain().pool().delete(ask().unit()))).isEqualTo(66);
    }
}
