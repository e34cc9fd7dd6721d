package dev.rollcall.provisioning.internal.undo;

import com.unboundid.ldap.sdk.DN;
import dev.rollcall.connector.RollcallException;
import dev.rollcall.mapping.GroupRule;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.plan.ChangeEntries;
import dev.rollcall.provisioning.internal.planning.Planning;
import dev.rollcall.provisioning.internal.planning.RunSettings;
import dev.rollcall.provisioning.internal.records.PlanWatch;
import dev.rollcall.provisioning.internal.spool.Heap;
import dev.rollcall.provisioning.internal.spool.ResourceForecast;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Plan;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds out how much of an undo the next run of the data source would make again: what the source wants as it is now, as a
 * plan shows that does not touch it. Not thread-safe: for one thread at a time.
 */
final class NextRun {
    private static final String DN_OF = "\ndn";
    private static final String STATE_OF = "\nstate";
    private static final String CREATED = "\ncreated";

    private final RunSettings run;

    /** What the next run would change before the undo: by entry, the attributes, the name, the state and the groups. */
    private final Set<String> touched = new HashSet<>();

    private final Set<String> owned = new HashSet<>();
    private final Set<String> groups = new HashSet<>();

    NextRun(RunSettings run) {
        this.run = run;
        run.mapping().ownedAttributes().forEach(name -> owned.add(name.toLowerCase(Locale.ROOT)));
        run.mapping().groups().stream().map(GroupRule::dn).map(DnForm::of).forEach(groups::add);
    }

    /** What a person is to know of the next run; empty if it would make nothing again. */
    Optional<String> note(List<DirectoryChange> undo) {
        if (undo.isEmpty()) {
            return Optional.empty();
        }
        PlanWatch watch = new PlanWatch(
                run.callbacks().cancelled(),
                run.callbacks().progress(),
                new ResourceForecast(Heap.ofProcess(), run.storage().memory()));
        try (Plan plan = new Planning(run, watch).plan()) {
            if (plan.source().wasCutShort()) {
                return Optional.of(unknown(plan.source().reason().orElse("it could not be read whole")));
            }
            try (Stream<Change> changes = Stream.concat(plan.changes(), plan.blockedChanges())) {
                changes.forEach(change -> touch((DirectoryChange) change));
            }
        } catch (RollcallException unread) {
            return Optional.of(unknown(unread.problem().message()));
        }
        long again = undo.stream().filter(this::isMadeAgain).count();
        return again == 0
                ? Optional.empty()
                : Optional.of("the next run of data source "
                        + run.storage().recording().dataSource() + " would make " + again
                        + " of these changes again: correct the source first");
    }

    private static String unknown(String why) {
        return "how many of these changes the next run would make again is not known: " + why;
    }

    private void touch(DirectoryChange change) {
        String entry = ChangeEntries.of(change);
        switch (change.kind()) {
            case RENAME, MOVE -> touched.add(entry + DN_OF);
            case ENABLE, DISABLE, DELETE -> touched.add(entry + STATE_OF);
            case CREATE -> touched.add(change.key() + CREATED);
            case GROUP_ADD, GROUP_REMOVE -> change.group().ifPresent(group -> touched.add(entry + of(group)));
            case MODIFY, LINK -> {}
        }
        change.attributes().forEach(attribute -> touched.add(entry + of(attribute.name())));
    }

    private boolean isMadeAgain(DirectoryChange undo) {
        if (undo.isTemporary() || undo.key().isEmpty()) {
            return false;
        }
        String entry = ChangeEntries.of(undo);
        return switch (undo.kind()) {
            case RENAME, MOVE -> !touched.contains(entry + DN_OF);
            case ENABLE, DISABLE, DELETE -> !touched.contains(entry + STATE_OF);
            case CREATE -> !touched.contains(undo.key() + CREATED);
            case GROUP_ADD, GROUP_REMOVE ->
                undo.id().isPresent()
                        && undo.group()
                                .filter(group ->
                                        groups.contains(DnForm.of(group)) && !touched.contains(entry + of(group)))
                                .isPresent();
            case MODIFY, LINK ->
                undo.attributes().stream()
                        .anyMatch(attribute -> owned.contains(attribute.name().toLowerCase(Locale.ROOT))
                                && !touched.contains(entry + of(attribute.name())));
        };
    }

    private static String of(DN group) {
        return "\ngroup " + DnForm.of(group);
    }

    private static String of(String attribute) {
        return "\nattribute " + attribute.toLowerCase(Locale.ROOT);
    }
}
