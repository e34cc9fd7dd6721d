package dev.rollcall.provisioning.internal.apply;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.mapping.KeyRule;
import dev.rollcall.provisioning.directory.DirectoryException;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that two runs at once do not leave two accounts with one key: nobody has the key before an entry is made, and
 * after that nobody but the new entry. The search that asks for the keys of the next entries reads back those that were
 * made before, so a hundred creates cost one search. Not thread-safe: for one thread at a time.
 */
final class KeyClaims {
    /** An entry that was made, and whose key is to be asked for once more. */
    record Made(
            int at,
            DirectoryChange change,
            List<AttributeChange> attributes,
            @Nullable String id) {}

    /** What becomes of the entries that were made. */
    interface Judge {
        /** Nobody else has the key; {@code stored} is the entry as it was read back, null if it was not found. */
        void alone(Made made, @Nullable ReadOnlyEntry stored);

        /** Others have the key as well. */
        void shared(Made made, ReadOnlyEntry stored, List<DN> others);
    }

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /** A key that was asked for longer ago than this is asked for again. */
    private static final long FRESH_NANOS = 5_000_000_000L;

    private final DirectoryAccess directory;
    private final @Nullable KeyRule key;
    private final boolean readsValues;
    private final Judge judge;
    private final List<Made> made = new ArrayList<>();

    /** By key, who has it; of those that were asked for by the last search. */
    private final Map<String, List<ReadOnlyEntry>> holders = new HashMap<>();

    private long askedAt;

    /** @param readsValues whether the new entries are to be read back with their values */
    KeyClaims(DirectoryAccess directory, @Nullable KeyRule key, boolean readsValues, Judge judge) {
        this.directory = directory;
        this.key = key;
        this.readsValues = readsValues;
        this.judge = judge;
    }

    /** Whether the change gives a key to an entry. */
    static boolean isClaim(DirectoryChange change) {
        boolean gives = change.kind() == ChangeKind.CREATE || change.kind() == ChangeKind.LINK;
        return gives && !change.key().isEmpty();
    }

    boolean hasAsked(DirectoryChange change) {
        return key == null || (holders.containsKey(change.key()) && System.nanoTime() - askedAt < FRESH_NANOS);
    }

    /** Asks who has the keys of these changes, and who has those of the entries that were made meanwhile. */
    void lookAhead(List<DirectoryChange> next) {
        List<DirectoryChange> claims = next.stream().filter(KeyClaims::isClaim).toList();
        holders.clear();
        ask(claims);
        claims.forEach(change -> holders.putIfAbsent(change.key(), new ArrayList<>()));
        askedAt = System.nanoTime();
    }

    /** Whether an entry has the key by now, since another run or a person made it or linked it; the log says which. */
    boolean isTaken(DirectoryChange change, ApplyLog log) {
        Optional<DN> holder = holder(change);
        holder.ifPresent(dn ->
                log.failed(Outcome.stale(change, "another entry has the key " + change.key() + " by now: " + dn)));
        return holder.isPresent();
    }

    /** Where an entry is that has the key of this change by now. */
    private Optional<DN> holder(DirectoryChange change) {
        String id = change.id().orElse("");
        return holders.getOrDefault(change.key(), List.of()).stream()
                .filter(entry -> !directory.id(entry).equals(id))
                .map(Entries::dn)
                .findFirst();
    }

    /** An entry was made; the judge learns later what becomes of it. */
    void made(Made entry) {
        if (key == null || entry.change.key().isEmpty()) {
            judge.alone(entry, null);
            return;
        }
        made.add(entry);
        if (made.size() > EntryGate.BATCH) {
            check();
        }
    }

    /** Asks for the keys of all entries that were made. */
    void check() {
        if (!made.isEmpty()) {
            ask(List.of());
        }
    }

    /** The directory was lost: nothing more can be asked. */
    void abandon() {
        List<Made> left = List.copyOf(made);
        made.clear();
        left.forEach(one -> judge.alone(one, null));
    }

    private void ask(List<DirectoryChange> claims) {
        KeyRule rule = key;
        if (rule == null) {
            return;
        }
        List<Made> asked = List.copyOf(made);
        made.clear();
        Set<ASN1OctetString> values = new LinkedHashSet<>();
        Map<String, String> keys = new LinkedHashMap<>();
        Set<String> names = new LinkedHashSet<>();
        for (DirectoryChange change : claims) {
            values.addAll(values(rule, change));
            keys.put(folded(change.key()), change.key());
        }
        for (Made one : asked) {
            values.addAll(values(rule, one.change));
            keys.put(folded(one.change.key()), one.change.key());
            if (readsValues) {
                one.attributes.forEach(attribute -> names.add(attribute.name()));
            }
        }
        if (values.isEmpty()) {
            return;
        }
        Map<String, List<ReadOnlyEntry>> found = new HashMap<>();
        List<ReadOnlyEntry> entries;
        try {
            entries = directory.holdersOf(rule.attribute(), values, names);
        } catch (DirectoryException failed) {
            made.addAll(asked);
            throw failed;
        }
        for (ReadOnlyEntry entry : entries) {
            for (String value : Entries.values(entry, rule.attribute())) {
                String wanted = keys.get(folded(rule.normalize(value)));
                if (wanted != null) {
                    found.computeIfAbsent(wanted, none -> new ArrayList<>()).add(entry);
                }
            }
        }
        claims.forEach(change -> holders.put(change.key(), found.getOrDefault(change.key(), new ArrayList<>())));
        asked.forEach(one -> judge(one, found.getOrDefault(one.change.key(), List.of())));
    }

    private void judge(Made one, List<ReadOnlyEntry> holding) {
        ReadOnlyEntry ours = null;
        List<DN> others = new ArrayList<>();
        for (ReadOnlyEntry entry : holding) {
            boolean same = one.id != null
                    ? one.id.equals(directory.id(entry))
                    : DnForm.same(Entries.dn(entry), one.change.dn());
            if (same) {
                ours = entry;
            } else {
                others.add(Entries.dn(entry));
            }
        }
        if (ours == null || others.isEmpty()) {
            judge.alone(one, ours);
        } else {
            judge.shared(one, ours, others);
        }
    }

    /** The key as it is written, and as it is known. */
    private static List<ASN1OctetString> values(KeyRule rule, DirectoryChange change) {
        List<ASN1OctetString> values = new ArrayList<>();
        for (AttributeChange attribute : change.attributes()) {
            if (Attribute.getBaseName(attribute.name()).equalsIgnoreCase(rule.attribute())) {
                values.addAll(attribute.added());
            }
        }
        if (values.isEmpty()) {
            values.add(new ASN1OctetString(change.key()));
        }
        return values;
    }

    /** As loosely as any server compares, so that nobody is missed. */
    private static String folded(String value) {
        return BLANKS.matcher(value.strip()).replaceAll(" ").toLowerCase(Locale.ROOT);
    }
}
