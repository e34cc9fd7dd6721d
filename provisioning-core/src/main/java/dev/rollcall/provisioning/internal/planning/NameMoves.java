package dev.rollcall.provisioning.internal.planning;

import com.unboundid.ldap.sdk.DN;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.TemporaryName;
import dev.rollcall.provisioning.internal.plan.ChangeCodec;
import dev.rollcall.provisioning.internal.plan.Findings;
import dev.rollcall.provisioning.internal.spool.HashIndex;
import dev.rollcall.provisioning.internal.spool.Spool;
import dev.rollcall.provisioning.internal.spool.SpoolBudget;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Situation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who takes which DN, and in what order, when some of these DNs belong to others who leave them in the same plan. Not
 * thread-safe: for one thread at a time.
 */
final class NameMoves implements AutoCloseable {
    private static final int NOBODY = -1;

    /** In place of the number of a claim: a new entry whose DN nobody has, so that nothing can refuse it. */
    private static final int UNOPPOSED = Integer.MAX_VALUE;

    /** A rename, a move or a create of a DN in use ({@code entry} is then nobody), and who has the DN that it takes. */
    private record Claim(String key, int entry, int holder, boolean leaver, boolean leaves, long position) {}

    /** A step of the first stage, as it is spooled, and what became clear later. */
    private record Step(long position, boolean waits, Temporary temporary) {}

    private enum Temporary {
        NO,
        AWAY,
        BACK
    }

    private final Spool spool;
    private final HashIndex claimed = new HashIndex();
    private final List<Claim> claims = new ArrayList<>();
    private final Map<Integer, List<Long>> deletes = new HashMap<>();
    private final Map<Integer, Integer> byEntry = new HashMap<>();
    private final Set<String> refused = new HashSet<>();
    private final Set<String> reported = new HashSet<>();
    private final List<Step> steps = new ArrayList<>();

    NameMoves(SpoolBudget memory) {
        this.spool = new Spool(memory);
    }

    /** Whether somebody gets this DN in this plan. */
    boolean isClaimed(DN dn) {
        return claimed.mayHave(DnForm.of(dn));
    }

    /** Whether an entry gets this DN, and nothing keeps it from that; known once all is settled. */
    boolean gives(DN dn) {
        boolean[] given = new boolean[1];
        claimed.each(
                DnForm.of(dn), number -> given[0] |= number == UNOPPOSED || !refused.contains(claims.get(number).key));
        return given[0];
    }

    boolean isDeleted(int entry) {
        return deletes.containsKey(entry);
    }

    /** Somebody new gets a DN. */
    void create(String key, DN dn, OptionalInt holder) {
        if (holder.isEmpty()) {
            claimed.put(DnForm.of(dn), UNOPPOSED);
            return;
        }
        claimed.put(DnForm.of(dn), claims.size());
        claims.add(new Claim(key, NOBODY, holder.getAsInt(), false, false, -1));
    }

    /** An entry gets another DN; a holder that is the entry itself (a change of case) is nobody. */
    void rename(DirectoryChange change, int entry, OptionalInt holder) {
        DN dn = change.newDn().orElseThrow();
        claimed.put(DnForm.of(dn), claims.size());
        byEntry.put(entry, claims.size());
        int other = holder.isPresent() && holder.getAsInt() != entry ? holder.getAsInt() : NOBODY;
        boolean leaves = !DnForm.same(change.dn(), dn);
        long position = spool.append(ChangeCodec.encode(change));
        claims.add(new Claim(change.key(), entry, other, change.isLeaver(), leaves, position));
    }

    /** An entry is removed, after what is below it. */
    void delete(List<DirectoryChange> changes, int entry) {
        List<Long> positions = new ArrayList<>();
        changes.forEach(change -> positions.add(spool.append(ChangeCodec.encode(change))));
        deletes.put(entry, positions);
    }

    /** Keeps all leavers where they are, and refuses whoever waits for the DN of one. */
    void keepLeavers() {
        deletes.clear();
        for (Claim claim : claims) {
            if (claim.leaver) {
                refused.add(claim.key);
            }
        }
        settle();
    }

    /** Refuses whoever waits for a DN that is not left, and whoever waits for those; then puts the rest in order. */
    void settle() {
        boolean again = true;
        while (again) {
            again = false;
            for (Claim claim : claims) {
                if (claim.holder != NOBODY && !refused.contains(claim.key) && !leaves(claim.holder)) {
                    refused.add(claim.key);
                    again = true;
                }
            }
        }
        order();
    }

