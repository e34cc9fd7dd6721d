package dev.rollcall.provisioning.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.SearchScope;
import dev.rollcall.provisioning.internal.directory.StringPreparation;
import dev.rollcall.provisioning.internal.port.DirectoryConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds entries by the values of one attribute: in OR filters where the server has an index for it, else in one scan.
 * Without an index each filter costs the server a walk over everything, which we notice by the time it takes.
 * Thread-safe.
 */
final class KeyLookup {
    private static final Logger logger = LoggerFactory.getLogger(KeyLookup.class);

    private static final int BATCH = 50;

    /** An indexed batch of 50 takes a few milliseconds; this is a walk over thousands of entries. */
    private static final Duration SLOW_BATCH = Duration.ofMillis(150);

    private final Duration timeout;
    private final Set<String> unindexed = ConcurrentHashMap.newKeySet();

    KeyLookup(Duration timeout) {
        this.timeout = timeout;
    }

    /**
     * Tells the entries under {@code base} that have one of the values.
     *
     * @param within what else they must be; null for anything
     */
    void find(
            DirectoryConnection connection,
            String base,
            @Nullable Filter within,
            String attribute,
            Collection<String> values,
            Set<String> attributes,
            Consumer<ReadOnlyEntry> each) {
        EntrySearch search = new EntrySearch(connection, timeout);
        List<String> left = new ArrayList<>(new LinkedHashSet<>(values));
        int slow = 0;
        while (!left.isEmpty()) {
            if (left.size() > 2 * BATCH && (slow >= 2 || unindexed.contains(attribute))) {
                scan(search, base, within, attribute, left, attributes, each);
                return;
            }
            List<String> some = left.subList(0, Math.min(BATCH, left.size()));
            List<Filter> terms = new ArrayList<>();
            some.forEach(value -> terms.add(Filter.createEqualityFilter(attribute, value)));
            long start = System.nanoTime();
            search.some(
                            base,
                            SearchScope.SUB,
                            both(within, terms.size() == 1 ? terms.get(0) : Filter.createORFilter(terms)),
                            attributes)
                    .forEach(each);
            slow = System.nanoTime() - start > SLOW_BATCH.toNanos() ? slow + 1 : 0;
            if (slow == 2 && unindexed.add(attribute)) {
                logger.atWarn()
                        .addKeyValue("attribute", attribute)
                        .log("the directory seems to have no index for this attribute; add one");
            }
            some.clear();
        }
    }

    /** Everything that has the attribute, joined here. */
    private static void scan(
            EntrySearch search,
            String base,
            @Nullable Filter within,
            String attribute,
            List<String> values,
            Set<String> attributes,
            Consumer<ReadOnlyEntry> each) {
        Set<String> wanted = new HashSet<>();
        values.forEach(value -> wanted.add(folded(value)));
        search.all(base, both(within, Filter.createPresenceFilter(attribute)), attributes, entry -> {
            Attribute present = entry.getAttribute(attribute);
            for (String value : present == null ? new String[0] : present.getValues()) {
                if (wanted.contains(folded(value))) {
                    each.accept(entry);
                    return;
                }
            }
        });
    }

    private static Filter both(@Nullable Filter within, Filter filter) {
        return within == null ? filter : Filter.createANDFilter(within, filter);
    }

    /** As loosely as any server compares, so that nothing is missed. */
    private static String folded(String value) {
        return StringPreparation.caseIgnored(value);
    }
}
