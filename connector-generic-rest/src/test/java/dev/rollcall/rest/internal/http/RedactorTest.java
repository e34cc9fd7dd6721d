package dev.rollcall.rest.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    private static final JsonMapper ASCII =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private static String redacted(String secret, String text) {
        return new Redactor(List.of(secret)).redact(text);
    }

    private static String json(String text) {
        try {
            return new JsonMapper().writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain0815",
                "a&b<c>\"d'e",
                "sl/ash+plus=eq%per~til.dot-",
                "back\\slash\\\\\"quo",
                "two  words here",
                "line1\nline2\r\nline3\tend",
                "schlüssel-ключ-🔑!",
                "(a|b)*[c]{2}^$.?",
                "a${'x'}$1\\Q\\E",
            })
    void a_secret_is_found_as_every_encoder_spells_it(String secret) throws Exception {
        String percent = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        String html = secret.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        String attribute = html.replace("\"", "&quot;");
        List<String> spellings = List.of(
                secret,
                percent,
                percent.toLowerCase(java.util.Locale.ROOT).equals(secret) ? percent : lowerHex(percent),
                percent.replace("+", "%20"),
                URLEncoder.encode(percent, StandardCharsets.UTF_8),
                path(secret),
                json(secret),
                ASCII.writeValueAsString(secret),
                json(secret).replace("/", "\\/"),
                json(json(secret)),
                json(secret).replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003E"),
                html,
                attribute.replace("'", "&#39;"),
                attribute.replace("'", "&#039;"),
                attribute.replace("'", "&#x27;"),
                attribute.replace("'", "&apos;").replace("&", "&amp;"),
                Base64.getEncoder().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));

        for (String spelling : spellings) {
            assertThat(redacted(secret, "before " + spelling + " after"))
                    .as(spelling)
                    .matches("before \"*(\\\\\"|)\\[secret](\\\\\"|)\"*=* after");
        }
    }

    private static String lowerHex(String percent) {
        return java.util.regex.Pattern.compile("%[0-9A-F]{2}")
                .matcher(percent)
                .replaceAll(found -> found.group().toLowerCase(java.util.Locale.ROOT));
    }

    private static String path(String secret) throws URISyntaxException {
        return new URI("http", "a.test", "/" + secret, null).toASCIIString().substring("http://a.test/".length());
    }

    @Test
    void the_second_word_of_a_header_is_found_alone() {
        assertThat(redacted("Bearer t0ken-0815", "no such key: t0ken-0815")).isEqualTo("no such key: [secret]");
    }

    @Test
    void other_text_stays() {
        assertThat(redacted("a&b-0815", "a%26c-0815 a&b_0815 \\ \"x\"")).isEqualTo("a%26c-0815 a&b_0815 \\ \"x\"");
        assertThat(redacted("abc", "abcdef")).isEqualTo("abcdef");
        assertThat(redacted(" \n    ", "a  \n    b")).isEqualTo("a  \n    b");
    }

    @Test
    void a_whole_file_of_a_secret_is_found() {
        Random random = new Random(7);
        StringBuilder secret = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            secret.append((char) ('!' + random.nextInt(90)));
        }

        assertThat(redacted(secret.toString(), "<" + json(secret.toString()) + ">"))
                .matches("<\"(\\[secret])+\">");
    }

    @Test
    void a_credential_that_was_granted_since_is_found_in_every_spelling() {
        Redactor redactor = new Redactor(List.of());
        redactor.learn("gr4nted+since");

        assertThat(redactor.redact("key=gr4nted%2Bsince")).isEqualTo("key=[secret]");
    }
}
