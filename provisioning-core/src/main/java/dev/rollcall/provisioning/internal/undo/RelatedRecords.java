package dev.rollcall.provisioning.internal.undo;

import com.unboundid.ldap.sdk.DN;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.plan.ChangeEntries;
import dev.rollcall.provisioning.journal.ChangeRecord;
import dev.rollcall.provisioning.journal.Journal;
import dev.rollcall.provisioning.journal.RecordedAttribute;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** All changes of one run to some entries, by entry. Immutable and thread-safe. */
final class RelatedRecords {
    private final Map<String, List<ChangeRecord>> byEntry;

    /** By the form of the DN before the run: where the run was to leave that entry. */
    private final Map<String, DN> renamed;

    private RelatedRecords(Map<String, List<ChangeRecord>> byEntry, Map<String, DN> renamed) {
        this.byEntry = byEntry;
        this.renamed = renamed;
    }

    /** Reads the changes of a run to the entries that some of them are about. */
    static RelatedRecords of(Journal journal, String run, Collection<ChangeRecord> some) {
        Set<String> wanted = new HashSet<>();
        some.forEach(change -> wanted.add(entry(change)));
        Map<String, List<ChangeRecord>> found = new HashMap<>();
        Map<String, String> first = new HashMap<>();
        Map<String, DN> last = new HashMap<>();
        try (Stream<ChangeRecord> all = journal.changes(run)) {
            all.forEach(change -> {
                if (wanted.contains(entry(change))) {
                    found.computeIfAbsent(entry(change), none -> new ArrayList<>())
                            .add(change);
                }
                String to = change.newDn();
                if (to != null) {
                    first.putIfAbsent(entry(change), DnForm.of(change.dn()));
                    last.put(entry(change), Entries.dn("entry", to));
                }
            });
        }
        Map<String, DN> renamed = new HashMap<>();
        last.forEach((entry, to) -> renamed.put(first.getOrDefault(entry, ""), to));
        return new RelatedRecords(found, renamed);
    }

    /** An attribute with DNs as they are when the renames of the run are made. */
    RecordedAttribute afterwards(RecordedAttribute names) {
        return renamed.isEmpty() || names.fingerprints()
                ? names
                : new RecordedAttribute(
                        names.name(),
                        ChangeEntries.mapped(names.before(), renamed::get),
                        ChangeEntries.mapped(names.after(), renamed::get),
                        false);
    }

    /** The other changes of the same entry, in their order. */
    List<ChangeRecord> beside(ChangeRecord change) {
        return byEntry.getOrDefault(entry(change), List.of()).stream()
                .filter(other -> other.position() != change.position())
                .toList();
    }

    private static String entry(ChangeRecord change) {
        String id = change.id();
        return id == null ? "dn " + DnForm.of(change.dn()) : id;
    }
}
