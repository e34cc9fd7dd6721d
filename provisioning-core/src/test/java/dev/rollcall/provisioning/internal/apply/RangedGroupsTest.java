package dev.rollcall.provisioning.internal.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchEntry;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.SearchRequest;
import dev.rollcall.provisioning.Roll;
import dev.rollcall.provisioning.plan.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that gives ten members of a group in one answer, as Active Directory gives 1,500. */
class RangedGroupsTest {
    private static final class Ranges extends InMemoryOperationInterceptor {
        private static final Pattern RANGE = Pattern.compile("member;range=(\\d+)-\\*");
        private static final int MOST = 10;
        private final List<String> asked = new ArrayList<>();
        private int from;

        @Override
        public void processSearchRequest(InMemoryInterceptedSearchRequest request) {
            from = 0;
            SearchRequest search = request.getRequest().duplicate();
            List<String> attributes = new ArrayList<>();
            for (String attribute : search.getAttributes()) {
                Matcher range = RANGE.matcher(attribute);
                if (range.matches()) {
                    asked.add(attribute);
                    from = Integer.parseInt(range.group(1));
                }
                attributes.add(range.matches() ? "member" : attribute);
            }
            search.setAttributes(attributes);
            request.setRequest(search);
        }

        @Override
        public void processSearchEntry(InMemoryInterceptedSearchEntry found) {
            Entry entry = found.getSearchEntry().duplicate();
            String[] members = entry.getAttributeValues("member");
            if (members != null && members.length > MOST) {
                int to = Math.min(members.length, from + MOST);
                String end = to == members.length ? "*" : Integer.toString(to - 1);
                entry.removeAttribute("member");
                entry.addAttribute(
                        new Attribute("member;range=" + from + "-" + end, Arrays.copyOfRange(members, from, to)));
                found.setSearchEntry(entry);
            }
        }
    }

    private final Ranges ranges = new Ranges();
    private final Roll roll = new Roll(ranges);

    @BeforeEach
    void everybody_is_in_a_group() {
        String staff = "cn=staff," + Roll.GROUPS;
        roll.entry("dn: " + staff, "objectClass: groupOfNames", "cn: staff", "member: cn=stranger");
        roll.mapping = Roll.mapping().group(staff, "record.email is present").build();
        roll.people(25).sync();
        ranges.asked.clear();
    }

    @AfterEach
    void close() {
        roll.close();
    }

    @Test
    void is_read_to_its_end() {
        try (Plan plan = roll.plan()) {
            assertThat(plan.isEmpty()).isTrue();
        }
        assertThat(ranges.asked).containsExactly("member;range=10-*", "member;range=20-*");
    }

    @Test
    void loses_the_members_who_must_leave_wherever_they_stand() {
        roll.records.set(24, Roll.record(25, "First25", "Last25", "email", null));

        try (Plan plan = roll.plan()) {
            assertThat(plan.counts()).hasToString("modify 1, groupRemove 1");
        }
    }
}
