package dev.rollcall.mapping.internal.run;

import com.unboundid.ldap.sdk.DN;
import dev.rollcall.connector.ColumnPath;
import dev.rollcall.formats.Condition;
import dev.rollcall.formats.function.Truth;
import dev.rollcall.mapping.entry.GroupIntent;
import dev.rollcall.mapping.internal.plan.CompiledMapping;
import java.util.List;

/** Tells in which groups of the mapping one record's user is to be. Not thread-safe: for one thread at a time. */
public final class Memberships {
    private final Attributes run;
    private final CompiledMapping mapping;

    Memberships(Attributes run, CompiledMapping mapping) {
        this.run = run;
        this.mapping = mapping;
    }

    /** {@return what is wanted for each group, in the order of the mapping} */
    List<GroupIntent> wanted() {
        return mapping.groupPlans().stream().map(this::membership).toList();
    }

    private GroupIntent membership(CompiledMapping.GroupPlan group) {
        DN dn = group.dn();
        Condition condition = group.condition();
        if (condition == null) {
            return new GroupIntent(dn, GroupIntent.Membership.MEMBER, List.of());
        }
        Truth truth = run.answer(condition, null, "groups");
        if (truth == Truth.TRUE) {
            return new GroupIntent(dn, GroupIntent.Membership.MEMBER, List.of());
        } else if (group.addsOnly() || (truth == Truth.UNKNOWN && run.isUnread(condition))) {
            return new GroupIntent(dn, GroupIntent.Membership.KEEP, List.of());
        }
        List<ColumnPath> absent = truth == Truth.UNKNOWN ? AbsentColumns.of(condition.names(), run) : List.of();
        return new GroupIntent(dn, GroupIntent.Membership.NOT_MEMBER, absent);
    }
}
