package dev.rollcall.provisioning.directory;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchResultListener;
import com.unboundid.ldap.sdk.SearchResultReference;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import com.unboundid.ldap.sdk.unboundidds.controls.RealAttributesOnlyRequestControl;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import dev.rollcall.provisioning.internal.port.DirectoryConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Searches on one connection, whole or not at all. Not thread-safe: for one thread at a time. */
final class EntrySearch {
    static final int PAGE = 1000;

    private final DirectoryConnection connection;
    private final Duration timeout;

    EntrySearch(DirectoryConnection connection, Duration timeout) {
        this.connection = connection;
        this.timeout = timeout;
    }

    /** Every entry of the subtree that the filter finds, in pages, since servers cut off what is not paged. */
    void all(String base, Filter filter, Set<String> attributes, Consumer<ReadOnlyEntry> each) {
        until(() -> false, base, filter, attributes, each);
    }

    /** The same, page by page until there is enough. */
    void until(
            BooleanSupplier enough, String base, Filter filter, Set<String> attributes, Consumer<ReadOnlyEntry> each) {
        ASN1OctetString cookie = null;
        do {
            SearchRequest request = request(new Collected(each), base, SearchScope.SUB, filter, attributes);
            request.addControl(new SimplePagedResultsControl(PAGE, cookie, false));
            SearchResult result = run(request);
            cookie = cookie(result);
        } while (cookie != null && !enough.getAsBoolean());
    }

    /** The entries right below one, without attributes, page by page until there are enough. */
    void children(String parent, BooleanSupplier enough, Consumer<ReadOnlyEntry> each) {
        ASN1OctetString cookie = null;
        do {
            SearchRequest request = request(
                    new Collected(each),
                    parent,
                    SearchScope.ONE,
                    Filter.createPresenceFilter("objectClass"),
                    List.of("1.1"));
            request.addControl(new SimplePagedResultsControl(PAGE, cookie, false));
            cookie = cookie(run(request));
        } while (cookie != null && !enough.getAsBoolean());
    }

    /** What the filter finds; empty if the base is not there. */
    List<ReadOnlyEntry> some(String base, SearchScope scope, Filter filter, Collection<String> attributes) {
        List<ReadOnlyEntry> found = new ArrayList<>();
        ASN1OctetString cookie = null;
        do {
            SearchRequest request = request(new Collected(found::add), base, scope, filter, attributes);
            if (!scope.equals(SearchScope.BASE)) {
                request.addControl(new SimplePagedResultsControl(PAGE, cookie, false));
            }
            SearchResult result;
            try {
                result = search(request);
            } catch (LDAPSearchException failed) {
                if (failed.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
                    return List.of();
                }
                throw DirectoryException.of("searching " + base, failed);
            }
            cookie = scope.equals(SearchScope.BASE) ? null : cookie(result);
        } while (cookie != null);
        return found;
    }

    /** One entry with the values that it holds itself, without those that the server computes, as far as it tells them apart. */
    Optional<ReadOnlyEntry> stored(String dn, Collection<String> attributes) {
        List<ReadOnlyEntry> found = new ArrayList<>();
        SearchRequest request = request(
                new Collected(found::add),
                dn,
                SearchScope.BASE,
                Filter.createPresenceFilter("objectClass"),
                attributes);
        request.addControl(new RealAttributesOnlyRequestControl());
        try {
            search(request);
        } catch (LDAPSearchException failed) {
            if (!failed.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
                throw DirectoryException.of("reading " + dn, failed);
            }
        }
        return found.stream().findFirst();
    }

    private SearchResult run(SearchRequest request) {
        try {
            return search(request);
        } catch (LDAPSearchException failed) {
            throw DirectoryException.of("searching " + request.getBaseDN() + " for " + request.getFilter(), failed);
        }
    }

    private SearchResult search(SearchRequest request) throws LDAPSearchException {
        if (Thread.currentThread().isInterrupted()) {
            throw new DirectoryException(
                    FailureKind.CANCELLED,
                    ResultCode.USER_CANCELED,
                    Problem.of("cancelled", "", "the run was cancelled", ""),
                    null);
        }
        return connection.search(request);
    }

    private SearchRequest request(
            Collected listener, String base, SearchScope scope, Filter filter, Collection<String> attributes) {
        SearchRequest request = new SearchRequest(
                listener, base, scope, DereferencePolicy.NEVER, 0, 0, false, filter, attributes.toArray(new String[0]));
        request.setResponseTimeoutMillis(timeout.toMillis());
        request.setFollowReferrals(false);
        return request;
    }

    private static @Nullable ASN1OctetString cookie(SearchResult result) {
        for (Control control : result.getResponseControls()) {
            if (control instanceof SimplePagedResultsControl paged && paged.moreResultsToReturn()) {
                return paged.getCookie();
            }
        }
        return null;
    }

    /** Hands entries over as they come; a referral to another server's part of the tree is not followed. */
    private static final class Collected implements SearchResultListener {
        private static final long serialVersionUID = 1L;

        private final transient Consumer<ReadOnlyEntry> each;

        Collected(Consumer<ReadOnlyEntry> each) {
            this.each = each;
        }

        @Override
        public void searchEntryReturned(SearchResultEntry entry) {
            each.accept(entry);
        }

        @Override
        public void searchReferenceReturned(SearchResultReference reference) {
            // Another server's entries are not ours to judge.
        }
    }
}
