package dev.rollcall.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.examples.DocumentedPage.Block;
import dev.rollcall.formats.Format;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.mappingtestkit.MappingAssertions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the documentation shows is read or executed, or compared with a source that is compiled and run. The word
 * after the fence says how; what has no such word fails, so that nobody shows anything that no test knows.
 */
class DocumentationTest {
    /**
     * How a block is tested: here, or by {@link DocumentedFormatsTest}, {@link DocumentedGrammarTest} or
     * {@link DocumentedCommandsTest}.
     */
    private static final Set<String> LANGUAGES = Set.of(
            "yaml", "table", "java", "json", "xml", "output", "sh", "formats", "conditions", "examples", "grammar");

    /** The page that shows what something prints, and the test that has it printed and compares. */
    private static final Map<String, String> PRINTED_BY = Map.of(
            "README.md", "examples/src/test/java/dev/rollcall/examples/ReadmeTest.java",
            "docs/rest-preview.md", "examples/src/test/java/dev/rollcall/examples/PreviewCommandTest.java",
            "docs/lint.md", "ldap-mapping/src/test/java/dev/rollcall/mapping/LintTest.java",
            "docs/testing-mappings.md",
                    "mapping-testkit/src/test/java/dev/rollcall/mappingtestkit/TestingMappingsGuideTest.java");

    /** Pages whose Java a test compiles and runs block by block. */
    private static final Set<String> COMPILED = Set.of("docs/testing-mappings.md");

    /** Looks like a piece of a configuration, and is what servers and applications say. */
    private static final Set<String> SAID_BY_OTHERS = Set.of(
            "pwdAccountLockedTime: 000001010000Z",
            "pwdReset: TRUE",
            "pwdLastSet: 0",
            "success: false",
            "x-daily-ratelimit-token-remaining: 0",
            "X-RateLimit-Remaining: 0",
            "Accept-Encoding: identity");

    private static final String SOURCES = squeezed(DocumentedPage.sources());

    @TempDir
    static Path folder;

    private static DocumentedConfiguration configuration;

    @BeforeAll
    static void prepare() throws IOException {
        configuration = new DocumentedConfiguration(folder);
    }

    static List<DocumentedPage> pages() {
        return DocumentedPage.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_block_says_how_it_is_tested(DocumentedPage page) {
        assertThat(page.blocks()).allSatisfy(block -> assertThat(LANGUAGES).contains(block.language()));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void no_code_stands_outside_of_fences(DocumentedPage page) {
        assertThat(page.prose()).doesNotContain("```").doesNotContainPattern("\n\n {4,}\\S");
    }

    static Stream<Block> configurations() {
        return DocumentedPage.blocksIn("yaml");
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void a_configuration_is_one(Block block) {
        assertThatNoException().isThrownBy(() -> configuration.read(block.page(), block.text()));
    }

    static Stream<Arguments> pieces() {
        return spans(span -> span.matches("[\\w.-]+: .*|\\{.*: .*|\\[[\\[{\"].*") && !SAID_BY_OTHERS.contains(span));
    }

    @ParameterizedTest
    @MethodSource("pieces")
    void a_piece_of_a_configuration_fits_into_one(DocumentedPage page, String piece) {
        assertThatNoException().isThrownBy(() -> configuration.read(page, piece));
    }

    static Stream<Arguments> macros() {
        return spans(span -> span.contains("${") && !span.matches(".*\\$\\{(\\.\\.\\.}|…}|)"));
    }

    @ParameterizedTest
    @MethodSource("macros")
    void a_macro_is_one(DocumentedPage page, String macro) {
        assertThatNoException().as("%s", page).isThrownBy(() -> Format.parse(macro, DocumentedFormatsTest.FUNCTIONS));
    }

    private static Stream<Arguments> spans(Predicate<String> which) {
        return DocumentedPage.all().stream()
                .flatMap(page -> page.spans().stream().filter(which).distinct().map(span -> Arguments.of(page, span)));
    }

    static Stream<Block> tables() {
        return DocumentedPage.blocksIn("table");
    }

    /** A table says what the mapping before it makes of records; where that is in Java, the table is in the test of it. */
    @ParameterizedTest
    @MethodSource("tables")
    void a_table_says_what_the_mapping_makes_of_records(Block table) {
        List<Block> before = table.page().blocks().stream()
                .filter(block ->
                        block.line() < table.line() && !block.language().equals("table"))
                .toList();
        Block last = before.get(before.size() - 1);
        if (last.language().equals("java")) {
            assertThat(SOURCES.contains(squeezed(table.text())))
                    .as("some test has the table")
                    .isTrue();
        } else {
            Mapping mapping = configuration
                    .read(last.page(), last.text())
                    .dataSources()
                    .get("default")
                    .mapping();
            MappingAssertions.assertThat(mapping).table(table.text());
        }
    }

    /** Formatting changes white space alone. */
    private static String squeezed(String text) {
        return text.replaceAll("\\s+", "");
    }

    static Stream<Block> programs() {
        return DocumentedPage.blocksIn("java")
                .filter(block -> !COMPILED.contains(block.page().name()));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void java_stands_in_a_source_that_is_compiled(Block block) {
        assertThat(SOURCES.contains(squeezed(block.text())))
                .as("some source of the project holds\n%s", block.text())
                .isTrue();
    }

    static Stream<Block> printed() {
        return DocumentedPage.blocksIn("output");
    }

    @ParameterizedTest
    @MethodSource("printed")
    void what_is_printed_is_compared_by_a_test(Block block) {
        DocumentedPage page = block.page();
        assertThat(page.blocks("output"))
                .as("more than one needs more than one test")
                .hasSize(1);
        assertThat(PRINTED_BY).containsKey(page.name());
        assertThat(DocumentedPage.ROOT.resolve(PRINTED_BY.get(page.name())))
                .content()
                .contains(Path.of(page.name()).getFileName().toString());
    }

    static Stream<Block> answers() {
        return DocumentedPage.blocksIn("json");
    }

    @ParameterizedTest
    @MethodSource("answers")
    void json_is_some(Block block) {
        assertThatNoException().isThrownBy(() -> new ObjectMapper().readTree(block.text()));
    }

    static Stream<Block> poms() {
        return DocumentedPage.blocksIn("xml");
    }

    @ParameterizedTest
    @MethodSource("poms")
    void a_pom_has_the_versions_that_are_tested(Block block) {
        List<String> versions = Pattern.compile("<version>([\\d.]{3,}[^<]*)</version>")
                .matcher(block.text())
                .results()
                .map((MatchResult match) -> ">" + match.group(1) + "<")
                .toList();
        assertThat(versions).isNotEmpty();
        assertThat(DocumentedPage.text(DocumentedPage.ROOT.resolve("pom.xml"))).contains(versions);
    }
}
