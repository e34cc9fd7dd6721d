package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.connector.Secret;
import dev.rollcall.provisioning.policy.PasswordDelivery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordFileTest {
    private static final String HEADER = "status,key,dn,password\n";

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name_the_file() {
        file = folder.resolve("passwords.csv");
    }

    private void prepare(String key) {
        PasswordDelivery.file(file).prepare(key, "uid=" + key, Secret.of("pw-" + key));
    }

    @Nested
    class a_file_that_is_something_else {
        @Test
        void is_never_appended_to_by_whatever_name_it_is_reached() throws IOException {
            Path secret = Files.writeString(folder.resolve("api.key"), "s3cret");
            Files.createLink(folder.resolve("hard.csv"), secret);
            Files.createSymbolicLink(folder.resolve("symbolic.csv"), secret);

            for (String name : new String[] {"api.key", "hard.csv", "symbolic.csv"}) {
                file = folder.resolve(name);
                assertThatExceptionOfType(UncheckedIOException.class)
                        .as(name)
                        .isThrownBy(() -> prepare("7"))
                        .havingCause()
                        .withMessageContaining("not a file of passwords");
            }
            assertThat(secret).hasContent("s3cret");
        }
    }

    @Nested
    class what_a_full_disk_or_a_killed_run_left {
        @Test
        void half_a_line_does_not_swallow_the_next_one() throws IOException {
            prepare("7");
            Files.writeString(file, "prepared ,\"8\",\"uid=8\",\"pw", StandardOpenOption.APPEND);

            prepare("9");

            assertThat(PasswordDelivery.file(file).prepared())
                    .extracting(PasswordDelivery.Prepared::key)
                    .containsExactly("7", "9");
        }

        @Test
        void half_a_header_is_completed() throws IOException {
            Files.writeString(file, HEADER.substring(0, 9));

            prepare("7");

            assertThat(file).content().startsWith(HEADER + "prepared ,\"7\"");
        }
    }
}
