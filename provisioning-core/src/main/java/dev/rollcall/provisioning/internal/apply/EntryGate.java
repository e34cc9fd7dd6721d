package dev.rollcall.provisioning.internal.apply;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.mapping.KeyRule;
import dev.rollcall.provisioning.directory.AccountState;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.directory.EntryIds;
import dev.rollcall.provisioning.internal.directory.ValueEquality;
import dev.rollcall.provisioning.internal.directory.WireNames;
import dev.rollcall.provisioning.internal.plan.EntryFingerprint;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Outcome;
import dev.rollcall.provisioning.plan.Situation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges before every write whether the entry is still the one that the plan saw: by its id, in base and filter, not
 * protected, without another source's mark, with the key, the state and the old values of the plan. A server with the
 * assertion control (RFC 4528) judges at the moment of the write; for the others the entry is read right before, up to a
 * hundred entries in one search. Not thread-safe: for one thread at a time.
 */
final class EntryGate {
    /** Entries in one search: beyond 200 terms every server gets slower for each of them. */
    static final int BATCH = 100;

    /** What was read longer ago than this is read again. */
    private static final long FRESH_NANOS = 2_000_000_000L;

    /** Finding a hundred entries by an indexed id takes a few milliseconds; this is a walk over all of them. */
    private static final long SLOW_NANOS = 150_000_000L;

    private final DirectoryAccess directory;
    private final @Nullable KeyRule key;
    private final EntryFingerprint fingerprint;

    /** By id, what the last search found; an entry is taken out when it is judged, since it is written then. */
    private final Map<String, Optional<ReadOnlyEntry>> ahead = new HashMap<>();

    private long readAt;
    private int slow;

    /** By id, the state that this run gave to an account. */
    private final Map<String, AccountState> given = new HashMap<>();

    /** The ids of entries that this run has written before, so that the plan's fingerprint is not theirs any more. */
    private final Set<String> written = new HashSet<>();

    EntryGate(DirectoryAccess directory, OwnedScope scope) {
        this.directory = directory;
        this.key = scope.key();
        this.fingerprint = new EntryFingerprint(directory, scope.attributes());
    }

    /** Reads the entries of these changes, which are written next, in one search. */
    void lookAhead(List<DirectoryChange> changes) {
        ahead.clear();
        Set<String> ids = new LinkedHashSet<>();
        Set<String> names = new LinkedHashSet<>();
        for (DirectoryChange change : changes) {
            String id = change.id().orElse(null);
            if (id != null && !EntryIds.isDn(id) && DnForm.isWithin(change.dn(), directory.base())) {
                ids.add(id);
                names.addAll(wanted(change, change.attributes()));
            }
        }
        if (ids.size() < 2 || slow >= 2) {
            return;
        }
        long start = System.nanoTime();
        List<ReadOnlyEntry> found = directory.managedByIds(ids, names);
        readAt = System.nanoTime();
        slow = readAt - start > SLOW_NANOS ? slow + 1 : 0;
        ids.forEach(id -> ahead.put(id, Optional.empty()));
        found.forEach(entry -> ahead.put(directory.id(entry), Optional.of(entry)));
    }

    /** Whether the entry was read by {@link #lookAhead}, and not long ago. */
    boolean hasRead(DirectoryChange change) {
        return System.nanoTime() - readAt < FRESH_NANOS
                && change.id().filter(ahead::containsKey).isPresent();
    }

    /** Notes that this run wrote the entry: what was read before does not hold any more. */
    void written(DirectoryChange change) {
        change.id().ifPresent(id -> {
            ahead.remove(id);
            if (change.kind() != ChangeKind.MODIFY && change.group().isEmpty()) {
                written.add(id);
            }
            if (change.kind() == ChangeKind.DISABLE) {
                given.put(id, AccountState.DISABLED);
            } else if (change.kind() == ChangeKind.ENABLE) {
                given.put(id, AccountState.ENABLED);
            }
        });
    }

    /** Whether the entry goes with the one above it: it is no account, and the filter never found it. */
    private static boolean isBelowADelete(DirectoryChange change) {
        return change.kind() == ChangeKind.DELETE && change.state().isEmpty();
    }

    /** Whether the entry is not any more what the plan saw, in any attribute that is owned; the log says why. */
    boolean isStale(DirectoryChange change, ApplyLog log) {
        Optional<String> why = refusal(change, WireNames.of(change.dn()), List.of(), true);
        why.ifPresent(because -> log.failed(Outcome.stale(change, because)));
        return why.isPresent();
    }

