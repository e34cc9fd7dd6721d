package dev.rollcall.provisioning.internal.undo;

import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.journal.ChangeRecord;
import dev.rollcall.provisioning.journal.Journal;
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

    private RelatedRecords(Map<String, List<ChangeRecord>> byEntry) {
        this.byEntry = byEntry;
    }

    /** Reads the changes of a run to the entries that some of them are about. */
    static RelatedRecords of(Journal journal, String run, Collection<ChangeRecord> some) {
        Set<String> wanted = new HashSet<>();
        some.forEach(change -> wanted.add(entry(change)));
        Map<String, List<ChangeRecord>> found = new HashMap<>();
        try (Stream<ChangeRecord> all = journal.changes(run)) {
            all.filter(change -> wanted.contains(entry(change)))
                    .forEach(change -> found.computeIfAbsent(entry(change), none -> new ArrayList<>())
                            .add(change));
        }
        return new RelatedRecords(found);
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
