package dev.rollcall.rest.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.StoredToken;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTokenStoreTest {
    private static final Secret KEY = Secret.of("correct horse battery");
    private static final StoredToken TOKEN = new StoredToken(
            Secret.of("ACCESS-planted"),
            Secret.of("REFRESH-planted"),
            Instant.parse("2026-11-23T08:00:00Z"),
            Instant.parse("2026-11-23T09:00:00Z"),
            Map.of("api_domain", "https://acme.pipedrive.com"));

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name_the_file() {
        file = folder.resolve("tokens.enc");
    }

    private FileTokenStore store(Secret key) {
        return new FileTokenStore(file, key, new SecureRandom());
    }

    @Test
    void what_was_saved_is_loaded_by_another_store_with_the_same_key() {
        store(KEY).save("pipedrive", TOKEN);

        assertThat(store(KEY).load("pipedrive")).contains(TOKEN);
    }

    @Test
    void no_token_can_be_read_in_the_file() throws Exception {
        store(KEY).save("pipedrive", TOKEN);

        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .doesNotContain("planted")
                .doesNotContain("pipedrive");
    }

    @Test
    void only_the_owner_may_read_the_file() throws Exception {
        store(KEY).save("pipedrive", TOKEN);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void another_key_is_an_error_that_says_so_and_leaves_the_file_alone() throws Exception {
        store(KEY).save("pipedrive", TOKEN);
        byte[] before = Files.readAllBytes(file);

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> store(Secret.of("quite another passphrase")).save("x", TOKEN))
                .withMessageContaining("another key");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void one_changed_bit_is_noticed() throws Exception {
        store(KEY).save("pipedrive", TOKEN);
        byte[] content = Files.readAllBytes(file);
        content[content.length - 1] ^= 1;
        Files.write(file, content);

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> store(KEY).load("pipedrive"));
    }

    @Test
    void a_full_disk_leaves_the_tokens_that_were_there() throws Exception {
        assumeThat(Path.of("/bin/sh")).as("a shell that limits what is written").isExecutable();
        store(KEY).save("crm", TOKEN);

        // Behind the limit the system writes a part of what it is given, as it does on a full disk.
        Process refresh = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "ulimit -f 16; exec \"$0\" -XX:-UsePerfData -cp \"$1\" " + TokenSaver.class.getName()
                                + " \"$2\" \"$3\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        System.getProperty("java.class.path"),
                        file.toString(),
                        KEY.reveal())
                .redirectErrorStream(true)
                .start();
        String said = new String(refresh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(refresh.waitFor()).as(said).isEqualTo(TokenSaver.NOT_SAVED);
        assertThat(store(KEY).load("crm")).contains(TOKEN);
        assertThat(folder.toFile().list()).containsExactly("tokens.enc");
    }

    @Test
    void a_short_key_is_refused() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> store(Secret.of("too short")))
                .withMessageContaining("16 characters");
    }

    @Test
    void nothing_secret_is_printed() {
        FileTokenStore store = store(KEY);
        store.save("pipedrive", TOKEN);

        assertThat(store + " " + store.load("pipedrive") + " " + TOKEN)
                .doesNotContain("planted")
                .doesNotContain("correct horse");
    }
}
