package dev.rollcall.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseFormatTest {
    @RegisterExtension
    static final WireMockExtension server = Api.newServer();

    private static List<UserRecord> fetch(String type, byte[] body, String records, String more) {
        server.stubFor(get("/users")
                .willReturn(aResponse().withHeader("Content-Type", type).withBody(body)));
        return Sources.fetch(
                Sources.connector(Api.source(server, more).replace("records: /data", "records: " + records)));
    }

    private static List<UserRecord> xml(String body, String records) {
        return fetch("application/xml", body.getBytes(StandardCharsets.UTF_8), records, "");
    }

    private static List<UserRecord> csv(String body, String more) {
        return fetch("text/csv", body.getBytes(StandardCharsets.UTF_8), "''", more);
    }

    private static ConnectorException failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(ConnectorException.class, call);
    }

    @Nested
    class json {
        @ParameterizedTest
        @ValueSource(strings = {"[{\"id\": 7}]", " {\"id\": 7} ", "\ufeff[{\"id\": 7}]"})
        void may_be_the_list_or_one_record_itself(String body) {
            List<UserRecord> records = fetch("application/json", body.getBytes(StandardCharsets.UTF_8), "''", "");

            assertThat(Sources.ids(records)).containsExactly("7");
        }

        @Test
        void may_have_the_list_anywhere() {
            String body =
                    "{\"skip\": {\"list\": [{\"id\": 1}]}, \"a/b\": [{}, {\"list\": [{\"id\": 7}], \"z\": [[1]]}]}";

            assertThat(Sources.ids(
                            fetch("application/json", body.getBytes(StandardCharsets.UTF_8), "/a~1b/1/list", "")))
                    .containsExactly("7");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"data\": [{\"id\": 7}]}",
                    "{\"hydra:member\": [{\"id\": 7}]}",
                    "{\"more\": {\"data\": []}, \"member\": [{\"id\": 7}], \"total\": 1}",
                    "[{\"id\": 7}]"
                })
        void may_have_the_list_at_one_of_several_places(String body) {
            List<UserRecord> records = fetch(
                    "application/ld+json",
                    body.getBytes(StandardCharsets.UTF_8),
                    "[/data, /member, '/hydra:member', '']",
                    "");

            assertThat(Sources.ids(records)).containsExactly("7");
        }

        @Test
        void must_not_have_two_lists_at_those_places() {
            ConnectorException failure = failure(() -> fetch(
                    "application/json",
                    "{\"data\": [{\"id\": 7}], \"member\": []}".getBytes(StandardCharsets.UTF_8),
                    "[/data, /member]",
                    ""));

            assertThat(failure).hasMessageContaining("there are two lists, at /data and at /member");
        }

        /** RFC 8259, section 8.1; many servers name the charset that they have for pages. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "application/json",
                    "application/json; charset=\"ISO-8859-1\"",
                    "application/json;charset=windows-1252",
                    "application/hal+json; charset=us-ascii",
                    "application/json; charset=no-such-charset",
                    "text/plain; charset=iso-8859-1"
                })
        void is_UTF_8_whatever_the_header_says(String type) {
            byte[] body = "{\"data\": [{\"id\": \"\u00fc\"}]}".getBytes(StandardCharsets.UTF_8);

            assertThat(Sources.ids(fetch(type, body, "/data", ""))).containsExactly("\u00fc");
        }

        @ParameterizedTest
        @CsvSource({"iso-8859-1", "windows-1252", "IBM037"})
        void may_be_in_another_charset_if_the_configuration_says_so(String charset) {
            byte[] body = "{\"data\": [{\"id\": \"\u00fc\"}]}".getBytes(Charset.forName(charset));

            assertThat(Sources.ids(fetch("application/json", body, "/data", "response: {charset: " + charset + "}")))
                    .containsExactly("\u00fc");
        }

        @Test
        void in_another_charset_names_the_setting() {
            byte[] body = "{\"data\": [{\"id\": \"\u00fc\"}]}".getBytes(StandardCharsets.ISO_8859_1);

            ConnectorException failure =
                    failure(() -> fetch("application/json; charset=iso-8859-1", body, "/data", ""));

            assertThat(failure.kind()).isEqualTo(FailureKind.MALFORMED_RESPONSE);
            assertThat(failure).hasMessageContaining("Invalid UTF-8").hasMessageContaining("response.charset");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                [{"id": NaN}]         | NaN is not a value of JSON; the application must send null
                [{"id": -Infinity}]   | -Infinity is not a value of JSON
                [{"id": Infinity}]    | Infinity is not a value of JSON
                [{"id": -INF}]        | broken JSON
                [{"id": +1}]          | Unexpected character '+'
                [{"id": undefined}]   | Unrecognized token 'undefined'
                [{"id": 01}]          | Invalid numeric value
                [{"id": .5}]          | Unexpected character '.'
                [{'id': 1}]           | Unexpected character
                [{id: 1}]             | Unexpected character 'i'
                [{"id": 1,}]          | Unexpected character '}'
                [{"id": 1} // x       | Unexpected character '/'
                [{"id": "a\tb"}]      | Illegal unquoted character
                [{"id": "\\x"}]       | Unrecognized character escape
                """)
        void that_is_none_is_told_without_the_settings_of_the_parser(String body, String words) {
            ConnectorException failure =
                    failure(() -> fetch("application/json", body.getBytes(StandardCharsets.UTF_8), "''", ""));

            assertThat(failure.kind()).isEqualTo(FailureKind.MALFORMED_RESPONSE);
            assertThat(failure).hasMessageContaining("broken JSON at line 1").hasMessageContaining(words);
            assertThat(failure.getMessage()).doesNotContain("Feature", "ALLOW_", "enable", "`", "(");
        }
    }

    @Nested
    class xml {
        @Test
        void has_elements_attributes_lists_and_nulls() {
            List<UserRecord> records = ResponseFormatTest.xml("""
                    <?xml version="1.0"?>
                    <r:response xmlns:r="urn:x" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><users>
                      <user id="7"><name>Ada &amp; Co</name><mail>a@x</mail><mail>b@x</mail><fax/>
                        <phone xsi:nil="true"/><home lang="en">text<city><![CDATA[<London>]]></city></home></user>
                      <user id="8"/>
                    </users></r:response>
                    """, "/response/users/user");

            UserRecord ada = records.get(0);
            assertThat(records).hasSize(2);
            assertThat(ada.value("@id")).isEqualTo(Value.of("7"));
            assertThat(ada.value("name")).isEqualTo(Value.of("Ada & Co"));
            assertThat(ada.value("mail[1]")).isEqualTo(Value.of("b@x"));
            assertThat(ada.value("fax")).isEqualTo(Value.of(""));
            assertThat(ada.value("phone")).isEqualTo(Value.ofNull());
            assertThat(ada.value("home.city")).isEqualTo(Value.of("<London>"));
            assertThat(ada.value("home['#text']")).isEqualTo(Value.of("text"));
        }

        @Test
        void may_be_an_empty_list_but_not_another_document() {
            assertThat(ResponseFormatTest.xml("<response><users/></response>", "/response/users/user"))
                    .isEmpty();

            assertThat(failure(() -> ResponseFormatTest.xml("<response/>", "/response/users/user")))
                    .hasMessageContaining("there is no /response/users");
        }

        @Test
        void pages_by_what_is_beside_the_list() {
            server.stubFor(get("/users?p=1")
                    .willReturn(aResponse()
                            .withHeader("Content-Type", "text/xml")
                            .withBody("<r pages='2'><u><id>1</id></u></r>")));
            server.stubFor(get("/users?p=2")
                    .willReturn(aResponse()
                            .withHeader("Content-Type", "text/xml")
                            .withBody("<r pages='2'><u><id>2</id></u></r>")));

            List<UserRecord> records = Sources.fetch(
                    Sources.connector(Api.source(server, "paging: {type: page, parameter: p, totalPages: /r/@pages}")
                            .replace("records: /data", "records: /r/u")));

            assertThat(Sources.ids(records)).containsExactly("1", "2");
        }

        @Test
        void reads_no_files_and_unfolds_nothing() {
            ConnectorException failure = failure(() -> ResponseFormatTest.xml(
                    "<!DOCTYPE r [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><r><u><id>&f;</id></u></r>", "/r/u"));

            assertThat(failure.kind()).isEqualTo(FailureKind.MALFORMED_RESPONSE);
        }

        @Test
        void that_is_cut_is_no_list() {
            assertThat(failure(() -> ResponseFormatTest.xml("<r><u><id>1</id></u><u><id>", "/r/u"))
                            .kind())
                    .isEqualTo(FailureKind.MALFORMED_RESPONSE);
        }

        private static final String UMLAUT = "<r><u><id>Zo\u00eb</id></u></r>";

        private static List<String> decoded(String type, byte[] body, String more) {
            return Sources.ids(fetch(type, body, "/r/u", more));
        }

        @ParameterizedTest
        @CsvSource({
            "application/xml, utf-8, utf-8",
            "application/xml, ISO-8859-1, iso-8859-1",
            "text/xml, windows-1252, windows-1252",
            "text/xml; charset=us-ascii, utf-8, utf-8",
            "application/xml; charset=utf-8, iso-8859-1, utf-8",
            "application/xml; charset=iso-8859-1, utf-8, utf-8",
            "application/xml; charset=iso-8859-1, windows-1250, iso-8859-1",
            "application/xml, IBM037, IBM037",
            "application/xml, utf-16, utf-8"
        })
        void declares_its_charset(String type, String declared, String charset) {
            byte[] body =
                    ("<?xml version='1.0' encoding='" + declared + "'?>" + UMLAUT).getBytes(Charset.forName(charset));

            assertThat(decoded(type, body, "")).containsExactly("Zo\u00eb");
        }

        @ParameterizedTest
        @ValueSource(strings = {"utf-8", "utf-16le", "utf-16be"})
        void has_a_byte_order_mark_that_counts_more(String charset) {
            byte[] body = ("\ufeff" + UMLAUT).getBytes(Charset.forName(charset));

            assertThat(decoded("application/xml; charset=iso-8859-1", body, "")).containsExactly("Zo\u00eb");
        }

        @Test
        void has_the_charset_of_the_configuration() {
            byte[] body = ("<?xml version='1.0' encoding='utf-8'?>" + UMLAUT).getBytes(StandardCharsets.ISO_8859_1);

            assertThat(decoded("application/xml; charset=utf-8", body, "response: {charset: iso-8859-1}"))
                    .containsExactly("Zo\u00eb");
        }

        @ParameterizedTest
        @CsvSource({
            "application/xml, '', the byte 0xEB",
            "application/xml; charset=utf-8, '', the byte 0xEB",
            "application/xml, no-such, the charset 'no-such' is not known",
            "application/xml; charset=no-such, '', the charset 'no-such' is not known"
        })
        void in_another_charset_names_the_setting_and_prints_nothing(String type, String declared, String words) {
            String start = declared.isEmpty() ? "" : "<?xml version='1.0' encoding='" + declared + "'?>";
            byte[] body = (start + UMLAUT).getBytes(StandardCharsets.ISO_8859_1);
            PrintStream before = System.err;
            ByteArrayOutputStream printed = new ByteArrayOutputStream();
            ConnectorException failure;
            try {
                System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
                failure = failure(() -> decoded(type, body, ""));
            } finally {
                System.setErr(before);
            }

            assertThat(failure.kind()).isEqualTo(FailureKind.MALFORMED_RESPONSE);
            assertThat(failure).hasMessageContaining(words).hasMessageContaining("response.charset");
            assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain("Fatal Error");
            server.verify(1, getRequestedFor(urlPathEqualTo("/users")));
        }

        @Test
        void is_not_nested_without_end() {
            String deep = "<r><u>" + "<a>".repeat(200) + "</a>".repeat(200) + "</u></r>";

            ConnectorException failure = failure(() -> ResponseFormatTest.xml(deep, "/r/u"));

            assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(FailureKind.LIMIT_EXCEEDED);
        }
    }

    @Nested
    class csv {
        @Test
        void has_its_columns_in_the_first_line() {
            List<UserRecord> records = ResponseFormatTest.csv(
                    "\ufeffid;Full Name;note\r\n007;\"Lovelace; Ada\";\r\n\r\n8;\"a \"\"b\"\"\nc\";x\r\n",
                    "response: {separator: ';'}");

            assertThat(Sources.ids(records)).containsExactly("007", "8");
            assertThat(records.get(0).value("['Full Name']")).isEqualTo(Value.of("Lovelace; Ada"));
            assertThat(records.get(0).value("note")).isEqualTo(Value.of(""));
            assertThat(records.get(1).value("['Full Name']")).isEqualTo(Value.of("a \"b\"\nc"));
        }

        @Test
        void keeps_the_blanks_of_its_values() {
            List<UserRecord> records = ResponseFormatTest.csv("id, name \n  007 , Ada \n \" 8\",\n", "");

            assertThat(records)
                    .containsExactly(
                            UserRecord.of(Map.of("id", "  007 ", "name", " Ada ")),
                            UserRecord.of(Map.of("id", " \" 8\"", "name", "")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"\n \nid,name\n\n7,\n  \n\r\n\n", "id\n\n7\n \n", "id,name,\n\n7,a,\n"})
        void may_have_empty_lines_and_a_separator_at_the_end(String body) {
            assertThat(Sources.ids(ResponseFormatTest.csv(body, ""))).containsExactly("7");
        }

        @Test
        void may_be_an_empty_list() {
            assertThat(ResponseFormatTest.csv("id,name\n", "")).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"id,name\n1,a\n2", "id,name\n1,a,b\n", "id,name\n1,\"a", "id,id\n1,2\n", "\n"})
        void that_is_cut_or_crooked_is_no_list(String body) {
            assertThat(failure(() -> ResponseFormatTest.csv(body, "")).kind())
                    .isEqualTo(FailureKind.MALFORMED_RESPONSE);
        }

        @Test
        void that_is_cut_is_told_by_its_line() {
            assertThat(failure(() -> ResponseFormatTest.csv("id,name\n\n1,\"a\nb\"\n2\n3,c\n", "")))
                    .hasMessageContaining("line 5 has 1 values, but there are 2 columns");
        }

        @Test
        void has_no_more_than_a_hundred_thousand_columns() {
            assertThat(failure(() -> ResponseFormatTest.csv(",".repeat(100_000), ""))
                            .kind())
                    .isEqualTo(FailureKind.LIMIT_EXCEEDED);
        }

        private static final String NAMES = "id,name\n1,Ann\n2,Zo\u00eb\n3,Bob\n";

        @ParameterizedTest
        @CsvSource({
            "text/csv; charset=iso-8859-1, iso-8859-1, ''",
            "text/csv; charset=us-ascii, utf-8, ''",
            "text/csv, windows-1252, 'response: {charset: Windows-1252}'",
            "text/csv; charset=utf-8, windows-1252, 'response: {charset: cp1252}'",
            "application/csv, utf-8, ''"
        })
        void has_a_charset(String type, String charset, String more) {
            List<UserRecord> records = fetch(type, NAMES.getBytes(Charset.forName(charset)), "''", more);

            assertThat(records.get(1).value("name")).isEqualTo(Value.of("Zo\u00eb"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"utf-8", "utf-16le", "utf-16be"})
        void has_a_byte_order_mark_that_counts_more(String charset) {
            byte[] body = ("\ufeff" + NAMES).getBytes(Charset.forName(charset));

            assertThat(Sources.ids(fetch("text/csv; charset=iso-8859-1", body, "''", "")))
                    .containsExactly("1", "2", "3");
        }

        /** Another request does not fix a broken body. */
        @ParameterizedTest
        @CsvSource({
            "text/csv, iso-8859-1, 0xEB",
            "text/csv; charset=utf-8, windows-1252, 0xEB",
            "text/csv, utf-16le, ''"
        })
        void in_another_charset_is_told_by_its_line_and_asked_for_once(String type, String charset, String words) {
            ConnectorException failure = failure(() -> fetch(type, NAMES.getBytes(Charset.forName(charset)), "''", ""));

            assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(FailureKind.MALFORMED_RESPONSE);
            assertThat(failure).hasMessageContaining("response.").hasMessageContaining(words);
            server.verify(1, getRequestedFor(urlPathEqualTo("/users")));
        }

        @Test
        void in_another_charset_names_the_line_far_behind_the_first_buffer() {
            byte[] body = IntStream.range(0, 5000)
                    .mapToObj(id -> id + ",Ann\n")
                    .collect(Collectors.joining("", "id,name\n", "5000,Zo\u00eb\n"))
                    .getBytes(StandardCharsets.ISO_8859_1);

            assertThat(failure(() -> fetch("text/csv", body, "''", "")))
                    .hasMessageContaining("line 5002 has the byte 0xEB, which is not UTF-8");
        }

        @Test
        void has_no_charset_that_nobody_knows() {
            assertThat(Sources.read(Api.source(server, "response: {type: csv, charset: utf9}"))
                            .problems())
                    .singleElement()
                    .asString()
                    .contains("response.charset", "utf9");
            assertThat(failure(() -> fetch("text/csv; charset=utf9", NAMES.getBytes(StandardCharsets.UTF_8), "''", "")))
                    .hasMessageContaining("the charset 'utf9' is not known")
                    .hasMessageContaining("response.charset");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "sep=;\r\nid;name\r\n7;a,b\r\n",
                    "\ufeffsep=;\nid;name\n7;a,b\n",
                    "SEP=|\nid|name\n7|a,b\n",
                    "\"sep=;\"\nid;name\n7;\"a,b\"\n",
                    "sep=\t\r\nid\tname\r\n7\ta,b\r\n"
                })
        void may_name_its_separator_in_a_line_of_its_own(String body) {
            assertThat(ResponseFormatTest.csv(body, ""))
                    .containsExactly(UserRecord.of(Map.of("id", "7", "name", "a,b")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"sep=,no\n7,1\n", "sep=\n7\n", "separator;id\n1;7\n"})
        void may_have_a_column_that_only_looks_like_such_a_line(String body) {
            assertThat(failure(() -> ResponseFormatTest.csv(body, ""))).hasMessageNotContaining("broken CSV");
        }

        @ParameterizedTest
        @ValueSource(strings = {"id,name\n1,a\nid,name\n2,b\n", "id,name\n1,a\n\"id\", name\n2,b\n"})
        void that_names_its_columns_again_is_several_files(String body) {
            assertThat(failure(() -> ResponseFormatTest.csv(body, "")))
                    .hasMessageContaining("line 3 names the columns again");
        }

        @Test
        void counts_the_line_of_the_separator() {
            assertThat(failure(() -> ResponseFormatTest.csv("sep=;\nid;name\n1;a\n2\n", "")))
                    .hasMessageContaining("line 4 has 1 values");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "id;name\n7;a\n",
                    "id\tname\n7\ta\n",
                    "id|name\n7|a\n",
                    "id,name\n7,a\n",
                    "\n\"id\";\"name, first\"\n7;a\n",
                    "id\n7\n"
                })
        void may_have_a_separator_that_is_found(String body) {
            assertThat(Sources.ids(ResponseFormatTest.csv(body, "response: {separator: auto}")))
                    .containsExactly("7");
        }

        @Test
        void may_have_a_tab() {
            assertThat(Sources.ids(ResponseFormatTest.csv("id\tname\n7\ta\n", "response: {separator: tab}")))
                    .containsExactly("7");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '!', quoteCharacter = '~', textBlock = """
                id;name/1;a                ! no column 'id' ! 'id;name' ! ';': set response.separator
                idTABname/1TABa              ! no column 'id' ! id       ! tab: set response.separator
                personnel_no,name/1,a      ! no column 'id' ! 'personnel_no', 'name' ! check primaryKey
                ID,name/1,a                ! no column 'id' ! 'ID', 'name' ! check primaryKey
                number                      ! no column 'id' ! 'number' ! check primaryKey
                id;a,b/1;2,3,4             ! broken CSV     ! line 2 has 3 values ! check
                """)
        void without_the_column_of_the_key_is_no_list(String body, String what, String columns, String remedy) {
            ConnectorException failure =
                    failure(() -> ResponseFormatTest.csv(body.replace('/', '\n').replace("TAB", "\t"), ""));

            assertThat(failure.kind()).isEqualTo(FailureKind.MALFORMED_RESPONSE);
            assertThat(failure).hasMessageContaining(what).hasMessageContaining(columns);
            if (!remedy.equals("check")) {
                assertThat(failure).hasMessageContaining(remedy);
            }
        }
    }
}
