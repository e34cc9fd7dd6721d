package dev.rollcall.provisioning.internal.planning;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.mapping.entry.GroupIntent;
import dev.rollcall.mapping.entry.GroupIntent.Membership;
import dev.rollcall.provisioning.directory.AccountState;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.directory.Octets;
import dev.rollcall.provisioning.internal.plan.ChangeCodec;
import dev.rollcall.provisioning.internal.plan.Findings;
import dev.rollcall.provisioning.internal.spool.Spool;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Situation;
import dev.rollcall.provisioning.policy.Leavers;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns who belongs in which group into changes of memberships. Not thread-safe: for one thread at a time. */
final class GroupDrafts implements AutoCloseable {
    private final RunSettings run;
    private final Map<DN, GroupRoll> groups;
    private final Findings findings;

    /** Memberships that leavers lose, of entries that are there, and of those that this plan makes. */
    final Spool ends;

    private final Map<DN, Balance> balances = new LinkedHashMap<>();
    private final Map<DN, String> lastMembers = new HashMap<>();

    final Spool spool;
    final Spool ofNew;

    GroupDrafts(RunSettings run, Map<DN, GroupRoll> groups, Findings findings) {
        this.run = run;
        this.groups = groups;
        this.findings = findings;
        this.ends = new Spool(run.storage().memory());
        this.spool = new Spool(run.storage().memory());
        this.ofNew = new Spool(run.storage().memory());
        for (GroupRoll group : groups.values()) {
            group.unavailable().ifPresent(because -> findings.conflict(Situation.GROUP_UNAVAILABLE, "", because));
        }
    }

    /** How many members a group loses, and the key of the last one that it loses. */
    private static final class Balance {
        private int removed;
        private String last = "";

        void add(boolean removal, String key) {
            if (removal) {
                removed++;
                last = key;
            }
        }
    }

    /**
     * Keeps the last member of a group whose class needs one, and reports it: servers refuse to take it out.
     *
     * @param isRefused tells for a change that nothing of it is planned, since its person does not get the DN that was wanted
     */
    void settle(Predicate<DirectoryChange> isRefused) {
        balances.forEach((dn, balance) -> {
            GroupRoll group = groups.get(dn);
            if (group != null && group.isEmptiedBy(balance.removed)) {
                Balance planned = planned(dn, isRefused);
                if (group.isEmptiedBy(planned.removed)) {
                    keep(dn, planned.last);
                }
            }
        });
    }

    private void keep(DN group, String key) {
        lastMembers.put(group, key);
        findings.conflict(
                Situation.GROUP_UNAVAILABLE,
                key,
                "the group " + group + " keeps this member, since its class needs one: add another member, such as"
                        + " a placeholder, or delete the group");
    }

    private Balance planned(DN group, Predicate<DirectoryChange> isRefused) {
        Balance planned = new Balance();
        Stream.of(ends, spool, ofNew)
                .map(Spool::items)
                .reduce(Stream.empty(), Stream::concat)
                .map(ChangeCodec::decode)
                .filter(change -> change.group().filter(group::equals).isPresent() && !isRefused.test(change))
                .forEachOrdered(change -> planned.add(change.kind() == ChangeKind.GROUP_REMOVE, change.key()));
        return planned;
    }

    /** Whether a membership is not ended after all. */
    boolean isKept(DirectoryChange change) {
        return change.kind() == ChangeKind.GROUP_REMOVE
                && change.group()
                        .map(lastMembers::get)
                        .filter(change.key()::equals)
                        .isPresent();
    }

    /** Whether a member would be taken out. */
    boolean leaves(DN member, GroupIntent intent) {
        GroupRoll group = groups.get(intent.group());
        return group != null && !group.agrees(group.wanted(intent), member);
    }

    /** Who is in a group of the mapping. */
    GroupRoll roll(DN group) {
        return java.util.Objects.requireNonNull(groups.get(group));
    }

    /** A member who stays or comes, at {@code dn}; returns whether anything is to be done. */
    boolean draft(Wanted wanted, DN dn, List<GroupIntent> intents) {
        boolean any = false;
        for (GroupIntent intent : intents) {
            GroupRoll group = groups.get(intent.group());
            any |= group != null
                    && draft(
                            wanted.key,
                            wanted.entry,
                            dn,
                            group,
                            group.wanted(intent),
                            wanted.situation,
                            wanted.entry == null ? DirectoryChange.Stage.NEW_MEMBERS : DirectoryChange.Stage.GROUPS);
        }
        return any;
    }

    /** A member whose account ends, before the entry is moved; returns whether anything is to be done. */
    boolean leave(String key, ReadOnlyEntry entry, Situation why) {
        boolean any = false;
        if (run.policies().leavers().groups() == Leavers.Groups.REMOVE_OWNED) {
            for (GroupRoll group : groups.values()) {
                any |= !group.addsOnly()
                        && draft(
                                key,
                                entry,
                                Entries.dn(entry),
                                group,
                                Membership.NOT_MEMBER,
                                why,
                                DirectoryChange.Stage.ENDS);
            }
        }
        return any;
    }

    private boolean draft(
            String key,
            @Nullable ReadOnlyEntry entry,
            DN dn,
            GroupRoll group,
            Membership wanted,
            Situation why,
            DirectoryChange.Stage stage) {
        if (entry != null && wanted != Membership.KEEP && group.isPrimaryOf(entry)) {
            if (wanted == Membership.NOT_MEMBER) {
                DN present = Entries.dn(entry);
                findings.conflict(
                        Situation.GROUP_UNAVAILABLE,
                        key,
                        present,
                        present + " should not be in " + group.group() + ", which is its primary group: give it another"
                                + " primary group by hand");
            }
            return false;
        }
        // A new entry may get the DN of one that was deleted, which groups still name.
        boolean settled = entry == null
                ? wanted == Membership.KEEP
                        || group.unavailable().isPresent()
                        || (wanted == Membership.NOT_MEMBER && (group.addsOnly() || !group.has(dn)))
                : group.agrees(wanted, Entries.dn(entry));
        if (settled) {
            return false;
        }
        boolean member = wanted == Membership.NOT_MEMBER;
        DirectoryChange.Builder draft =
                DirectoryChange.builder(member ? ChangeKind.GROUP_REMOVE : ChangeKind.GROUP_ADD, key, dn);
        draft.id(entry == null ? null : run.directory().id(entry));
        if (entry != null) {
            draft.state(run.directory().isEnabled(entry) ? AccountState.ENABLED : AccountState.DISABLED);
        }
        draft.stage(stage);
        draft.situation(why);
        draft.group(group.group());
        var value = Octets.of(List.of(dn.toString()));
        draft.attributes(List.of(
                member
                        ? AttributeChange.of(group.attribute(), value, List.of(), "group")
                        : AttributeChange.of(group.attribute(), List.of(), value, "group")));
        DirectoryChange change = draft.build();
        if (run.policies().categories().allows(change.kind())) {
            balances.computeIfAbsent(group.group(), none -> new Balance()).add(member, key);
            Spool into = stage == DirectoryChange.Stage.ENDS
                    ? ends
                    : stage == DirectoryChange.Stage.NEW_MEMBERS ? ofNew : spool;
            into.append(ChangeCodec.encode(change));
        } else {
            findings.withheld(change.kind(), key);
        }
        return true;
    }

    @Override
    public void close() {
        ends.close();
        spool.close();
        ofNew.close();
    }
}