    /** The keys whose DN stays in use by somebody else; nothing is planned for them. */
    Set<String> refused() {
        return refused;
    }

    private boolean leaves(int entry) {
        Integer claim = byEntry.get(entry);
        return deletes.containsKey(entry)
                || (claim != null && claims.get(claim).leaves && !refused.contains(claims.get(claim).key));
    }

    private void order() {
        steps.clear();
        Set<Integer> done = new HashSet<>();
        for (Claim claim : claims) {
            if (refused.contains(claim.key)) {
                continue;
            }
            // Creates come in a later stage.
            if (claim.entry != NOBODY) {
                chain(claim, done);
            }
        }
    }

    /** Follows who has whose DN, to its end or around to the beginning; the last one goes first. */
    private void chain(Claim first, Set<Integer> done) {
        List<Claim> chain = new ArrayList<>();
        Claim link = first;
        while (link != null && done.add(link.entry)) {
            chain.add(link);
            Integer next = byEntry.get(link.holder);
            link = next == null ? null : claims.get(next);
        }
        boolean cycle = link != null && link.entry == first.entry && chain.size() > 1;
        if (cycle) {
            steps.add(new Step(first.position, false, Temporary.AWAY));
        }
        for (int i = chain.size() - 1; i >= 0; i--) {
            Claim one = chain.get(i);
            boolean back = cycle && i == 0;
            steps.add(new Step(one.position, one.holder != NOBODY, back ? Temporary.BACK : Temporary.NO));
        }
    }

    /** Where leavers are who are to be moved, by key. */
    Map<String, DN> leavers() {
        Map<String, DN> leavers = new HashMap<>();
        for (Claim claim : claims) {
            if (claim.leaver) {
                leavers.put(
                        claim.key,
                        ChangeCodec.decode(spool.read(claim.position)).dn());
            }
        }
        return leavers;
    }

    /** Tells the findings of everybody who is refused and was not told of. */
    void report(Findings findings) {
        for (Claim claim : claims) {
            if (refused.contains(claim.key) && !claim.leaver && reported.add(claim.key)) {
                Situation before = Situation.ABSENT;
                if (claim.entry != NOBODY) {
                    before = ChangeCodec.decode(spool.read(claim.position)).situation();
                }
                findings.conflict(Situation.DN_TAKEN, claim.key, "the DN belongs to an entry that keeps it");
                findings.count(before, -1);
                findings.count(Situation.DN_TAKEN, 1);
            }
        }
    }

    /** Where an entry stays that cannot have the DN it was to get, by key. */
    Map<String, DN> stayed() {
        Map<String, DN> stayed = new HashMap<>();
        for (Claim claim : claims) {
            if (claim.entry != NOBODY && !claim.leaver && refused.contains(claim.key)) {
                stayed.put(
                        claim.key,
                        ChangeCodec.decode(spool.read(claim.position)).dn());
            }
        }
        return stayed;
    }

    int steps() {
        return steps.size();
    }

    DirectoryChange step(int number) {
        Step step = steps.get(number);
        DirectoryChange change = ChangeCodec.decode(spool.read(step.position)).toBuilder()
                .stage(DirectoryChange.Stage.NAMES)
                .waits(step.waits)
                .build();
        if (step.temporary == Temporary.NO) {
            return change;
        }
        String id = change.id().orElse(null);
        DN away = TemporaryName.beside(change.dn(), id + change.key());
        if (step.temporary == Temporary.AWAY) {
            return DirectoryChange.builder(change.kind(), change.key(), change.dn())
                    .id(id)
                    .newDn(away)
                    .stage(change.stage())
                    .situation(change.situation())
                    .fingerprint(change.fingerprint())
                    .temporary(true)
                    .build();
        }
        // The first of the two steps looked whether the entry is as it was.
        return change.toBuilder()
                .dn(away)
                .fingerprint("")
                .state(null)
                .waits(true)
                .build();
    }

    /** The deletes, in the order in which they were planned: all come before the names that others give up. */
    Stream<DirectoryChange> deletes() {
        return deletes.values().stream()
                .flatMap(List::stream)
                .sorted()
                .map(position -> ChangeCodec.decode(spool.read(position)));
    }

    /** Where an entry will be; null if it stays where it is. */
    @Nullable
    DN newDn(int entry) {
        Integer claim = byEntry.get(entry);
        if (claim == null || refused.contains(claims.get(claim).key)) {
            return null;
        }
        return ChangeCodec.decode(spool.read(claims.get(claim).position))
                .newDn()
                .orElse(null);
    }

    @Override
    public void close() {
        spool.close();
    }
}
