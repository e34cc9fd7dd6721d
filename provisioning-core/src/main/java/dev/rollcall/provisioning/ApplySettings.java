package dev.rollcall.provisioning;

import com.unboundid.ldap.sdk.DN;
import dev.rollcall.mapping.KeyRule;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What a run may do, and who watches. Not thread-safe: for one thread at a time. */
final class ApplySettings {
    Set<String> owned = Set.of();
    List<DN> groups = List.of();
    FailureLimit failures = FailureLimit.standard();
    ChangeGate gate = ChangeGate.open();
    List<ChangeListener> listeners = List.of();
    BooleanSupplier cancelled = () -> false;
    int window = 64;
    StateStore state = StateStore.memory();
    String target = "";

    @Nullable
    PasswordPolicy passwords;

    /** What an entry is known by, of which an earlier run has left a password behind. */
    @Nullable
    KeyRule key;
}
