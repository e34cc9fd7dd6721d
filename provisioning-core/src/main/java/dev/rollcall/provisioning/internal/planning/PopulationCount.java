package dev.rollcall.provisioning.internal.planning;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.DirectoryKind;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.guardrail.GuardrailCheck;
import dev.rollcall.provisioning.internal.records.SourceRecords;
import java.util.Set;

/**
 * Counts what the guardrails measure a plan by. A run that looked at few entries reads on only until there are so many
 * that no limit is exceeded, which is a page or none for a small change of a large directory. Not thread-safe: for one
 * thread at a time.
 */
final class PopulationCount {
    private final DirectoryAccess directory;
    private final Mapping mapping;
    private final SourceRecords records;
    private final ManagedEntries managed;
    private final Judgements judgements;
    private int enabled;
    private int keyed;
    private int free;
    private int all;
    private int unlinked;
    private boolean counted;

    PopulationCount(RunSettings run, SourceRecords records, ManagedEntries managed, Judgements judgements) {
        this.directory = run.directory();
        this.mapping = run.mapping();
        this.records = records;
        this.managed = managed;
        this.judgements = judgements;
    }

    GuardrailCheck.Population of(GuardrailCheck check) {
        if (managed.isWhole()) {
            enabled = managed.population() + judgements.matchedAndEnabled();
            free = managed.managed() + judgements.matched();
            keyed = managed.keyed();
            all = managed.size();
            unlinked = managed.unlinked() - judgements.matched();
            counted = true;
        } else {
            readOn(check);
        }
        return population(counted && all == 0 && records.size() > 0 && holdsPeople());
    }

    private void readOn(GuardrailCheck check) {
        keyed = managed.keyed();
        if (!check.createsAny() && passes(check)) {
            return;
        }
        counted = true;
        enabled = judgements.matchedAndEnabled();
        free = judgements.matched();
        directory.scanUntil(() -> passes(check), Set.of(mapping.key().attribute()), this::count);
        if (check.createsAny() && mapping.match().isEmpty()) {
            int[] without = new int[1];
            directory.scanUnder(
                    directory.base(),
                    Filter.createANDFilter(
                            directory.filter(),
                            Filter.createNOTFilter(
                                    Filter.createPresenceFilter(mapping.key().attribute()))),
                    Set.of(),
                    entry -> without[0] += isFree(entry) ? 1 : 0);
            unlinked = without[0];
        }
    }

    /** How many managed entries are members of a group. */
    int membersOf(GroupRoll group) {
        int[] members = new int[1];
        if (managed.isWhole()) {
            for (int number = 0; number < managed.size(); number++) {
                boolean counts =
                        managed.isKeyed(number) && !managed.isProtected(number) && !managed.isOwnedByOther(number);
                members[0] += counts && group.has(Entries.dn(managed.entry(number))) ? 1 : 0;
            }
        } else {
            directory.scan(Set.of(mapping.key().attribute()), entry -> {
                boolean counts = entry.hasAttribute(mapping.key().attribute()) && isFree(entry);
                members[0] += counts && group.has(Entries.dn(entry)) ? 1 : 0;
            });
        }
        return members[0];
    }

    private boolean passes(GuardrailCheck check) {
        return check.verdict(population(false)).tripped().isEmpty();
    }

    private void count(ReadOnlyEntry entry) {
        all++;
        if (entry.hasAttribute(mapping.key().attribute())) {
            keyed++;
            boolean isFree = isFree(entry);
            free += isFree ? 1 : 0;
            enabled += isFree && directory.isEnabled(entry) ? 1 : 0;
        }
    }

    private boolean isFree(ReadOnlyEntry entry) {
        return directory.protectedBecause(entry).isEmpty()
                && directory.ownedByOther(entry).isEmpty();
    }

    private GuardrailCheck.Population population(boolean overlooked) {
        return new GuardrailCheck.Population(
                enabled,
                free,
                keyed,
                all,
                unlinked,
                records.size(),
                records.keyless().size(),
                records.complete().isPresent(),
                overlooked);
    }

    /** Whether the filter overlooks people: then it is the filter that is wrong, and not the directory that is empty. */
    private boolean holdsPeople() {
        int[] people = new int[1];
        // In Active Directory contacts and computers are of the class person too, and nobody logs on with them.
        Filter accounts = directory.kind() == DirectoryKind.ACTIVE_DIRECTORY
                ? Filter.createANDFilter(
                        Filter.createEqualityFilter("objectClass", "user"),
                        Filter.createNOTFilter(Filter.createEqualityFilter("objectClass", "computer")))
                : Filter.createEqualityFilter("objectClass", "person");
        directory.scanUnder(
                directory.base(),
                accounts,
                Set.of(),
                entry -> people[0] += directory.protectedBecause(entry).isEmpty() ? 1 : 0);
        return people[0] > 0;
    }
}
