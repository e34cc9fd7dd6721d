package dev.rollcall.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.FormatException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SinksTest {
    private static String render(String format, Sink sink, Object value) {
        Evaluation evaluation = Evaluation.of(Scope.record(UserRecord.of(Map.of("x", value))));
        return Format.parse(format).render(sink, evaluation).text().orElseThrow();
    }

    @Test
    void a_path_segment_keeps_to_itself() {
        assertThat(render("/users/${record.x}/y", Sinks.URL_PATH, "a/../b?c#d e%"))
                .isEqualTo("/users/a%2F..%2Fb%3Fc%23d%20e%25/y");
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> render("/users/${record.x}/y", Sinks.URL_PATH, ".."));
    }

    @Test
    void a_query_value_keeps_to_itself() {
        assertThat(render("q=${record.x}", Sinks.URL_QUERY, "a&b=c +é")).isEqualTo("q=a%26b%3Dc%20%2B%C3%A9");
    }

    @Test
    void a_header_refuses_line_breaks() {
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> render("${record.x}", Sinks.HEADER, "a\r\nX-Evil: 1"))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo("bad-header"));
    }

    @Test
    void json_knows_whether_a_macro_stands_in_a_string() {
        assertThat(render("{\"a\": \"${record.x}\"}", Sinks.JSON, "\"},{\\\n"))
                .isEqualTo("{\"a\": \"\\\"},{\\\\\\n\"}");
        assertThat(render("{\"a\": ${record.x}}", Sinks.JSON, "\"}")).isEqualTo("{\"a\": \"\\\"}\"}");
        assertThat(render("{\"a\": ${record.x}}", Sinks.JSON, 42)).isEqualTo("{\"a\": 42}");
        assertThat(render("{\"a\": ${record.x}}", Sinks.JSON, List.of("b", true)))
                .isEqualTo("{\"a\": [\"b\",true]}");
    }

    @Test
    void json_takes_null_where_the_macro_says_so() {
        assertThat(render("{\"a\": ${record.y ?? null}}", Sinks.JSON, 1)).isEqualTo("{\"a\": null}");
        assertThat(render("{\"a\": \"${record.y ?? ''}\"}", Sinks.JSON, 1)).isEqualTo("{\"a\": \"\"}");
    }

    @Test
    void json_has_objects_as_objects() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("a\"b", 1);
        object.put("c", List.of());
        object.put("d", null);

        assertThat(render("${record.x}", Sinks.JSON, object)).isEqualTo("{\"a\\\"b\":1,\"c\":[],\"d\":null}");
    }

    @Test
    void json_escapes_control_characters_line_separators_and_half_characters_alone() {
        assertThat(render("${record.x}", Sinks.JSON, "\t\r\u001F \u007F\u2028\u2029\u202A"))
                .isEqualTo("\"\\t\\r\\u001f \\u007f\\u2028\\u2029\u202A\"");
        assertThat(render("${record.x}", Sinks.JSON, "😀")).isEqualTo("\"😀\"");
        assertThat(render("${record.x}", Sinks.JSON, "\uD83D")).isEqualTo("\"\\ud83d\"");
        assertThat(render("${record.x}", Sinks.JSON, "\uDE00")).isEqualTo("\"\\ude00\"");
        assertThat(render("${record.x}", Sinks.JSON, "a\uDE00b\uD83Dc")).isEqualTo("\"a\\ude00b\\ud83dc\"");
        assertThat(render("${record.x}", Sinks.JSON, "\uD83D\uD83D\uDE00\uDE00"))
                .isEqualTo("\"\\ud83d😀\\ude00\"");
    }

    @Test
    void json_refuses_a_value_behind_a_backslash() {
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> render("{\"a\": \"\\${record.x}\"}", Sinks.JSON, "n"))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo("bad-place"));
    }

    @Test
    void xml_and_forms_are_escaped() {
        assertThat(render("<a>${record.x}</a>", Sinks.XML, "<b a=\"'\">&"))
                .isEqualTo("<a>&lt;b a=&quot;&#39;&quot;&gt;&amp;</a>");
        assertThat(render("a=${record.x}", Sinks.FORM, "b&c=d e")).isEqualTo("a=b%26c%3Dd+e");
    }

    @Test
    void what_has_no_value_is_not_written() {
        assertThat(Format.parse("a=${record.y}").render(Sinks.FORM, Evaluation.of(name -> Value.absent())))
                .isInstanceOf(Value.Absent.class);
    }
}
