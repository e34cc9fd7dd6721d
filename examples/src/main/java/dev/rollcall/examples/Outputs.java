package dev.rollcall.examples;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.connector.AtomicFile;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.report.PlanLdif;
import dev.rollcall.provisioning.report.Report;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The files that a run leaves. Not thread-safe: for one thread at a time. */
final class Outputs {
    /** Who ended a run. */
    enum Part {
        SOURCE,
        DIRECTORY,
        STATE,
        APPLICATION,
        /** Memory, or the disk of temporary files. */
        RESOURCES;

        /** {@return its name in messages} */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Optional<Path> report;
    private final Optional<Path> html;
    private final Optional<Path> ldif;
    private final Terminal terminal;
    private final String target;
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private boolean failed;

    /** @param target the application that is made to agree; empty for a directory */
    Outputs(Optional<Path> report, Optional<Path> html, Optional<Path> ldif, String target, Terminal terminal) {
        this.report = report;
        this.html = html;
        this.ldif = ldif;
        this.target = target;
        this.terminal = terminal;
    }

    void ldif(Plan plan) {
        ldif.ifPresent(file -> written(file, () -> PlanLdif.of(plan).write(file)));
    }

    void report(Plan plan) {
        report(Report.of(plan));
    }

    void report(Plan plan, Outcomes outcomes) {
        report(Report.of(plan).applied(outcomes));
    }

    private void report(Report made) {
        Report stamped = stamped(made);
        report.ifPresent(file -> written(file, () -> stamped.write(file)));
        html.ifPresent(file -> written(file, () -> HtmlReport.write(file, stamped::write)));
    }

    /** The server or the application shows that the configuration cannot be carried out. */
    void refused(String why) {
        ended(target.isEmpty() ? Part.DIRECTORY : Part.APPLICATION, null, why);
    }

    /** There is no plan to report, but why there is none is worth a file: every field, empty but for that. */
    void ended(Part part, @Nullable String server, String why) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.putObject("run")
                .put("id", start.toString())
                .put("start", start.toString())
                .put("end", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString())
                .putNull("planHash");
        reason(json.putObject("source").put("records", 0).put("complete", false), part == Part.SOURCE, why);
        if (!target.isEmpty()) {
            reason(json.putObject("target").put("name", target), part == Part.APPLICATION, why);
        }
        reason(json.putObject("directory").put("server", server), part == Part.DIRECTORY, why);
        if (part == Part.STATE || part == Part.RESOURCES) {
            reason(json.putObject(part.word()), true, why);
        }
        json.putObject("situations");
        json.putNull("planned");
        json.putObject("blocked");
        json.putArray("blockedChanges");
        json.putObject("withheld");
        json.putArray("notFound");
        json.putNull("applied");
        for (String list : List.of(
                "notes", "guardrails", "failures", "conflicts", "unresolved", "unknown", "normalized", "changes")) {
            json.putArray(list);
        }
        report.ifPresent(file -> written(file, () -> {
            try {
                AtomicFile.write(file, out -> write(json, out));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
        html.ifPresent(file -> written(file, () -> HtmlReport.write(file, out -> write(json, out))));
    }

    private static void reason(ObjectNode json, boolean isTo, String why) {
        json.put("reason", isTo ? why : null);
    }

    /** {@return whether a file could not be written} */
    boolean failed() {
        return failed;
    }

    private static void write(ObjectNode json, OutputStream out) {
        try {
            out.write(json.toPrettyString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Report stamped(Report made) {
        return made.run(start.toString(), start, Instant.now().truncatedTo(ChronoUnit.MILLIS));
    }

    /** A file that cannot be written does not undo what was done to the directory. */
    private void written(Path file, Runnable write) {
        try {
            write.run();
        } catch (UncheckedIOException e) {
            failed = true;
            terminal.complain(file + " cannot be written: " + e.getMessage());
        }
    }
}
