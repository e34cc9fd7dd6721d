package dev.rollcall.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentTest {
    @TempDir
    Path folder;

    private Document yaml(String... lines) {
        return read("people.yaml", String.join("\n", lines));
    }

    private Document read(String name, String text) {
        try {
            return DocumentReader.read(Files.writeString(folder.resolve(name), text));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Problem only(Document document) {
        assertThat(document.problems()).hasSize(1);
        return document.problems().get(0);
    }

    @Nested
    class yaml {
        @Test
        void knows_the_line_of_every_node() {
            Document document = yaml("source:", "  endpoints:", "    - name: users", "      url: /users", "scope: a");

            assertThat(document.problems()).isEmpty();
            assertThat(document.line("source.endpoints")).isEqualTo(2);
            assertThat(document.line("source.endpoints[0]")).isEqualTo(3);
            assertThat(document.line("source.endpoints[0].url")).isEqualTo(4);
            assertThat(document.line("scope")).isEqualTo(5);
        }

        @Test
        void gives_the_line_around_a_node_that_is_not_there() {
            Document document = yaml("source:", "  endpoints:", "    - name: users");

            assertThat(document.line("source.endpoints[0].paging.next")).isEqualTo(3);
            assertThat(document.line("directory.url")).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"no", "yes", "on", "off", "007", "0x1F", "1_000", "12:30", "2024-01-01", ".5", "1.2.3", "+49"
                })
        void keeps_as_text_what_is_no_json_number(String text) {
            assertThat(yaml("key: " + text).root().get("key")).isEqualTo(Value.of(text));
        }

        @ParameterizedTest
        @ValueSource(strings = {"1.10", "42", "-3", "1e3", "12345678901234567890"})
        void keeps_the_digits_of_a_number(String number) {
            assertThat(yaml("key: " + number).root().get("key")).isEqualTo(new Value.Num(number));
        }

        @Test
        void keeps_a_quoted_number_as_text() {
            assertThat(yaml("a: '42'", "b: !!str 42", "c: \"true\"").root())
                    .isEqualTo(Value.of(Map.of("a", Value.of("42"), "b", Value.of("42"), "c", Value.of("true"))));
        }

        @Test
        void reads_a_key_named_on_or_no_as_that_name() {
            assertThat(yaml("on: [created]", "no: 1").root().asMap()).containsOnlyKeys("on", "no");
        }

        @Test
        void tells_both_lines_of_a_key_given_twice() {
            Problem problem = only(yaml("mapping:", "  sn: a", "  cn: b", "  sn: c"));

            assertThat(problem)
                    .hasToString(
                            "people.yaml:4: mapping.sn: the key is a duplicate; it stands in line 2 already; keep one");
        }

        @Test
        void finds_every_key_given_twice() {
            assertThat(yaml("a: 1", "a: 2", "b: {x: 1, x: 2}").problems())
                    .extracting(Problem::path)
                    .containsExactly("a", "b.x");
        }

        @Test
        void puts_an_anchored_node_where_it_is_named() {
            Document document = yaml("a: &x {k: 1}", "b: *x", "c:", "  <<: *x", "  own: 2");

            assertThat(document.root().get("b")).isEqualTo(document.root().get("a"));
            assertThat(document.root().get("c"))
                    .isEqualTo(Value.of(Map.of("k", new Value.Num("1"), "own", new Value.Num("2"))));
            assertThat(document.line("b.k")).isEqualTo(1);
        }

        @Test
        void explains_a_tab() {
            assertThat(only(yaml("source:", "\tconnector: x")))
                    .hasToString(
                            "people.yaml:2: a tab stands where YAML wants spaces; indent with spaces, tabs are not allowed");
        }

        @Test
        void explains_a_macro_without_quotes_in_braces() {
            Problem problem = only(yaml("a: 1", "b: {value: ${env.KEY}, in: header}"));

            assertThat(problem.location()).hasValue("people.yaml:2");
            assertThat(problem.remedy()).contains("in quotes");
        }

        @Test
        void refuses_tags() {
            assertThat(only(yaml("a: !!java.net.URL x")))
                    .hasToString(
                            "people.yaml:1: a: the YAML tag tag:yaml.org,2002:java.net.URL means nothing here; remove it");
        }

        @Test
        void refuses_a_second_document() {
            assertThat(only(yaml("a: 1", "---", "b: 2")).code()).isEqualTo("several-documents");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "# nothing", "---\n"})
        void refuses_an_empty_file(String text) {
            assertThat(only(read("people.yaml", text)).code()).isEqualTo("empty-file");
        }

        @Test
        void refuses_a_bomb_of_aliases_at_once() {
            StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
            for (int i = 1; i < 12; i++) {
                String alias = "*a" + (i - 1) + " ,";
                bomb.append("a" + i + ": &a" + i + " [" + alias.repeat(9) + "x]\n");
            }
            assertThat(only(read("people.yaml", bomb.toString())).code()).isEqualTo("too-large");
        }

        @Test
        void refuses_a_node_that_holds_itself() {
            assertThat(only(yaml("a: &a [*a]")).code()).isEqualTo("too-large");
        }
    }

    @Nested
    class json {
        @Test
        void is_read_with_tabs_and_lines() {
            Document document = read("people.json", "{\n\t\"source\": {\n\t\t\"list\": [1.10,\n\ttrue]}}");

            assertThat(document.problems()).isEmpty();
            assertThat(document.line("source.list")).isEqualTo(3);
            assertThat(document.line("source.list[1]")).isEqualTo(4);
            assertThat(document.root().get("source"))
                    .isEqualTo(Value.of(
                            Map.of("list", Value.of(java.util.List.of(new Value.Num("1.10"), Value.of(true))))));
        }

        @Test
        void is_recognized_without_its_suffix() {
            assertThat(read("people.conf", "{\n\t\"a\": 1}").problems()).isEmpty();
        }

        @Test
        void tells_both_lines_of_a_key_given_twice() {
            assertThat(only(read("people.json", "{\"a\": 1,\n\"a\": 2}")))
                    .hasToString("people.json:2: a: the key is a duplicate; it stands in line 1 already; keep one");
        }

        @Test
        void says_where_it_is_broken() {
            assertThat(only(read("people.json", "{\"a\": 1,\n}")).location()).hasValue("people.json:2");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"{\"a\": NaN}", "{\"a\": -Infinity}", "{\"a\": +1}", "{a: 1}", "{\"a\": 1} // x", "{'a': 1}"
                })
        void that_is_none_is_told_without_the_settings_of_the_parser(String text) {
            assertThat(only(read("people.json", text)).toString())
                    .contains("people.json:1", "no JSON")
                    .doesNotContain("Feature", "ALLOW_", "enable", "`");
        }
    }

    @Nested
    class bytes {
        @Test
        void may_begin_with_a_byte_order_mark() {
            assertThat(read("people.yaml", "\uFEFFa: 1").root().asMap()).containsOnlyKeys("a");
        }

        @Test
        void must_be_utf_8() throws IOException {
            Path file = folder.resolve("latin.yaml");
            Files.write(file, "a: 1\nb: Müller".getBytes(StandardCharsets.ISO_8859_1));

            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> DocumentReader.read(file))
                    .withMessage("latin.yaml:2: the file is not UTF-8; save it as UTF-8");
        }

        @Test
        void must_be_there() {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> DocumentReader.read(folder.resolve("none.yaml")))
                    .withMessageContaining("there is no file");
        }
    }
}
