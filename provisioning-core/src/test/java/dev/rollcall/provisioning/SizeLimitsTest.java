package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchEntry;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchResult;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.provisioning.directory.DirectoryException;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.Situation;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers that give out less than is there: what is read is whole, or nothing is planned. */
class SizeLimitsTest {
    private static final int PEOPLE = 30;

    /** A server that does not know the paging control, and gives out a limited number of entries. */
    private static final class Unpaged extends InMemoryOperationInterceptor {
        private int limit = Integer.MAX_VALUE;
        private ResultCode answer = ResultCode.SIZE_LIMIT_EXCEEDED;
        private int given;

        @Override
        public void processSearchRequest(InMemoryInterceptedSearchRequest request) {
            given = 0;
            SearchRequest asked = request.getRequest().duplicate();
            asked.setControls(Arrays.stream(asked.getControls())
                    .filter(control -> !control.getOID().equals(SimplePagedResultsControl.PAGED_RESULTS_OID))
                    .toArray(Control[]::new));
            request.setRequest(asked);
        }

        @Override
        public void processSearchEntry(InMemoryInterceptedSearchEntry entry) {
            if (++given > limit) {
                entry.setSearchEntry(null);
            }
        }

        @Override
        public void processSearchResult(InMemoryInterceptedSearchResult result) {
            if (given > limit && result.getRequest().getScope().equals(SearchScope.SUB)) {
                result.setResult(new LDAPResult(
                        result.getMessageID(), answer, "no more than " + limit, null, new String[0], new Control[0]));
            }
        }
    }

    private final Unpaged server = new Unpaged();
    private final Roll roll = new Roll(server);

    @AfterEach
    void close() {
        roll.close();
    }

    @Test
    void a_server_that_does_not_page_gives_everybody_at_once() {
        roll.people(PEOPLE).sync();

        try (Plan plan = roll.plan()) {
            assertThat(plan.isEmpty()).isTrue();
            assertThat(plan.situations()).containsExactlyEntriesOf(java.util.Map.of(Situation.CONFIRMED, PEOPLE));
        }
    }

    @Test
    void one_that_cuts_its_answer_short_is_not_taken_for_whole() {
        roll.people(PEOPLE).sync();
        server.limit = 20;

        for (ResultCode cut : new ResultCode[] {
            ResultCode.SIZE_LIMIT_EXCEEDED, ResultCode.ADMIN_LIMIT_EXCEEDED, ResultCode.TIME_LIMIT_EXCEEDED
        }) {
            server.answer = cut;
            assertThatThrownBy(roll::plan)
                    .isInstanceOfSatisfying(DirectoryException.class, refused -> {
                        assertThat(refused.resultCode()).isEqualTo(cut);
                        assertThat(refused.kind()).isIn(FailureKind.LIMIT_EXCEEDED, FailureKind.TIMEOUT);
                    })
                    .hasMessageContaining("no more than 20");
        }
        server.answer = ResultCode.SIZE_LIMIT_EXCEEDED;
        assertThatThrownBy(roll::plan)
                .hasMessageContaining("searching " + Roll.PEOPLE)
                .hasMessageContaining("raise its limits");
    }
}
