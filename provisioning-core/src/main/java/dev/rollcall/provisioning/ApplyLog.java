package dev.rollcall.provisioning;

import dev.rollcall.connector.ConnectorException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps book of what becomes of each change. Not thread-safe: for one thread at a time. */
final class ApplyLog {
    private final Plan plan;
    private final Applier.Settings settings;
    private final BitSet done = new BitSet();
    private final ApplyCounts counts = new ApplyCounts();
    private final List<Outcome> failures = new ArrayList<>();
    private final List<Normalized> normalized = new ArrayList<>();
    private final int planned;
    private int position;
    private int held;
    private int refused;
    private int notTried;
    private String stopped = "";

    ApplyLog(Plan plan, Applier.Settings settings) {
        this.plan = plan;
        this.settings = settings;
        this.planned = plan.counts().byKind().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    /** The place in the plan of the change that comes next. */
    int next() {
        return position++;
    }

    void done(int at, Change change, @Nullable String id) {
        done.set(at);
        counts.add(change);
        tell(Outcome.done(change, id));
    }

    void failed(Outcome outcome) {
        failures.add(outcome);
        tell(outcome);
    }

    void left(int at, Change change, Outcome.Status status) {
        done.clear(at);
        switch (status) {
            case HELD -> held++;
            case REFUSED -> refused++;
            default -> notTried++;
        }
        tell(Outcome.left(change, status));
    }

    void normalized(Normalized what) {
        normalized.add(what);
    }

    boolean tooManyFailures() {
        return settings.failures.exceededBy(failures.size(), planned);
    }

    void stop(String why) {
        if (stopped.isEmpty()) {
            stopped = why;
        }
    }

    boolean stopped() {
        return !stopped.isEmpty();
    }

    Outcomes outcomes(@Nullable DirectoryException lost) {
        if (lost != null) {
            stop("the directory was lost");
        }
        return new Outcomes(
                plan, done, counts.counts(), failures, normalized, held, refused, notTried, lost, null, stopped);
    }

    /** The outcomes of a run against an application, which may have been lost. */
    Outcomes accountOutcomes(@Nullable ConnectorException lost) {
        return new Outcomes(
                plan, done, counts.counts(), failures, normalized, held, refused, notTried, null, lost, stopped);
    }

    private void tell(Outcome outcome) {
        for (ChangeListener listener : settings.listeners) {
            listener.finished(outcome);
        }
    }
}
