package dev.rollcall.integration.activedirectory;

import static dev.rollcall.integration.activedirectory.Questions.codeOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Members, a few and many. */
interface Groups {
    int MANY = 1_050;

    Questions ask();

    @Test
    default void a_member_shows_the_group_and_is_not_added_twice() throws Exception {
        String member = ask().addedUser();
        String group = ask().addedGroup(member);

        assertThat(ask().value(member, "memberOf")).isEqualTo(group);
        assertThat(codeOf(() -> ask().modify(group, ModificationType.ADD, "member", member)))
                .isEqualTo(68);
    }

    @Test
    default void a_member_that_is_not_in_the_group_is_removed_with_53() throws Exception {
        String group = ask().addedGroup(ask().addedUser());
        String other = ask().addedUser();

        assertThat(codeOf(() -> ask().modify(group, ModificationType.DELETE, "member", other)))
                .isEqualTo(53);
    }

    @Test
    default void a_member_that_does_not_exist_is_refused_with_32() throws Exception {
        String group = ask().addedGroup();

        assertThat(codeOf(() -> ask().modify(group, ModificationType.ADD, "member", ask().dn("nobody"))))
                .isEqualTo(32);
    }

    @Test
    default void a_member_that_is_deleted_or_renamed_takes_the_group_along() throws Exception {
        String stays = ask().addedUser();
        String leaves = ask().addedUser();
        String group = ask().addedGroup(stays, leaves);
        String name = ask().newName();

        ask().domain().pool().delete(leaves);
        ask().domain().pool().modifyDN(stays, "CN=" + name, true);

        assertThat(ask().domain().pool().getEntry(group, "member").getAttributeValues("member"))
                .containsExactly(ask().dn(name));
    }

    @Test
    default void many_users_are_read_in_pages_and_as_members_in_ranges() throws Exception {
        String unit = "OU=" + ask().newName() + "," + ask().unit();
        ask().add(new Entry(unit, new Attribute("objectClass", "organizationalUnit")));
        List<String> users = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            Entry user = ask().user(ask().newName());
            user.setDN("CN=many" + i + "," + unit);
            users.add(ask().add(user));
        }

        assertThat(inPages(unit)).containsExactlyInAnyOrderElementsOf(users);

        String group = ask().addedGroup(users.toArray(String[]::new));
        Set<String> members = new HashSet<>(range(group, "member;range=0-999", "member;range=0-999"));
        assertThat(members).hasSize(1_000);
        members.addAll(range(group, "member;range=1000-*", "member;range=1000-*"));
        assertThat(members).containsExactlyInAnyOrderElementsOf(users);
        assertThat(range(group, "member;range=0-*", "member;range=0-*")).hasSize(MANY);
    }

    private List<String> range(String group, String asked, String answered) throws Exception {
        Entry entry = ask().domain().pool().getEntry(group, asked);
        assertThat(entry.getAttributes()).extracting(Attribute::getName).contains(answered);
        return List.of(entry.getAttributeValues(answered));
    }

    private List<String> inPages(String unit) throws Exception {
        List<String> found = new ArrayList<>();
        ASN1OctetString cookie = null;
        do {
            SearchRequest request = new SearchRequest(unit, SearchScope.ONE, "(objectClass=user)", "1.1");
            request.addControl(new SimplePagedResultsControl(1_000, cookie));
            SearchResult page = ask().domain().pool().search(request);
            assertThat(page.getEntryCount()).isLessThanOrEqualTo(1_000);
            page.getSearchEntries().stream().map(SearchResultEntry::getDN).forEach(found::add);
            cookie = SimplePagedResultsControl.get(page).getCookie();
        } while (cookie.getValueLength() > 0);
        return found;
    }
}
