package dev.rollcall.connectortestkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A secret is found in whatever form it is written. */
class SecretSearchTest {
    private static final String SECRET = "a/b+c=\"Gömbö¢\"\\ & 100%";
    private static final SecretSearch SEARCH = new SecretSearch(Secret.of(SECRET));

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void base64_is_found_behind_any_user_and_before_anything(long seed) {
        Random random = new Random(seed);
        byte[] secret = new byte[8 + random.nextInt(40)];
        for (int i = 0; i < secret.length; i++) {
            secret[i] = (byte) (33 + random.nextInt(94));
        }
        String text = new String(secret, StandardCharsets.US_ASCII);
        String around = "u".repeat(random.nextInt(9)) + ":" + text + "!".repeat(random.nextInt(4));
        Base64.Encoder encoder = random.nextBoolean() ? Base64.getEncoder() : Base64.getUrlEncoder();
        encoder = random.nextBoolean() ? encoder : encoder.withoutPadding();

        assertThat(new SecretSearch(Secret.of(text))
                        .find("Authorization: Basic " + encoder.encodeToString(bytes(around))))
                .hasValueSatisfying(found -> assertThat(found).startsWith("in Base64: Authorization: Basic"));
        assertThat(new SecretSearch(Secret.of(text)).find(encoder.encodeToString(bytes("u:another-0815" + seed))))
                .isEmpty();
    }

    @Test
    void base64_of_what_a_form_makes_of_it_is_found() {
        String form = "client:" + URLEncoder.encode(SECRET, StandardCharsets.UTF_8);

        assertThat(SEARCH.find("Basic " + Base64.getEncoder().encodeToString(bytes(form))))
                .isPresent();
    }

    @Test
    void base64_in_lines_is_found() {
        String mime = Base64.getMimeEncoder(8, bytes("\r\n")).encodeToString(bytes("ada:" + SECRET));

        assertThat(SEARCH.find(mime)).isPresent();
    }

    @Test
    void what_a_url_or_json_makes_of_it_is_found() {
        String form = URLEncoder.encode(SECRET, StandardCharsets.UTF_8).replace("+", "%20");

        assertThat(new SecretSearch(Secret.of("a/b+c=")).find("?token=a%2fb%2Bc%3d&x=1"))
                .hasValue("URL-encoded or escaped: ?token=[the secret]&x=1");
        assertThat(new SecretSearch(Secret.of("a/b+c=")).find("?u=%2Fx%3Ftoken%3Da%252Fb%252Bc%253D"))
                .isPresent();
        assertThat(new SecretSearch(Secret.of("a/b\"c")).find("{\"token\": \"a\\/b\\\"c\"}"))
                .isPresent();
        assertThat(new SecretSearch(Secret.of("a+b&c")).find("{\"token\": \"a\\u002bb\\u0026c\"}"))
                .isPresent();
        assertThat(SEARCH.find(form)).isPresent();
        assertThat(SEARCH.find(URLEncoder.encode(SECRET, StandardCharsets.UTF_8)))
                .isPresent();
    }

    @Test
    void in_clear_and_in_hexadecimal_digits_it_is_found() {
        assertThat(SEARCH.find("key " + SECRET + " is wrong")).hasValue("in clear: key [the secret] is wrong");
        assertThat(SEARCH.find(HexFormat.of().withUpperCase().formatHex(bytes(SECRET))))
                .hasValueSatisfying(found -> assertThat(found).startsWith("in hexadecimal"));
    }

    @ParameterizedTest
    @CsvSource({"[secret]", "a/b", "100%", "%zz \\u12 \\", "''"})
    void other_text_is_left_alone(String text) {
        assertThat(SEARCH.find(text)).isEmpty();
    }
}