    /**
     * Why a change of the entry itself must not be made.
     *
     * @param dn where the entry is, as far as this run knows
     * @param attributes what the change writes; their old values must be there
     * @param whole whether every owned attribute must be as planned, and not only those that are written
     */
    Optional<String> refusal(DirectoryChange change, String dn, List<AttributeChange> attributes, boolean whole) {
        Optional<ReadOnlyEntry> read = hasRead(change) && !whole ? take(change) : Optional.empty();
        if (read.isEmpty()) {
            Set<String> names = wanted(change, attributes);
            if (whole) {
                names.addAll(fingerprint.attributes());
            }
            read = isBelowADelete(change)
                    ? directory.find(parsed(dn), names)
                    : directory.findFiltered(parsed(dn), names);
            if (read.isEmpty() || !isSame(change, read.get())) {
                return Optional.of(missing(change, parsed(dn)));
            }
        } else if (!DnForm.same(parsed(dn), Entries.dn(read.get()))) {
            return Optional.of("the entry was renamed or moved since the plan was made, to "
                    + read.get().getDN());
        }
        ReadOnlyEntry entry = read.get();
        Optional<String> why = refusal(change, entry);
        if (why.isPresent()) {
            return why;
        }
        boolean changed = whole
                ? !change.fingerprint().isEmpty()
                        && !isWritten(change)
                        && !change.fingerprint().equals(fingerprint.of(entry))
                : !attributes.stream().allMatch(one -> hasOldValues(entry, one));
        return changed ? Optional.of("the entry was changed since the plan was made") : Optional.empty();
    }

    /** Why no entry of the plan is there. */
    private String missing(DirectoryChange change, DN dn) {
        Optional<ReadOnlyEntry> present = directory.find(dn, Set.of());
        if (present.isEmpty()) {
            return "the entry is gone, or was renamed or moved since the plan was made";
        }
        return isSame(change, present.get())
                ? "directory.filter does not find the entry any more"
                : "another entry has this name by now";
    }

    /** The member of a change of memberships, or why there is none. */
    record Member(@Nullable DN dn, @Nullable ReadOnlyEntry entry, String refusal) {
        static Member none(String refusal) {
            return new Member(null, null, refusal);
        }
    }

    /** A member that is not where the plan has it. */
    private Member elsewhere(DirectoryChange change, String dn, @Nullable String id, Set<String> names) {
        Optional<ReadOnlyEntry> present = directory.find(parsed(dn), names);
        boolean taken = id != null && present.isPresent() && !id.equals(directory.id(present.get()));
        Optional<ReadOnlyEntry> found = id == null || (present.isPresent() && !taken)
                ? present
                : directory.findByIds(List.of(id), names).stream().findFirst();
        if (found.isEmpty()) {
            return gone(change, dn, taken);
        }
        DN now = Entries.dn(found.get());
        if (!DnForm.same(now, parsed(dn)) && !isManaged(found.get())) {
            return Member.none("the member was moved out of the base, to " + now);
        }
        return directory
                .findFiltered(now, names)
                .filter(entry -> id == null || id.equals(directory.id(entry)))
                .map(entry -> new Member(now, entry, ""))
                .orElseGet(() -> Member.none("directory.filter does not find the member any more"));
    }

    /** Where the member is now, by its id; it may have been renamed since the plan was made. */
    Member member(DirectoryChange change, String dn, @Nullable String id) {
        Optional<ReadOnlyEntry> read = hasRead(change) ? take(change) : Optional.empty();
        if (read.isEmpty()) {
            Set<String> names = wanted(change, List.of());
            read = directory.findFiltered(parsed(dn), names);
            if (read.isEmpty() || (id != null && !id.equals(directory.id(read.get())))) {
                Member elsewhere = elsewhere(change, dn, id, names);
                ReadOnlyEntry there = elsewhere.entry();
                if (there == null) {
                    return elsewhere;
                }
                read = Optional.of(there);
            }
        }
        ReadOnlyEntry entry = read.get();
        return refusal(change, entry).map(Member::none).orElseGet(() -> new Member(Entries.dn(entry), entry, ""));
    }

    /** Of an entry that is gone, the name may still stand in the group, if nobody else has it by now. */
    private static Member gone(DirectoryChange change, String dn, boolean taken) {
        if (change.kind() == ChangeKind.GROUP_REMOVE && !taken) {
            return new Member(parsed(dn), null, "");
        }
        return Member.none(taken ? "another entry has the member's name by now" : "the member is gone");
    }

    private boolean isManaged(ReadOnlyEntry entry) {
        return DnForm.isWithin(Entries.dn(entry), directory.base());
    }

    /** What holds for every kind of change. */
    private Optional<String> refusal(DirectoryChange change, ReadOnlyEntry entry) {
        Optional<String> protectedNow = directory.protectedBecause(entry);
        if (protectedNow.isPresent()) {
            return Optional.of("the entry is protected by now: " + protectedNow.get());
        }
        Optional<String> theirs = directory.ownedByOther(entry);
        if (theirs.isPresent()) {
            return Optional.of("the entry has the mark of another source by now: " + theirs.get());
        }
        if (isBelowADelete(change)) {
            return Optional.empty();
        }
        boolean ends = change.situation() == Situation.SOURCE_MISSING;
        if (ends && directory.markAttribute().isPresent() && !directory.isMarked(entry)) {
            return Optional.of("the entry has lost its mark");
        }
        if (!hasKey(change, entry)) {
            return Optional.of("the key of the entry was changed since the plan was made");
        }
        AccountState expected = expected(change);
        if (expected != null && (expected == AccountState.ENABLED) != directory.isEnabled(entry)) {
            return Optional.of("the account was " + (expected == AccountState.ENABLED ? "disabled" : "enabled")
                    + " since the plan was made");
        }
        return Optional.empty();
    }

