package dev.rollcall.provisioning.internal.guardrail;

import com.unboundid.ldap.sdk.DN;
import dev.rollcall.provisioning.guardrail.GuardrailName;
import dev.rollcall.provisioning.plan.AccountChange;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.GuardrailVerdict;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Leaves out of a plan what the exceeded limits are about. Immutable and thread-safe. */
public final class Blocking {
    private final boolean destructive;
    private final boolean enables;
    private final boolean endsOnly;
    private final GuardrailVerdict verdict;

    public Blocking(GuardrailVerdict verdict) {
        this.verdict = verdict;
        this.destructive = verdict.blocks(GuardrailName.MAX_DISABLE_OR_DELETE);
        this.enables = verdict.blocks(GuardrailName.MAX_ENABLE);
        this.endsOnly = verdict.blocks(GuardrailName.MAX_CONFLICTS);
    }

    /** Whether leavers keep their DNs, so that nobody else can have them. */
    public boolean keepsLeavers() {
        return destructive;
    }

    /** Whether nothing is left but the ends of leavers' accounts, at the DNs that they have. */
    public boolean leavesEndsOnly() {
        return endsOnly;
    }

    /** Whether a change of a plan with many conflicts is made all the same: the account of a leaver ends. */
    public static boolean isEnd(Change change) {
        boolean leaver = change instanceof DirectoryChange entry
                ? GuardrailCheck.isLeaver(entry.situation())
                : change instanceof AccountChange account && account.isLeaver();
        return leaver
                && switch (change.kind()) {
                    case DISABLE, DELETE, GROUP_REMOVE -> true;
                    case CREATE, LINK, MODIFY, RENAME, MOVE, ENABLE, GROUP_ADD -> false;
                };
    }

    /**
     * What is left of a change; null if nothing.
     *
     * @param staying finds where a leaver stays who is not moved after all, by key; null for anybody else
     */
    @Nullable
    public DirectoryChange left(DirectoryChange change, Function<String, @Nullable DN> staying) {
        DirectoryChange left = (DirectoryChange) left(change);
        // Leavers who are not moved after all.
        DN present = left == null || !destructive ? null : staying.apply(change.key());
        return left == null || present == null
                ? left
                : left.toBuilder().dn(present).build();
    }

    /** What is left of a change; null if nothing. */
    @Nullable
    public Change left(Change change) {
        if (drops(change)) {
            return null;
        }
        return isCut(change) ? with(change, attributes(change, false)) : change;
    }

    /** What is taken out of the plan with this change: all of it, or the attributes that are not cleared; null if nothing. */
    @Nullable
    public Change taken(Change change) {
        if (drops(change)) {
            return change;
        }
        return isCut(change) ? with(change, attributes(change, true)) : null;
    }

    private boolean drops(Change change) {
        if (endsOnly && !isEnd(change)) {
            return true;
        } else if (change.kind() == ChangeKind.ENABLE) {
            return enables;
        } else if (destructive && change.isDestructive()) {
            return change.kind() != ChangeKind.MODIFY
                    || attributes(change, false).isEmpty();
        }
        return change.kind() == ChangeKind.GROUP_REMOVE
                && change instanceof DirectoryChange entry
                && !GuardrailCheck.isLeaver(entry.situation())
                && verdict.blocks(
                        GuardrailName.MAX_GROUP_REMOVE,
                        entry.group().orElseThrow().toString());
    }

    private boolean isCut(Change change) {
        return destructive && change.isDestructive() && change.kind() == ChangeKind.MODIFY;
    }

    private static List<AttributeChange> attributes(Change change, boolean clearing) {
        return change.attributes().stream()
                .filter(one -> one.isClearing() == clearing)
                .toList();
    }

    private static Change with(Change change, List<AttributeChange> attributes) {
        if (change instanceof DirectoryChange entry) {
            DirectoryChange.Builder draft = entry.toBuilder();
            draft.attributes(attributes);
            return draft.build();
        }
        AccountChange.Builder draft = ((AccountChange) change).toBuilder();
        draft.attributes(attributes);
        return draft.build();
    }
}
