package dev.rollcall.benchmarks;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.AddRequest;
import com.unboundid.ldap.sdk.AsyncRequestID;
import com.unboundid.ldap.sdk.AsyncResultListener;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The fastest that one would write by hand for this one source and this one directory: no retries, no plan. It reads
 * both sides at the same time, and adds, modifies and disables with {@value #WINDOW} requests on their way. With checks
 * it makes a list of everybody first, since half a list disables people, and reads back what it added.
 */
final class MinimalSync {
    private static final int WINDOW = 64;
    private static final int READ_BACK = 100;
    private static final Map<String, String> END = Map.of();

    private static final String[] ATTRIBUTES = {
        "employeeNumber",
        "uid",
        "cn",
        "sn",
        "givenName",
        "mail",
        "departmentNumber",
        "title",
        "telephoneNumber",
        "pwdAccountLockedTime"
    };

    private final Settings settings;
    private final LDAPConnection directory;
    private final boolean isChecked;
    private final Semaphore free = new Semaphore(WINDOW);
    private final AtomicReference<@Nullable ResultCode> refused = new AtomicReference<>();
    private final Counts counts = new Counts();
    private final List<String> added = new ArrayList<>();

    private MinimalSync(Settings settings, LDAPConnection directory, boolean isChecked) {
        this.settings = settings;
        this.directory = directory;
        this.isChecked = isChecked;
    }

    static Counts run(Settings settings, boolean isChecked) throws InterruptedException, LDAPException {
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try (LDAPConnection directory =
                new LDAPConnection(settings.host(), settings.port(), settings.bindDn(), settings.password())) {
            return new MinimalSync(settings, directory, isChecked).run(reader);
        } finally {
            reader.shutdownNow();
        }
    }

    private Counts run(ExecutorService reader) throws InterruptedException, LDAPException {
        BlockingQueue<Map<String, String>> people = new ArrayBlockingQueue<>(2_000);
        CompletableFuture<@Nullable Void> reading = CompletableFuture.runAsync(() -> read(people), reader);
        Map<String, SearchResultEntry> entries = read();
        List<Map<String, String>> all = new ArrayList<>();
        for (Map<String, String> wanted = people.take(); wanted != END; wanted = people.take()) {
            if (isChecked) {
                all.add(wanted);
            } else {
                write(wanted, entries.remove(wanted.get("employeeNumber")));
            }
        }
        reading.join();
        for (Map<String, String> wanted : all) {
            write(wanted, entries.remove(wanted.get("employeeNumber")));
        }
        for (SearchResultEntry gone : entries.values()) {
            if (!gone.hasAttribute("pwdAccountLockedTime")) {
                modify(
                        gone.getDN(),
                        List.of(new Modification(ModificationType.ADD, "pwdAccountLockedTime", "000001010000Z")));
                counts.disabled++;
            }
        }
        free.acquire(WINDOW);
        if (refused.get() != null) {
            throw new IllegalStateException("a write was refused: " + refused.get());
        }
        if (isChecked) {
            readBack();
        }
        return counts;
    }

    private void read(BlockingQueue<Map<String, String>> people) {
        try {
            People.<InterruptedException>each(settings.source(), people::put);
            people.put(END);
        } catch (IOException | InterruptedException failed) {
            people.clear();
            people.add(END);
            throw new CompletionException(failed);
        }
    }

    private Map<String, SearchResultEntry> read() throws LDAPException {
        Map<String, SearchResultEntry> entries = new HashMap<>();
        SearchRequest request =
                new SearchRequest(settings.base(), SearchScope.SUB, "(objectClass=inetOrgPerson)", ATTRIBUTES);
        @Nullable ASN1OctetString cookie = null;
        do {
            request.setControls(new SimplePagedResultsControl(1000, cookie));
            SearchResult result = directory.search(request);
            for (SearchResultEntry entry : result.getSearchEntries()) {
                entries.put(entry.getAttributeValue("employeeNumber"), entry);
            }
            SimplePagedResultsControl answer = SimplePagedResultsControl.get(result);
            cookie = answer != null && answer.moreResultsToReturn() ? answer.getCookie() : null;
        } while (cookie != null);
        return entries;
    }

    private void write(Map<String, String> wanted, @Nullable SearchResultEntry entry)
            throws LDAPException, InterruptedException {
        if (entry == null) {
            List<Attribute> attributes = new ArrayList<>();
            attributes.add(new Attribute("objectClass", "top", "person", "organizationalPerson", "inetOrgPerson"));
            wanted.forEach((name, value) -> attributes.add(new Attribute(name, value)));
            free.acquire();
            AsyncRequestID unused = directory.asyncAdd(
                    new AddRequest("uid=" + wanted.get("uid") + "," + settings.base(), attributes), answered());
            counts.added++;
            if (isChecked) {
                added.add(wanted.get("employeeNumber"));
            }
            return;
        }
        List<Modification> modifications = new ArrayList<>();
        wanted.forEach((name, value) -> {
            if (!value.equals(entry.getAttributeValue(name))) {
                modifications.add(new Modification(ModificationType.REPLACE, name, value));
            }
        });
        if (!modifications.isEmpty()) {
            modify(entry.getDN(), modifications);
            counts.modified++;
        }
    }

    private void modify(String dn, List<Modification> modifications) throws LDAPException, InterruptedException {
        free.acquire();
        AsyncRequestID unused = directory.asyncModify(new ModifyRequest(dn, modifications), answered());
    }

    private AsyncResultListener answered() {
        return (id, result) -> {
            if (!result.getResultCode().equals(ResultCode.SUCCESS)) {
                refused.set(result.getResultCode());
            }
            free.release();
        };
    }

    private void readBack() throws LDAPException {
        for (int from = 0; from < added.size(); from += READ_BACK) {
            List<String> some = added.subList(from, Math.min(added.size(), from + READ_BACK));
            SearchResult found = directory.search(
                    settings.base(),
                    SearchScope.SUB,
                    Filter.createORFilter(some.stream()
                            .map(key -> Filter.createEqualityFilter("employeeNumber", key))
                            .toList()),
                    ATTRIBUTES);
            if (found.getEntryCount() != some.size()) {
                throw new IllegalStateException("not everybody was added, or somebody twice");
            }
        }
    }
}
