package dev.rollcall.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
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

        @Test
        void may_be_in_another_charset_if_that_is_said() {
            byte[] body = "{\"data\": [{\"id\": \"ü\"}]}".getBytes(StandardCharsets.ISO_8859_1);

            assertThat(Sources.ids(fetch("application/json; charset=\"ISO-8859-1\"", body, "/data", "")))
                    .containsExactly("ü");
            assertThat(Sources.ids(fetch("application/json", body, "/data", "response: {charset: iso-8859-1}")))
                    .containsExactly("ü");
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
    }
}
