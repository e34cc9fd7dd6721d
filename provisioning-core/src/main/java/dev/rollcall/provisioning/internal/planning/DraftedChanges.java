package dev.rollcall.provisioning.internal.planning;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.provisioning.directory.AccountState;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.plan.AttributeChanges;
import dev.rollcall.provisioning.internal.plan.ChangeCodec;
import dev.rollcall.provisioning.internal.plan.Findings;
import dev.rollcall.provisioning.internal.spool.HashIndex;
import dev.rollcall.provisioning.internal.spool.Positions;
import dev.rollcall.provisioning.internal.spool.Spool;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Situation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The drafted changes, in a spool for each stage. Not thread-safe: for one thread at a time. */
final class DraftedChanges implements AutoCloseable {
    private final RunSettings run;
    private final Findings findings;

    final NameMoves moves;
    final GroupDrafts memberships;
    final Spool ends;
    final Spool links;
    final Spool entries;
    final Spool creates;

    private final HashIndex created = new HashIndex();
    private final Positions createdAt = new Positions();
    private final HashIndex linked = new HashIndex();
    private final Positions linkedAt = new Positions();
    private final List<Integer> linkedEntries = new ArrayList<>();
    private boolean touched;

    DraftedChanges(RunSettings run, Map<DN, GroupRoll> groups, Findings findings) {
        this.run = run;
        this.findings = findings;
        this.moves = new NameMoves(run.storage().memory());
        this.memberships = new GroupDrafts(run, groups, findings);
        this.ends = new Spool(run.storage().memory());
        this.links = new Spool(run.storage().memory());
        this.entries = new Spool(run.storage().memory());
        this.creates = new Spool(run.storage().memory());
    }

    /** The next user: nothing is drafted or withheld for them yet. */
    void begin() {
        touched = false;
    }

    /** Notes that something is drafted or withheld for the user, if {@code something}. */
    void touch(boolean something) {
        touched |= something;
    }

    /** Whether something is drafted or withheld for the user. */
    boolean isTouched() {
        return touched;
    }

    /** Whether nothing is planned for the entry, since its DN stays in use by another. */
    boolean isRefused(DirectoryChange change) {
        return !change.isLeaver() && change.kind() != ChangeKind.ENABLE && moves.isRefused(change.key());
    }

    /** A draft of a change of an entry that is there. */
    DirectoryChange.Builder draft(ChangeKind kind, String key, ReadOnlyEntry entry, Situation situation) {
        DirectoryChange.Builder draft = DirectoryChange.builder(kind, key, Entries.dn(entry));
        draft.id(run.directory().id(entry));
        draft.situation(situation);
        draft.state(run.directory().isEnabled(entry) ? AccountState.ENABLED : AccountState.DISABLED);
        return draft;
    }

    /** Whether the categories allow a change; one that they do not allow is counted as withheld. */
    boolean allows(ChangeKind kind, String key) {
        touched = true;
        if (run.policies().categories().allows(kind)) {
            return true;
        }
        findings.withheld(kind, key);
        return false;
    }

    /** Drafts a change of an entry, which will be at {@code dn} by then. */
    void emit(DirectoryChange.Builder draft, DN dn) {
        DirectoryChange change = draft.dn(dn).build();
        if (allows(change.kind(), change.key())) {
            entries.append(ChangeCodec.encode(change));
        }
    }

    /** Drafts a disable or an enable; nothing if there is nothing to modify. */
    void account(
            ChangeKind kind,
            String key,
            ReadOnlyEntry entry,
            DN dn,
            List<Modification> modifications,
            Situation situation,
            boolean leaver) {
        if (!modifications.isEmpty()) {
            DirectoryChange.Builder draft = draft(kind, key, entry, situation);
            draft.attributes(
                    AttributeChanges.of(modifications, entry, situation.name().toLowerCase(Locale.ROOT)));
            draft.leaver(leaver);
            if (kind == ChangeKind.DISABLE) {
                // Before anything else, and so before the entry is moved.
                draft.stage(DirectoryChange.Stage.ENDS);
                if (allows(kind, key)) {
                    ends.append(ChangeCodec.encode(draft.build()));
                }
            } else {
                emit(draft, dn);
            }
        }
    }

    /** Drafts a new entry. */
    void create(DirectoryChange change) {
        created.put(change.key(), createdAt.size());
        createdAt.add(creates.append(ChangeCodec.encode(change)));
    }

    /** Drafts that an entry gets its key. */
    void link(DirectoryChange change, int entry) {
        linked.put(change.key(), linkedEntries.size());
        linkedEntries.add(entry);
        linkedAt.add(links.append(ChangeCodec.encode(change)));
    }

    /** The entry that gets this key in this plan. */
    OptionalInt linked(String key) {
        int[] found = {-1};
        linked.each(key, number -> {
            if (ChangeCodec.decode(links.read(linkedAt.get(number))).key().equals(key)) {
                found[0] = linkedEntries.get(number);
            }
        });
        return found[0] < 0 ? OptionalInt.empty() : OptionalInt.of(found[0]);
    }

    /** The DN of the new entry with a key, if one is drafted. */
    Optional<DN> created(String key) {
        DN[] made = new DN[1];
        created.each(key, number -> {
            DirectoryChange create = ChangeCodec.decode(creates.read(createdAt.get(number)));
            if (create.key().equals(key)) {
                made[0] = create.dn();
            }
        });
        return Optional.ofNullable(made[0]);
    }

    @Override
    public void close() {
        moves.close();
        ends.close();
        links.close();
        entries.close();
        creates.close();
        memberships.close();
    }
}
