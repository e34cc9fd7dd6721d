package dev.rollcall.mapping.internal.run;

import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.Condition;
import dev.rollcall.formats.Name;
import dev.rollcall.formats.function.Truth;
import dev.rollcall.mapping.internal.plan.AttributePlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Which columns that are not in a record leave a rule without a value. Stateless, and thus thread-safe. */
public final class AbsentColumns {
    private AbsentColumns() {}

    /** For an attribute that has no value. What is merged may well come from elsewhere, and is missed by nobody. */
    static List<ColumnPath> of(AttributePlan plan, Attributes run) {
        List<ColumnPath> absent = new ArrayList<>();
        if (plan.values().isMerge()) {
            return absent;
        }
        for (AttributePlan.Branch branch : plan.branches()) {
            Condition when = branch.when();
            Truth truth = when == null ? Truth.TRUE : run.answer(when, plan, branch.path());
            if (truth == Truth.TRUE) {
                absent.addAll(of(branch.format().names(), run));
                if (when != null) {
                    break;
                }
            } else if (truth == Truth.UNKNOWN && when != null) {
                absent.addAll(of(when.names(), run));
            }
        }
        return absent;
    }

    static List<ColumnPath> of(Collection<Name> names, Attributes run) {
        List<ColumnPath> absent = new ArrayList<>();
        for (Name name : names) {
            if (name.namespace().equals("record") && run.get(name) instanceof Value.Absent) {
                absent.add(name.path());
            }
        }
        return absent;
    }
}
