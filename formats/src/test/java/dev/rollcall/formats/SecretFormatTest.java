package dev.rollcall.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.RollcallException;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Value;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A format that was parsed as a secret shows it nowhere, wherever in the text it stands. */
class SecretFormatTest {
    private static final String PLANTED = "Pl4nted";

    private final List<String> shown = new ArrayList<>();

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "Pl4nted",
                "Bearer Pl4nted",
                "${'Pl4nted'}",
                "${'Pl4nted' ?? ''}",
                "${record.none ?? 'Pl4nted'}",
                "${lower('Pl4nted')}x",
                "${lower(record.a) ?? 'Pl4nted'}",
                "${when(record.a == 'Pl4nted', 'Pl4nted', record.a)}",
                "${if(record.a == 'Pl4nted', 'yes', 'Pl4nted')}",
                "${parseDate(record.a, 'Pl4nted')}",
                "${parseDate('Pl4nted', 'yyyy')}",
                "${parseDate(record.a ?? 'Pl4nted', 'yyyy')}",
                "${dateDiff('Pl4nted', record.a, 'days')}",
                "${toNumber('Pl4nted')}",
                "${number('Pl4nted')}",
                "${lookup('Pl4nted', record.a)}",
                "${record.list}Pl4nted",
                "${concat(record.list, 'Pl4nted')}",
                "${record.Pl4nted}",
                "${pl4nted('Pl4nted')}",
                "${'Pl4nted'",
                "Pl4nted ${",
                "${'Pl4nted' + 1}",
                "${replace(record.a, '(Pl4nted', '')}",
                "${matches(record.a, '[Pl4nted')}",
            })
    void the_secret_is_shown_nowhere(String source) {
        Scope scope = name -> switch (name.toString()) {
            case "record.a" -> Value.of("a");
            case "record.list" -> Value.of(List.of(Value.of("x"), Value.of("y")));
            default -> Value.absent();
        };
        try {
            Format format = Format.parse(Secret.of(source), Functions.standard());
            shown.add(format.toString());
            Evaluation evaluation =
                    Evaluation.of(scope).trace(step -> shown.add(step + step.expression() + step.what()));
            for (Sink sink : List.of(Sinks.JSON, Sinks.HEADER, Sinks.URL_QUERY, Sinks.XML)) {
                attempt(() -> format.render(sink, evaluation));
            }
            attempt(() -> format.evaluate(evaluation));
        } catch (RollcallException e) {
            show(e);
        }

        assertThat(shown).isNotEmpty().allSatisfy(text -> assertThat(text).doesNotContainIgnoringCase(PLANTED));
    }

    private void attempt(java.util.function.Supplier<Value> value) {
        try {
            shown.add(value.get().toString());
        } catch (RollcallException e) {
            show(e);
        }
    }

    private void show(RollcallException e) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        shown.add(trace + " " + e.problem());
    }
}
