package dev.rollcall.provisioning.internal.apply;

import com.unboundid.ldap.sdk.DN;
import dev.rollcall.mapping.KeyRule;
import dev.rollcall.provisioning.internal.guardrail.FailureLimit;
import dev.rollcall.provisioning.internal.policy.PasswordAccess;
import dev.rollcall.provisioning.internal.spool.SpoolBudget;
import dev.rollcall.provisioning.policy.ChangeGate;
import dev.rollcall.provisioning.policy.ChangeListener;
import dev.rollcall.provisioning.state.StateStore;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What a run may do, and who watches. Not thread-safe: for one thread at a time. */
public final class ApplySettings {
    public Set<String> owned = Set.of();
    public List<DN> groups = List.of();
    public FailureLimit failures = FailureLimit.standard();
    public ChangeGate gate = ChangeGate.open();
    public List<ChangeListener> listeners = List.of();
    public BooleanSupplier cancelled = () -> false;
    int window = 64;

    /** Shared with the spools of the plan, where there are any. */
    public SpoolBudget memory = new SpoolBudget(SpoolBudget.ofHeap());

    /** A gate that took longer may have waited for a person; meanwhile servers close connections that are idle. */
    Duration longWait = Duration.ofSeconds(5);

    public StateStore state = StateStore.memory();
    public String target = "";

    /** The day that a disable is dated with. */
    public LocalDate today = LocalDate.EPOCH;

    @Nullable
    public PasswordAccess passwords;

    /** What an entry is known by, of which an earlier run has left a password behind. */
    @Nullable
    public KeyRule key;
}
