package dev.rollcall.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The report as a page. */
class HtmlReportTest {
    private static final String REPORT = """
            {"run": {"id": "r-1", "end": null}, "planned": {"modify": 2}, "applied": null, "conflicts": [], "notFound": ["77", "<8>"],
             "changes": [
               {"key": "1", "dn": "cn=<script>alert(1)</script>,dc=test", "attributes": [
                 {"name": "sn", "before": ["A", "B"], "after": ["C & D"], "because": "record.\\"last\\""}]},
               {"key": "3", "group": "cn=staff", "attributes": []},
               {"key": "2", "dn": "cn=\\u202Egnp.\\u0000", "attributes": []}]}
            """;

    private Path page;

    @BeforeEach
    void folder(@TempDir Path folder) {
        page = folder.resolve("report.html");
    }

    private static void json(OutputStream out) {
        try {
            out.write(REPORT.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void has_every_field_in_order_and_each_change_as_a_row() throws Exception {
        HtmlReport.write(page, HtmlReportTest::json);
        Document html =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(page.toFile());
        assertThat(texts(html, "h2")).containsExactly("run", "planned", "applied", "conflicts", "notFound", "changes");
        assertThat(texts(html, "p")).containsExactly("none");
        assertThat(texts(html, "div")).containsExactly("77", "<8>", "A", "B", "C & D");
        assertThat(texts(html, "td")).contains("r-1", "2", "1", "sn", "record.\"last\"");
    }

    @Test
    void has_another_table_where_changes_have_other_fields() throws Exception {
        HtmlReport.write(page, HtmlReportTest::json);
        assertThat(page)
                .content()
                .contains("<tr><th>key</th><th>group</th><th>attributes</th></tr><tr><td>3</td><td>cn=staff</td>");
    }

    @Test
    void takes_the_place_of_a_link_and_leaves_where_it_leads_alone() throws Exception {
        Path other = Files.writeString(page.resolveSibling("other"), "a secret");
        Files.createSymbolicLink(page, other);
        HtmlReport.write(page, HtmlReportTest::json);
        assertThat(page).isRegularFile().content().startsWith("<!DOCTYPE html>");
        assertThat(other).hasContent("a secret");
    }

    @Test
    void leaves_a_device_a_device() throws Exception {
        Path nothing = Path.of("/dev/null");
        HtmlReport.write(nothing, HtmlReportTest::json);
        assertThat(Files.isRegularFile(nothing)).isFalse();
    }

    @Test
    void takes_no_orders_from_the_names_of_people() throws Exception {
        HtmlReport.write(page, HtmlReportTest::json);
        assertThat(page)
                .content()
                .contains("cn=&lt;script&gt;alert(1)&lt;/script&gt;,dc=test")
                .doesNotContain("<script", "\u202E", "\u0000");
    }

    @Test
    void is_for_the_present_user_alone_and_leaves_nothing_beside_it() throws Exception {
        Files.writeString(page, "an older one");
        HtmlReport.write(page, HtmlReportTest::json);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(page)))
                .isEqualTo("rw-------");
        assertThat(page.getParent()).isDirectoryContaining(page::equals).isDirectoryNotContaining("glob:**.report*");
    }

    @Test
    void that_cannot_be_made_leaves_the_older_one() throws Exception {
        Files.writeString(page, "an older one");
        assertThatThrownBy(() -> HtmlReport.write(page, out -> {
                    throw new UncheckedIOException(new IOException("disk full"));
                }))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(page).hasContent("an older one");
    }

    private static List<String> texts(Document html, String element) {
        NodeList found = html.getElementsByTagName(element);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> found.item(i).getTextContent())
                .toList();
    }
}