    private @Nullable AccountState expected(DirectoryChange change) {
        AccountState ours = change.id().map(given::get).orElse(null);
        return ours != null ? ours : change.state().orElse(null);
    }

    /** An entry that was matched has no key before it is linked. */
    private boolean hasKey(DirectoryChange change, ReadOnlyEntry entry) {
        KeyRule rule = key;
        boolean unlinked =
                change.kind() == ChangeKind.LINK || change.situation().isLinked();
        if (rule == null || unlinked || change.key().isEmpty()) {
            return true;
        }
        return Entries.values(entry, rule.attribute()).stream()
                .anyMatch(value -> rule.normalize(value).equals(change.key()));
    }

    private boolean isWritten(DirectoryChange change) {
        return change.id().filter(written::contains).isPresent();
    }

    /** The same for the server to judge at the moment of the write; null if nothing is left to assert. */
    @Nullable
    Filter assertion(DirectoryChange change, List<AttributeChange> attributes) {
        List<Filter> terms = new ArrayList<>();
        change.id().flatMap(directory::idFilter).ifPresent(terms::add);
        if (change.id().isPresent()) {
            terms.add(directory.writable());
            KeyRule rule = key;
            boolean unlinked =
                    change.kind() == ChangeKind.LINK || change.situation().isLinked();
            if (rule != null && !unlinked && isAsSpelled(rule) && !change.key().isEmpty()) {
                terms.add(Filter.createEqualityFilter(rule.attribute(), change.key()));
            }
            AccountState state = expected(change);
            if (state != null) {
                directory.stateFilter(state == AccountState.ENABLED).ifPresent(terms::add);
            }
        }
        for (AttributeChange attribute : attributes) {
            // A value to add names no old one.
            if (attribute.before().isEmpty()
                    && directory.values(attribute.name()).hasEqualityRule()) {
                terms.add(Filter.createNOTFilter(Filter.createPresenceFilter(attribute.name())));
            }
        }
        return terms.isEmpty() ? null : terms.size() == 1 ? terms.get(0) : Filter.createANDFilter(terms);
    }

    /** Whether the server finds a key as it is spelled here. */
    private static boolean isAsSpelled(KeyRule rule) {
        return EnumSet.of(KeyRule.Normalization.TRIM).containsAll(rule.normalizations());
    }

    /** Whether the entry has the values that the change would leave there: it was made, though the response was lost. */
    boolean isMade(DirectoryChange change, String dn, List<AttributeChange> attributes) {
        Optional<ReadOnlyEntry> present = directory.find(parsed(dn), wanted(change, attributes));
        return present.isPresent()
                && isSame(change, present.get())
                && attributes.stream().allMatch(one -> hasNewValues(present.get(), one));
    }

    /** Whether the entry that has this id is there. */
    boolean isAt(DirectoryChange change, DN dn) {
        return directory
                .find(dn, Set.of())
                .filter(entry -> isSame(change, entry))
                .isPresent();
    }

    private Optional<ReadOnlyEntry> take(DirectoryChange change) {
        Optional<ReadOnlyEntry> found = change.id().map(ahead::remove).orElse(null);
        return found == null ? Optional.empty() : found;
    }

    private Set<String> wanted(DirectoryChange change, List<AttributeChange> attributes) {
        Set<String> names = new LinkedHashSet<>();
        if (change.group().isEmpty()) {
            attributes.forEach(one -> names.add(one.name()));
        }
        if (key != null) {
            names.add(key.attribute());
        }
        return names;
    }

    private boolean hasOldValues(ReadOnlyEntry entry, AttributeChange change) {
        List<ASN1OctetString> values = values(entry, change);
        if (change.before().isEmpty()) {
            return values.isEmpty();
        }
        ValueEquality equality = directory.values(change.name());
        return equality.isDn()
                ? equality.canonical(values).containsAll(equality.canonical(change.removed()))
                : new HashSet<>(values).containsAll(change.removed());
    }

    private boolean hasNewValues(ReadOnlyEntry entry, AttributeChange change) {
        ValueEquality equality = directory.values(change.name());
        Set<String> values = equality.canonical(values(entry, change));
        return values.containsAll(equality.canonical(change.after()))
                && equality.canonical(change.removed()).stream().noneMatch(values::contains);
    }

    private static List<ASN1OctetString> values(ReadOnlyEntry entry, AttributeChange change) {
        Attribute attribute = entry.getAttribute(change.name());
        return attribute == null ? List.of() : Arrays.asList(attribute.getRawValues());
    }

    private boolean isSame(DirectoryChange change, ReadOnlyEntry present) {
        return change.id().map(directory.id(present)::equals).orElse(true);
    }

    private static DN parsed(String dn) {
        return Entries.dn("entry", dn);
    }
}
