package dev.rollcall.provisioning.internal.planning;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.Entries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is below an entry that is to be deleted: servers refuse to delete an entry that has children. Not thread-safe: for
 * one thread at a time.
 */
final class Subordinates {
    private final RunSettings run;
    private final ManagedEntries managed;

    Subordinates(RunSettings run, ManagedEntries managed) {
        this.run = run;
        this.managed = managed;
    }

    /** The entries below this one, the deepest first. */
    List<ReadOnlyEntry> below(DN top) {
        List<ReadOnlyEntry> found = new ArrayList<>();
        run.directory()
                .scanUnder(
                        top,
                        Filter.createPresenceFilter("objectClass"),
                        ManagedEntries.wanted(run.mapping()),
                        entry -> {
                            if (!DnForm.same(Entries.dn(entry), top)) {
                                found.add(entry);
                            }
                        });
        found.sort(Comparator.<ReadOnlyEntry>comparingInt(
                        entry -> -Entries.dn(entry).getRDNs().length)
                .thenComparing(entry -> Entries.dn(entry).toNormalizedString()));
        return found;
    }

    /** Why an entry cannot be deleted, if anything is below it; empty if it can, with all of that. */
    Optional<String> notDeletedBecause(DN top, List<ReadOnlyEntry> below) {
        if (below.isEmpty()) {
            return Optional.empty();
        }
        DN first = Entries.dn(below.get(0));
        if (!run.policies().leavers().deletesTree()) {
            return Optional.of(top + " cannot be deleted, since there are entries below it (" + below.size()
                    + ", such as " + first + "): delete those, or set deleteTree");
        }
        for (ReadOnlyEntry entry : below) {
            DN dn = Entries.dn(entry);
            OptionalInt number = managed.byDn(dn);
            Optional<String> because = run.directory().protectedBecause(entry);
            if (because.isEmpty() && run.directory().ownedByOther(entry).isPresent()) {
                because = Optional.of("marked by another source");
            } else if (because.isEmpty() && number.isPresent() && managed.isKeyed(number.getAsInt())) {
                because = Optional.of("the account of a person");
            }
            if (because.isPresent()) {
                return Optional.of(top + " cannot be deleted with what is below it: " + dn + " is " + because.get());
            }
        }
        return Optional.empty();
    }
}
