package dev.rollcall.rest.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueriesTest {
    private static final URI BASE = URI.create("https://api.example.test/v1/users?page=1");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /users?q={push pull}&page=2         | https://api.example.test/users?q=%7Bpush%20pull%7D&page=2
            https://api.example.test/a b/c\\d    | https://api.example.test/a%20b/c%5Cd
            ?q=Jos\u00e9&page=2                 | https://api.example.test/v1/users?q=Jos%C3%A9&page=2
            ?q=50%&r=%zz&s=%2f                  | https://api.example.test/v1/users?q=50%25&r=%25zz&s=%2f
            ?filter[name]=a^b`"<>               | https://api.example.test/v1/users?filter[name]=a%5Eb%60%22%3C%3E
            /a[1]/\u4e2d?x=\ud83d\ude00         | https://api.example.test/a%5B1%5D/%E4%B8%AD?x=%F0%9F%98%80
            ?q=a\\b                             | https://api.example.test/v1/users?q=a%5Cb
            next?page=2#a#b                     | https://api.example.test/v1/next?page=2#a%23b
            ?q=a+b&t=2026-11-22T10:00:00+01:00  | https://api.example.test/v1/users?q=a+b&t=2026-11-22T10:00:00+01:00
            //other.example.test/x y            | https://other.example.test/x%20y
            /users%20all?q=%7B1%7D              | https://api.example.test/users%20all?q=%7B1%7D
            """)
    void a_reference_is_encoded_as_browsers_do(String reference, String url) {
        assertThat(Queries.resolve(BASE, reference)).hasToString(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {" /users?page=2\n", "\t/users?pa\r\nge=2 "})
    void whitespace_around_it_and_line_breaks_are_left_out(String reference) {
        assertThat(Queries.resolve(BASE, reference)).hasToString("https://api.example.test/users?page=2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://[", "http://exa mple.test/"})
    void some_are_none(String reference) {
        assertThatIllegalArgumentException().isThrownBy(() -> Queries.resolve(BASE, reference));
    }
}
