package dev.rollcall.provisioning.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.rollcall.connector.AtomicFile;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a run found and did, as JSON for other programs and for keeping. Written as a stream, however long the plan is.
 * Immutable and thread-safe, as far as the plan is.
 *
 * <pre>{@code
 * Report.of(plan).applied(outcomes).run("2026-11-23T02:00", start, Instant.now()).write(Path.of("report.json"));
 * }</pre>
 */
public final class Report {
    private static final JsonFactory JSON = new JsonFactory();

    private final Plan plan;
    private final @Nullable Outcomes outcomes;
    private final String id;
    private final @Nullable Instant start;
    private final @Nullable Instant end;

    private Report(Plan plan, @Nullable Outcomes outcomes, String id, @Nullable Instant start, @Nullable Instant end) {
        this.plan = Objects.requireNonNull(plan, "plan");
        this.outcomes = outcomes;
        this.id = Objects.requireNonNull(id, "id");
        this.start = start;
        this.end = end;
    }

    /** {@return the report of a plan that was not carried out} */
    public static Report of(Plan plan) {
        return new Report(plan, null, "", null, null);
    }

    /** {@return this report, with what became of the plan} */
    public Report applied(Outcomes result) {
        return new Report(plan, Objects.requireNonNull(result, "result"), id, start, end);
    }

    /** {@return this report, with when and under which name it ran} */
    public Report run(String runId, Instant started, Instant ended) {
        return new Report(plan, outcomes, runId, started, ended);
    }

    /**
     * Writes it to a file, which is replaced as a whole and which the present user alone can read where the system knows
     * users. A link of that name is replaced, never followed.
     *
     * @throws UncheckedIOException if that fails
     */
    public void write(Path file) {
        try {
            AtomicFile.write(file, this::write);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + file, failed);
        }
    }

    /**
     * Writes it; the stream stays open.
     *
     * @throws UncheckedIOException if that fails
     */
    public void write(OutputStream out) {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.useDefaultPrettyPrinter();
            new ReportWriter(json, plan, outcomes).write(id, start, end);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write the report", failed);
        }
    }
}
