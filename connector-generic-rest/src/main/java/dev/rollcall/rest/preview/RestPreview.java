package dev.rollcall.rest.preview;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One call of an endpoint as a person sees it before saving: what was asked, with secrets hidden, what came, which
 * columns there are, and what the endpoint might say better. Immutable and thread-safe. It holds people's data.
 *
 * @param endpoint its name
 * @param request method, address, headers and body as sent, secrets hidden
 * @param status of the answer
 * @param headers of the answer, secrets hidden
 * @param body the beginning of it, secrets hidden
 * @param failure what is wrong with the answer; empty if records could be read from it
 * @param doubts why a run would not take the list as complete, as far as one page shows
 * @param records how many were on it
 * @param columns what they hold
 * @param keyCandidates columns that were never empty and never the same twice, the likeliest first
 * @param suggestions lines for the endpoint, where it does not say what the answer seems to be
 */
public record RestPreview(
        String endpoint,
        List<String> request,
        int status,
        Map<String, List<String>> headers,
        String body,
        Optional<String> failure,
        List<String> doubts,
        int records,
        List<ColumnProfile> columns,
        List<String> keyCandidates,
        List<String> suggestions) {
    /** Collections are copied. */
    public RestPreview {
        request = List.copyOf(request);
        headers = Map.copyOf(headers);
        doubts = List.copyOf(doubts);
        columns = List.copyOf(columns);
        keyCandidates = List.copyOf(keyCandidates);
        suggestions = List.copyOf(suggestions);
    }

    /** {@return all of it as text for a person} */
    public String report() {
        StringBuilder text = new StringBuilder();
        line(text, "Request (" + endpoint + ")");
        request.forEach(each -> line(text, "  " + each));
        line(text, "");
        line(text, "Response: status " + status);
        headers.keySet().stream()
                .sorted(String.CASE_INSENSITIVE_ORDER)
                .forEach(name ->
                        line(text, "  " + name + ": " + String.join(", ", headers.getOrDefault(name, List.of()))));
        body.lines().forEach(each -> line(text, "  " + each));
        failure.ifPresent(reason -> {
            line(text, "");
            line(text, "No records: " + reason);
        });
        if (!doubts.isEmpty()) {
            line(text, "");
            line(text, "A run would not take this list as complete:");
            doubts.forEach(each -> line(text, "  " + each));
        }
        if (!columns.isEmpty()) {
            line(text, "");
            line(text, "Columns of " + records + (records == 1 ? " record" : " records") + " (type, filled, examples)");
            int width = columns.stream()
                    .mapToInt(each -> each.path().length())
                    .max()
                    .orElse(0);
            for (ColumnProfile column : columns) {
                String path = column.path()
                        + " "
                                .repeat(Math.min(40, width)
                                        - Math.min(40, column.path().length()));
                line(
                        text,
                        "  " + path + "  " + String.join("|", column.types()) + "  " + column.fillRate() + " %  "
                                + String.join(" · ", column.examples()));
            }
            line(text, "");
            line(
                    text,
                    "Could be the primary key: "
                            + (keyCandidates.isEmpty() ? "none" : String.join(", ", keyCandidates)));
        }
        if (!suggestions.isEmpty()) {
            line(text, "");
            line(text, "The answer looks as if the endpoint should say");
            suggestions.forEach(each -> line(text, "  " + each));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }

    /** Shows no people's data. */
    @Override
    public String toString() {
        return "preview of " + endpoint + ": status " + status + ", " + records + " records";
    }
}
