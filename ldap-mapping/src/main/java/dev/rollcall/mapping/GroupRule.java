package dev.rollcall.mapping;

import com.unboundid.ldap.sdk.DN;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A group, and which users belong in it. Immutable and thread-safe. */
public final class GroupRule {
    private final DN dn;
    private final @Nullable String condition;
    private final boolean addsOnly;

    GroupRule(DN dn, @Nullable String condition, boolean addsOnly) {
        this.dn = dn;
        this.condition = condition;
        this.addsOnly = addsOnly;
    }

    /** {@return the group} */
    public DN dn() {
        return dn;
    }

    /** {@return who belongs in it; empty for everyone} */
    public Optional<String> condition() {
        return Optional.ofNullable(condition);
    }

    /** {@return whether users who do not belong in it are left in it} */
    public boolean addsOnly() {
        return addsOnly;
    }

    @Override
    public String toString() {
        return "group " + dn;
    }
}
