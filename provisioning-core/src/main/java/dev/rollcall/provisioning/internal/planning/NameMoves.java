package dev.rollcall.provisioning.internal.planning;

import com.unboundid.ldap.sdk.DN;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.TemporaryName;
import dev.rollcall.provisioning.internal.plan.ChangeCodec;
import dev.rollcall.provisioning.internal.plan.Findings;
import dev.rollcall.provisioning.internal.spool.HashIndex;
import dev.rollcall.provisioning.internal.spool.ItemReader;
import dev.rollcall.provisioning.internal.spool.ItemWriter;
import dev.rollcall.provisioning.internal.spool.Positions;
import dev.rollcall.provisioning.internal.spool.Spool;
import dev.rollcall.provisioning.internal.spool.SpoolBudget;
import dev.rollcall.provisioning.internal.spool.SpooledItems;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Situation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who takes which DN, and in what order, when some of these DNs belong to others who leave them in the same plan. Everybody
 * may be renamed at once: in memory there are positions and hashes only. Not thread-safe: for one thread at a time.
 */
final class NameMoves implements AutoCloseable {
    private static final int NOBODY = -1;

    /** A rename, a move or a create of a DN in use ({@code entry} is then nobody), and who has the DN that it takes. */
    private record Claim(String key, int entry, int holder, boolean leaver, boolean leaves, long position) {
        byte[] encoded() {
            return new ItemWriter()
                    .text(key)
                    .number(entry)
                    .number(holder)
                    .flag(leaver)
                    .flag(leaves)
                    .number((int) (position >>> Integer.SIZE))
                    .number((int) position)
                    .item();
        }

        static Claim of(byte[] item) {
            ItemReader in = new ItemReader(item);
            return new Claim(
                    in.text(),
                    in.number(),
                    in.number(),
                    in.flag(),
                    in.flag(),
                    (long) in.number() << Integer.SIZE | Integer.toUnsignedLong(in.number()));
        }
    }

    /** What is said of a step beside its position: whether it waits, and which half of a rename by a temporary name it is. */
    private static final int WAITS = 1;

    private static final int AWAY = 2;
    private static final int BACK = 4;
    private static final int FLAG_BITS = 3;

    private final Spool spool;

    /** The DNs of new entries that nobody has, so that nothing can refuse them: in a first load, all. */
    private HashIndex unopposed = HashIndex.ofTexts();

    private final HashIndex claimed = new HashIndex();
    private final SpooledItems<Claim> claims;
    private final HashIndex byKey = new HashIndex();
    private final HashIndex byEntry = new HashIndex();
    private final BitSet deleted = new BitSet();

    /** Where the deletes are, in the order in which they were planned. */
    private Positions deletes = new Positions();

    /** The claims of the keys whose DN stays in use by somebody else. */
    private final BitSet refused = new BitSet();

    private final BitSet reported = new BitSet();

    /** The steps of the first stage, as they are spooled, and what became clear later. */
    private Positions steps = new Positions();

    NameMoves(SpoolBudget memory) {
        this.spool = new Spool(memory);
        this.claims = new SpooledItems<>(memory, Claim::encoded, Claim::of);
    }

    /** Whether somebody gets this DN in this plan. */
    boolean isClaimed(DN dn) {
        String form = DnForm.of(dn);
        return unopposed.mayHave(form) || claimed.mayHave(form);
    }

    /** Whether an entry gets this DN, and nothing keeps it from that; known once all is settled. */
    boolean gives(DN dn) {
        String form = DnForm.of(dn);
        boolean[] given = {unopposed.mayHave(form)};
        claimed.each(form, number -> given[0] |= !refused.get(number));
        return given[0];
    }

    boolean isDeleted(int entry) {
        return deleted.get(entry);
    }

    /** Somebody new gets a DN. */
    void create(String key, DN dn, OptionalInt holder) {
        if (holder.isEmpty()) {
            unopposed.add(DnForm.of(dn));
            return;
        }
        claimed.put(DnForm.of(dn), claims.size());
        add(new Claim(key, NOBODY, holder.getAsInt(), false, false, -1));
    }

    /** An entry gets another DN; a holder that is the entry itself (a change of case) is nobody. */
    void rename(DirectoryChange change, int entry, OptionalInt holder) {
        DN dn = change.newDn().orElseThrow();
        claimed.put(DnForm.of(dn), claims.size());
        byEntry.put(Integer.toString(entry), claims.size());
        int other = holder.isPresent() && holder.getAsInt() != entry ? holder.getAsInt() : NOBODY;
        boolean leaves = !DnForm.same(change.dn(), dn);
        long position = spool.append(ChangeCodec.encode(change));
        add(new Claim(change.key(), entry, other, change.isLeaver(), leaves, position));
    }

    private void add(Claim claim) {
        byKey.put(claim.key, claims.size());
        claims.add(claim);
    }

    /** An entry is removed, after what is below it. */
    void delete(List<DirectoryChange> changes, int entry) {
        changes.forEach(change -> deletes.add(spool.append(ChangeCodec.encode(change))));
        deleted.set(entry);
    }

    /** Keeps all leavers where they are, and refuses the changes that wait for the DN of one. */
    void keepLeavers() {
        deleted.clear();
        deletes = new Positions();
        each((number, claim) -> {
            if (claim.leaver) {
                refuse(claim.key);
            }
        });
        settle();
    }

