package dev.rollcall.provisioning.internal.apply;

import dev.rollcall.provisioning.internal.guardrail.FailureLimit;
import dev.rollcall.provisioning.internal.policy.PasswordAccess;
import dev.rollcall.provisioning.internal.run.HostCallbacks;
import dev.rollcall.provisioning.internal.run.RunStorage;
import dev.rollcall.provisioning.internal.spool.SpoolBudget;
import dev.rollcall.provisioning.policy.ChangeGate;
import dev.rollcall.provisioning.policy.ChangeListener;
import dev.rollcall.provisioning.policy.PasswordPolicy;
import dev.rollcall.provisioning.state.StateStore;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Collects the settings of an apply. Not thread-safe: for one thread at a time. */
final class SettingsToTest {
    private Set<String> owned = Set.of();
    private FailureLimit failures = FailureLimit.standard();
    private ChangeGate gate = ChangeGate.open();
    private final List<ChangeListener> listeners = new ArrayList<>();
    private BooleanSupplier cancelled = () -> false;
    private int window = WritePace.STANDARD.window();
    private Duration longWait = WritePace.STANDARD.longWait();
    private @Nullable PasswordAccess passwords;
    private SpoolBudget memory = new SpoolBudget(SpoolBudget.ofHeap());

    static SettingsToTest standard() {
        return new SettingsToTest();
    }

    SettingsToTest owned(String... attributes) {
        owned = Set.of(attributes);
        return this;
    }

    SettingsToTest failures(FailureLimit limit) {
        failures = limit;
        return this;
    }

    SettingsToTest gate(ChangeGate newGate) {
        gate = newGate;
        return this;
    }

    SettingsToTest listener(ChangeListener listener) {
        listeners.add(listener);
        return this;
    }

    SettingsToTest cancelled(BooleanSupplier question) {
        cancelled = question;
        return this;
    }

    /** Sends so many writes before the response to the first. */
    SettingsToTest window(int size) {
        window = size;
        return this;
    }

    SettingsToTest longWait(Duration wait) {
        longWait = wait;
        return this;
    }

    SettingsToTest passwords(PasswordPolicy policy) {
        passwords = (PasswordAccess) policy;
        return this;
    }

    SettingsToTest memory(SpoolBudget budget) {
        memory = budget;
        return this;
    }

    ApplySettings settings() {
        return new ApplySettings(
                new OwnedScope(owned, List.of(), null),
                failures,
                passwords,
                LocalDate.EPOCH,
                new HostCallbacks(gate, listeners, cancelled, (phase, done, total) -> {}, UnaryOperator.identity()),
                new RunStorage(memory, StateStore.memory()),
                new WritePace(window, longWait));
    }
}
