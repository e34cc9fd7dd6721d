package dev.rollcall.provisioningtestkit;

import static dev.rollcall.provisioningtestkit.InMemoryActiveDirectory.BASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class InMemoryActiveDirectoryTest {
    private static final String ADA = "CN=Ada,OU=People," + BASE;

    private InMemoryActiveDirectory domain;
    private LDAPConnection connection;

    @BeforeEach
    void start() throws LDAPException {
        domain = InMemoryActiveDirectory.start();
        connection = domain.connectSecurely();
    }

    @AfterEach
    void stop() {
        connection.close();
        domain.close();
    }

    private static Entry user(String dn, String account) {
        return new Entry(
                dn,
                new Attribute("objectClass", "top", "person", "organizationalPerson", "user"),
                new Attribute("sAMAccountName", account));
    }

    private static Attribute password(String text) {
        return new Attribute(
                "unicodePwd", new ASN1OctetString(("\"" + text + "\"").getBytes(StandardCharsets.UTF_16LE)));
    }

    private ResultCode refusalOf(Operation operation) {
        LDAPException refusal = catchThrowableOfType(LDAPException.class, operation::run);
        assertThat(refusal).as("the domain should refuse").isNotNull();
        assertThat(refusal.getMessage()).matches("(?s)[0-9A-F]{8}: .*");
        return refusal.getResultCode();
    }

    /** An LDAP operation. */
    @FunctionalInterface
    private interface Operation {
        void run() throws LDAPException;
    }

    @Nested
    class A_new_user {
        @Test
        void gets_a_guid_a_name_and_the_default_account_control() throws LDAPException {
            connection.add(user(ADA, "ada"));

            Entry stored = connection.getEntry(ADA);
            assertThat(stored.getAttributeValueBytes("objectGUID")).hasSize(16);
            assertThat(stored.getAttributeValue("name")).isEqualTo("Ada");
            assertThat(stored.getAttributeValue("cn")).isEqualTo("Ada");
            assertThat(stored.getAttributeValue("userAccountControl")).isEqualTo("546");
        }

        @Test
        void with_a_password_in_the_same_add_is_enabled_and_can_log_on() throws LDAPException {
            Entry ada = user(ADA, "ada");
            ada.addAttribute("userAccountControl", "512");
            ada.addAttribute(password("Corr3ct-Horse"));
            connection.add(ada);

            try (LDAPConnection hers = domain.connectSecurely()) {
                assertThat(hers.bind("EXAMPLE\\ada", "Corr3ct-Horse").getResultCode())
                        .isEqualTo(ResultCode.SUCCESS);
            }
            assertThat(connection.getEntry(ADA).hasAttribute("unicodePwd")).isFalse();
        }

        @Test
        void cannot_be_enabled_without_a_password() {
            Entry ada = user(ADA, "ada");
            ada.addAttribute("userAccountControl", "512");

            assertThat(refusalOf(() -> connection.add(ada))).isEqualTo(ResultCode.UNWILLING_TO_PERFORM);
        }

        @Test
        void cannot_take_an_account_name_that_is_in_use_in_any_case() throws LDAPException {
            connection.add(user(ADA, "ada"));

            assertThat(refusalOf(() -> connection.add(user("CN=Other,OU=People," + BASE, "ADA"))))
                    .isEqualTo(ResultCode.ENTRY_ALREADY_EXISTS);
        }

        @Test
        void has_an_account_name_of_at_most_twenty_characters() {
            assertThat(refusalOf(() -> connection.add(user(ADA, "a".repeat(21)))))
                    .isEqualTo(ResultCode.CONSTRAINT_VIOLATION);
        }

        @Test
        void with_an_attribute_that_is_not_in_the_schema_is_refused_with_code_16() {
            Entry ada = user(ADA, "ada");
            ada.addAttribute("favouriteColour", "blue");

            assertThat(refusalOf(() -> connection.add(ada))).isEqualTo(ResultCode.NO_SUCH_ATTRIBUTE);
        }

        @Test
        void with_an_empty_or_too_long_value_is_refused_with_code_21() {
            Entry empty = user(ADA, "ada");
            empty.addAttribute("title", "");
            Entry tooLong = user(ADA, "ada");
            tooLong.addAttribute("employeeID", "x".repeat(17));

            assertThat(refusalOf(() -> connection.add(empty))).isEqualTo(ResultCode.INVALID_ATTRIBUTE_SYNTAX);
            assertThat(refusalOf(() -> connection.add(tooLong))).isEqualTo(ResultCode.INVALID_ATTRIBUTE_SYNTAX);
        }

        @Test
        void whose_manager_does_not_exist_is_refused_with_code_19() {
            Entry ada = user(ADA, "ada");
            ada.addAttribute("manager", "CN=Nobody," + BASE);

            assertThat(refusalOf(() -> connection.add(ada))).isEqualTo(ResultCode.CONSTRAINT_VIOLATION);
        }
    }

    @Nested
    class A_password {
        @Test
        void is_refused_without_encryption() throws LDAPException {
            try (LDAPConnection clear = domain.connect()) {
                Entry ada = user(ADA, "ada");
                ada.addAttribute(password("Corr3ct-Horse"));

                assertThat(refusalOf(() -> clear.add(ada))).isEqualTo(ResultCode.UNWILLING_TO_PERFORM);
            }
        }

        @Test
        void is_refused_unquoted_and_weak() throws LDAPException {
            connection.add(user(ADA, "ada"));

            assertThat(refusalOf(() -> connection.modify(
                            ADA,
                            new Modification(
                                    ModificationType.REPLACE,
                                    "unicodePwd",
                                    "Corr3ct-Horse".getBytes(StandardCharsets.UTF_16LE)))))
                    .isEqualTo(ResultCode.UNWILLING_TO_PERFORM);
            assertThatExceptionOfType(LDAPException.class)
                    .isThrownBy(() -> connection.modify(
                            ADA,
                            new Modification(
                                    ModificationType.REPLACE,
                                    "unicodePwd",
                                    password("weak").getValueByteArray())))
                    .withMessageStartingWith("0000052D");
        }

        @Test
        void of_a_disabled_account_does_not_log_on() throws LDAPException {
            Entry ada = user(ADA, "ada");
            ada.addAttribute("userAccountControl", "514");
            ada.addAttribute(password("Corr3ct-Horse"));
            connection.add(ada);

            try (LDAPConnection hers = domain.connectSecurely()) {
                assertThatExceptionOfType(LDAPException.class)
                        .isThrownBy(() -> hers.bind(ADA, "Corr3ct-Horse"))
                        .withMessageContaining("data 533");
            }
        }
    }

    @Nested
    class An_entry {
        @BeforeEach
        void exists() throws LDAPException {
            connection.add(user(ADA, "ada"));
        }

        @Test
        void keeps_its_guid_when_it_is_renamed_and_moved_and_is_found_by_it() throws LDAPException {
            byte[] guid = connection.getEntry(ADA).getAttributeValueBytes("objectGUID");

            connection.modifyDN(ADA, "CN=Ada Byron", true, "CN=Users," + BASE);

            SearchResult found = connection.search(
                    BASE,
                    SearchScope.SUB,
                    Filter.createEqualityFilter("objectGUID", guid),
                    "name",
                    "distinguishedName");
            assertThat(found.getSearchEntries()).singleElement().satisfies(entry -> {
                assertThat(entry.getAttributeValue("name")).isEqualTo("Ada Byron");
                assertThat(entry.getAttributeValue("distinguishedName")).isEqualTo(entry.getDN());
            });
            StringBuilder name = new StringBuilder("<GUID=");
            for (byte b : guid) {
                name.append(String.format("%02x", b));
            }
            assertThat(connection.getEntry(name + ">").getAttributeValue("name"))
                    .isEqualTo("Ada Byron");
        }

        @Test
        void cannot_be_renamed_by_a_modification() {
            assertThat(refusalOf(() ->
                            connection.modify(ADA, new Modification(ModificationType.REPLACE, "cn", "Ada Byron"))))
                    .isEqualTo(ResultCode.NOT_ALLOWED_ON_RDN);
        }

        @Test
        void does_not_let_its_guid_or_memberships_be_written() {
            assertThat(refusalOf(() ->
                            connection.modify(ADA, new Modification(ModificationType.REPLACE, "objectGUID", "x"))))
                    .isEqualTo(ResultCode.CONSTRAINT_VIOLATION);
            assertThat(refusalOf(
                            () -> connection.modify(ADA, new Modification(ModificationType.ADD, "memberOf", BASE))))
                    .isEqualTo(ResultCode.UNWILLING_TO_PERFORM);
        }

        @Test
        void is_found_by_the_short_name_of_its_category() throws LDAPException {
            String users = "(&(objectCategory=person)(objectClass=user)(sAMAccountName=ada))";
            String groups = "(&(objectCategory=group)(sAMAccountName=ada))";

            assertThat(connection.search(BASE, SearchScope.SUB, users, "cn").getEntryCount())
                    .isEqualTo(1);
            assertThat(connection.search(BASE, SearchScope.SUB, groups, "cn").getEntryCount())
                    .isZero();
        }

        @Test
        void is_found_by_the_bits_of_its_account_control() throws LDAPException {
            String disabled = "(&(sAMAccountName=ada)(userAccountControl:1.2.840.113556.1.4.803:=2))";
            String locked = "(&(sAMAccountName=ada)(userAccountControl:1.2.840.113556.1.4.803:=16))";

            assertThat(connection.search(BASE, SearchScope.SUB, disabled, "cn").getEntryCount())
                    .isEqualTo(1);
            assertThat(connection.search(BASE, SearchScope.SUB, locked, "cn").getEntryCount())
                    .isZero();
            assertThat(connection
                            .search(
                                    BASE,
                                    SearchScope.SUB,
                                    "(&(sAMAccountName=ada)(!(userAccountControl:1.2.840.113556.1.4.803:=2)))",
                                    "cn")
                            .getEntryCount())
                    .isZero();
        }
    }

    @Nested
    class A_group {
        private static final String SALES = "CN=Sales,OU=Groups," + BASE;

        @BeforeEach
        void has_a_member() throws LDAPException {
            connection.add(user(ADA, "ada"));
            connection.add(
                    SALES,
                    new Attribute("objectClass", "top", "group"),
                    new Attribute("sAMAccountName", "Sales"),
                    new Attribute("member", ADA));
        }

        @Test
        void shows_at_its_members() throws LDAPException {
            assertThat(connection.getEntry(ADA).getAttributeValues("memberOf")).containsExactly(SALES);

            connection.modify(SALES, new Modification(ModificationType.DELETE, "member", ADA));

            assertThat(connection.getEntry(ADA).hasAttribute("memberOf")).isFalse();
        }

        @Test
        void answers_in_its_own_codes_for_members_that_are_there_or_not() {
            assertThat(refusalOf(() -> connection.modify(SALES, new Modification(ModificationType.ADD, "member", ADA))))
                    .isEqualTo(ResultCode.ENTRY_ALREADY_EXISTS);
            assertThat(refusalOf(() -> connection.modify(
                            SALES,
                            new Modification(
                                    ModificationType.DELETE, "member", InMemoryActiveDirectory.ADMINISTRATOR))))
                    .isEqualTo(ResultCode.UNWILLING_TO_PERFORM);
            assertThat(refusalOf(() -> connection.modify(
                            SALES, new Modification(ModificationType.ADD, "member", "CN=Nobody," + BASE))))
                    .isEqualTo(ResultCode.NO_SUCH_OBJECT);
        }

        @Test
        void loses_a_member_that_is_deleted() throws LDAPException {
            connection.delete(ADA);

            assertThat(connection.getEntry(SALES).hasAttribute("member")).isFalse();
        }

        @Test
        void of_more_than_1500_members_is_handed_out_in_ranges() throws LDAPException {
            List<String> members = new ArrayList<>();
            for (int i = 0; i < 1700; i++) {
                String dn = "CN=u" + i + ",OU=People," + BASE;
                connection.add(user(dn, "u" + i));
                members.add(dn);
            }
            connection.modify(SALES, new Modification(ModificationType.ADD, "member", members.toArray(String[]::new)));

            Entry first = connection.getEntry(SALES, "member");
            Entry rest = connection.getEntry(SALES, "member;range=1500-*");

            assertThat(first.hasAttribute("member")).isFalse();
            assertThat(first.getAttributeValues("member;range=0-1499")).hasSize(1500);
            assertThat(rest.getAttributeValues("member;range=1500-*")).hasSize(201);
        }
    }

    @Test
    void a_search_ends_at_1000_entries_unless_it_pages() throws LDAPException {
        for (int i = 0; i < 1100; i++) {
            connection.add(user("CN=u" + i + ",OU=People," + BASE, "u" + i));
        }
        Filter users = Filter.createEqualityFilter("objectClass", "user");

        LDAPSearchException cut = catchThrowableOfType(
                LDAPSearchException.class, () -> connection.search(BASE, SearchScope.SUB, users, "cn"));

        assertThat(cut.getResultCode()).isEqualTo(ResultCode.SIZE_LIMIT_EXCEEDED);
        assertThat(cut.getEntryCount()).isEqualTo(1000);
        SearchRequest paged = new SearchRequest(BASE, SearchScope.SUB, users, "cn");
        paged.addControl(new SimplePagedResultsControl(5000));
        SearchResult page = connection.search(paged);
        assertThat(page.getEntryCount()).isEqualTo(1000);
        assertThat(SimplePagedResultsControl.get(page).moreResultsToReturn()).isTrue();
    }
}
