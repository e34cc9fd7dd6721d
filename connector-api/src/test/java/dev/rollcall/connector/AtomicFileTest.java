package dev.rollcall.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name_the_file() {
        file = folder.resolve("report.json");
    }

    private static void write(Path file, String text) throws IOException {
        AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Nested
    class a_file {
        @Test
        void is_replaced_and_nothing_stays_beside_it() throws IOException {
            write(file, "an older and longer one");
            write(file, "new");

            assertThat(file).hasContent("new");
            assertThat(folder).isDirectoryContaining(file::equals);
            assertThat(folder.toFile().list()).containsExactly("report.json");
        }

        @Test
        void is_written_although_the_thread_was_interrupted() throws IOException {
            Thread.currentThread().interrupt();
            write(file, "of a run that was cancelled");

            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
            assertThat(file).hasContent("of a run that was cancelled");
        }

        @Test
        void is_for_the_present_user_alone() throws IOException {
            Files.writeString(file, "for everybody");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

            write(file, "new");

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }

        @Test
        void keeps_its_content_if_the_new_one_cannot_be_written() throws IOException {
            write(file, "old");

            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> AtomicFile.write(file, out -> {
                        out.write(new byte[100_000]);
                        throw new IOException("No space left on device");
                    }))
                    .withMessage("No space left on device");

            assertThat(file).hasContent("old");
            assertThat(folder.toFile().list()).containsExactly("report.json");
        }

        @Test
        void may_be_closed_by_what_writes_it() throws IOException {
            AtomicFile.write(file, out -> {
                out.write('x');
                out.close();
            });

            assertThat(file).hasContent("x");
        }
    }

    @Nested
    class a_link {
        private Path secret;

        @BeforeEach
        void keep_a_secret() throws IOException {
            secret = Files.writeString(folder.resolve("api.key"), "s3cret");
        }

        @Test
        void is_replaced_and_a_symbolic_one_not_followed() throws IOException {
            Files.createSymbolicLink(file, secret);

            write(file, "new");

            assertThat(secret).hasContent("s3cret");
            assertThat(file).isRegularFile().hasContent("new");
            assertThat(Files.isSymbolicLink(file)).isFalse();
        }

        @Test
        void is_replaced_and_the_other_name_of_a_hard_one_keeps_its_content() throws IOException {
            Files.createLink(file, secret);

            write(file, "new");

            assertThat(secret).hasContent("s3cret");
            assertThat(file).hasContent("new");
        }

        @Test
        void that_leads_nowhere_is_replaced() throws IOException {
            Files.createSymbolicLink(file, folder.resolve("nowhere"));

            write(file, "new");

            assertThat(file).hasContent("new");
            assertThat(folder.resolve("nowhere")).doesNotExist();
        }

        @Test
        void to_a_device_stays() throws IOException {
            assumeThat(Path.of("/dev/null")).exists();
            Files.createSymbolicLink(file, Path.of("/dev/null"));

            write(file, "new");

            assertThat(Files.isSymbolicLink(file)).isTrue();
        }
    }

    @Test
    void what_the_system_cannot_store_is_a_failure() {
        assumeThat(Path.of("/dev/full")).as("a device that is always full").exists();

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> write(Path.of("/dev/full"), "new"));
    }
}