    /** Refuses the changes that wait for a DN that is not left, and those that wait for them; then puts the rest in order. */
    void settle() {
        int before = -1;
        while (before != refused.cardinality()) {
            before = refused.cardinality();
            each((number, claim) -> {
                if (claim.holder != NOBODY && !refused.get(number) && !leaves(claim.holder)) {
                    refuse(claim.key);
                }
            });
        }
        order();
    }

    /** Whether a DN stays in use by somebody else, so that nothing is planned for a key. */
    boolean isRefused(String key) {
        return claims(key).anyMatch(refused::get);
    }

    private void refuse(String key) {
        claims(key).forEach(refused::set);
    }

    /** The numbers of the claims of a key. */
    private IntStream claims(String key) {
        IntStream.Builder found = IntStream.builder();
        byKey.each(key, number -> {
            if (claims.get(number).key.equals(key)) {
                found.add(number);
            }
        });
        return found.build();
    }

    /** The number of the claim of an entry, or {@link #NOBODY}. */
    private int claim(int entry) {
        int[] found = {NOBODY};
        byEntry.each(Integer.toString(entry), number -> {
            if (claims.get(number).entry == entry) {
                found[0] = number;
            }
        });
        return found[0];
    }

    private boolean leaves(int entry) {
        int claim = claim(entry);
        return deleted.get(entry) || (claim != NOBODY && !refused.get(claim) && claims.get(claim).leaves);
    }

    private void order() {
        steps = new Positions();
        BitSet done = new BitSet();
        each((number, claim) -> {
            // Creates come in a later stage.
            if (!refused.get(number) && claim.entry != NOBODY) {
                chain(claim, done);
            }
        });
    }

    /** Follows who has whose DN, to its end or around to the beginning; the last one goes first. */
    private void chain(Claim first, BitSet done) {
        List<Claim> chain = new ArrayList<>();
        Claim link = first;
        while (link != null && !done.get(link.entry)) {
            done.set(link.entry);
            chain.add(link);
            int next = link.holder == NOBODY ? NOBODY : claim(link.holder);
            link = next == NOBODY ? null : claims.get(next);
        }
        boolean cycle = link != null && link.entry == first.entry && chain.size() > 1;
        if (cycle) {
            step(first.position, AWAY);
        }
        for (int i = chain.size() - 1; i >= 0; i--) {
            Claim one = chain.get(i);
            boolean back = cycle && i == 0;
            step(one.position, (one.holder == NOBODY ? 0 : WAITS) | (back ? BACK : 0));
        }
    }

    private void step(long position, int flags) {
        steps.add(position << FLAG_BITS | flags);
    }

    /** Where a leaver is who is to be moved; null if the key is of no such leaver. */
    @Nullable
    DN leaver(String key) {
        return dn(key, claim -> claim.leaver);
    }

    /** Where an entry stays that cannot have the DN it was to get; null if the key is of none. */
    @Nullable
    DN stayed(String key) {
        return isRefused(key) ? dn(key, claim -> claim.entry != NOBODY && !claim.leaver) : null;
    }

    private @Nullable DN dn(String key, Predicate<Claim> wanted) {
        return claims(key)
                .mapToObj(claims::get)
                .filter(wanted)
                .reduce((first, last) -> last)
                .map(claim -> change(claim.position).dn())
                .orElse(null);
    }

    private DirectoryChange change(long position) {
        return ChangeCodec.decode(spool.read(position));
    }

    /** Tells the findings of everybody who is refused and was not told of. */
    void report(Findings findings) {
        each((number, claim) -> {
            if (refused.get(number) && !claim.leaver && !reported.get(number)) {
                claims(claim.key).forEach(reported::set);
                Situation before = Situation.ABSENT;
                if (claim.entry != NOBODY) {
                    before = change(claim.position).situation();
                }
                findings.conflict(Situation.DN_TAKEN, claim.key, "the DN belongs to an entry that keeps it");
                findings.count(before, -1);
                findings.count(Situation.DN_TAKEN, 1);
            }
        });
    }

    int steps() {
        return steps.size();
    }

    DirectoryChange step(int number) {
        long step = steps.get(number);
        DirectoryChange change = change(step >>> FLAG_BITS).toBuilder()
                .stage(DirectoryChange.Stage.NAMES)
                .waits((step & WAITS) != 0)
                .build();
        if ((step & (AWAY | BACK)) == 0) {
            return change;
        }
        String id = change.id().orElse(null);
        DN away = TemporaryName.beside(change.dn(), id + change.key());
        if ((step & AWAY) != 0) {
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
        Positions planned = deletes;
        return IntStream.range(0, planned.size()).mapToObj(number -> change(planned.get(number)));
    }

    /** Where an entry will be; null if it stays where it is. */
    @Nullable
    DN newDn(int entry) {
        int claim = claim(entry);
        if (claim == NOBODY || refused.get(claim)) {
            return null;
        }
        return change(claims.get(claim).position).newDn().orElse(null);
    }

    /** All is planned: nobody asks any more which DNs are given. */
    void planned() {
        unopposed = HashIndex.ofTexts();
    }

    /** Calls for each claim with its number. */
    private interface EachClaim {
        void accept(int number, Claim claim);
    }

    private void each(EachClaim each) {
        for (int number = 0; number < claims.size(); number++) {
            each.accept(number, claims.get(number));
        }
    }

    @Override
    public void close() {
        spool.close();
        claims.close();
    }
}
