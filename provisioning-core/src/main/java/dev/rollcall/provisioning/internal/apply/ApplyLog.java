package dev.rollcall.provisioning.internal.apply;

import com.unboundid.asn1.ASN1OctetString;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.RollcallException;
import dev.rollcall.provisioning.directory.DirectoryException;
import dev.rollcall.provisioning.internal.state.Normalizations;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.Guardrail;
import dev.rollcall.provisioning.plan.Normalized;
import dev.rollcall.provisioning.plan.Outcome;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.policy.ChangeListener;
import dev.rollcall.provisioning.state.StateStore;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps book of what becomes of each change. Not thread-safe: for one thread at a time. */
public final class ApplyLog {
    private static final Logger logger = LoggerFactory.getLogger(ApplyLog.class);

    private final Plan plan;
    private final ApplySettings settings;
    private final BitSet done = new BitSet();
    private final ApplyCounts counts = new ApplyCounts();
    private final List<Outcome> failures = new ArrayList<>();
    private final List<Normalized> normalized = new ArrayList<>();
    private final List<StateStore.Normalization> learnt = new ArrayList<>();
    private final int planned;
    private int position;
    private int held;
    private int refused;
    private int notTried;
    private String stopped = "";

    public ApplyLog(Plan plan, ApplySettings settings) {
        this.plan = plan;
        this.settings = settings;
        this.planned = plan.counts().byKind().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    /** The place in the plan of the change that comes next. */
    public int next() {
        return position++;
    }

    public void done(int at, Change change, @Nullable String id) {
        done.set(at);
        counts.add(change);
        tell(Outcome.done(change, id));
    }

    public void failed(Outcome outcome) {
        failures.add(outcome);
        tell(outcome);
    }

    public void left(int at, Change change, Outcome.Status status) {
        done.clear(at);
        switch (status) {
            case HELD -> held++;
            case REFUSED -> refused++;
            default -> notTried++;
        }
        tell(Outcome.left(change, status));
    }

    /** {@code wanted} was written, and {@code stored} was there afterwards. */
    public void normalized(Normalized what, String id, List<ASN1OctetString> wanted, List<ASN1OctetString> stored) {
        normalized.add(what);
        learnt.add(Normalizations.learnt(id, what.attribute(), wanted, stored));
    }

    public boolean tooManyFailures() {
        return settings.failures.exceededBy(failures.size(), planned);
    }

    private @Nullable Guardrail tripped() {
        return tooManyFailures() ? settings.failures.guardrail(failures.size(), planned) : null;
    }

    public void stop(String why) {
        if (stopped.isEmpty()) {
            stopped = why;
        }
    }

    public boolean stopped() {
        return !stopped.isEmpty();
    }

    Outcomes outcomes(@Nullable DirectoryException lost) {
        if (lost != null) {
            stop("the directory was lost");
        }
        return outcomes(lost, null);
    }

    /** The outcomes of a run against an application, which may have been lost. */
    public Outcomes accountOutcomes(@Nullable ConnectorException lost) {
        return outcomes(null, lost);
    }

    private Outcomes outcomes(@Nullable DirectoryException lost, @Nullable ConnectorException applicationLost) {
        remember();
        return new RunOutcomes(
                plan,
                done,
                counts.counts(),
                failures,
                normalized,
                new RunOutcomes.Left(held, refused, notTried),
                new RunOutcomes.End(lost, applicationLost, tripped(), stopped));
    }

    /** What was changed is to be told in any case; what cannot be remembered is written once more by the next run. */
    private void remember() {
        try {
            settings.state.remember(settings.target, learnt);
        } catch (RollcallException failed) {
            logger.atWarn()
                    .addKeyValue("problem", failed.problem())
                    .log("what the server keeps in its own way could not be remembered");
        }
    }

    private void tell(Outcome outcome) {
        for (ChangeListener listener : settings.listeners) {
            listener.finished(outcome);
        }
    }
}
