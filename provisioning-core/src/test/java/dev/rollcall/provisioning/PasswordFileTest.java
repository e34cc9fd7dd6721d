package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.connector.Secret;
import dev.rollcall.provisioning.policy.PasswordDelivery;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordFileTest {
    private static final String HEADER = "status,key,dn,password\n";
    private static final int EACH = 200;

    @TempDir
    Path folder;

    private Path file;

    /** Another program: prepares many passwords, and confirms each second and cancels each third of them. */
    public static void main(String[] arguments) {
        deliver(Path.of(arguments[0]), arguments[1]);
    }

    private static void deliver(Path file, String name) {
        PasswordDelivery delivery = PasswordDelivery.file(file);
        for (int i = 1; i <= EACH; i++) {
            String key = name + i;
            delivery.prepare(key, "uid=" + key, Secret.of("secret-" + key));
            if (i % 2 == 0) {
                delivery.confirm(key);
            } else if (i % 3 == 0) {
                delivery.cancel(key);
            }
        }
    }

    @BeforeEach
    void a_file() {
        file = folder.resolve("passwords.csv");
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(file);
    }

    @Test
    void a_password_is_kept_and_confirmed_although_the_run_was_cancelled_by_an_interrupt() throws IOException {
        PasswordDelivery delivery = PasswordDelivery.file(file);
        Thread.currentThread().interrupt();
        delivery.prepare("1", "uid=one", Secret.of("s3cret"));
        delivery.confirm("1");

        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        assertThat(lines().get(1)).contains("s3cret").doesNotStartWith("prepared");
    }

    @Nested
    class A_file_that_is_shared {
        private void holdsAll(String... names) throws IOException {
            List<String> expected = new ArrayList<>();
            for (String name : names) {
                IntStream.rangeClosed(1, EACH).forEach(i -> {
                    String key = name + i;
                    String password = "\"secret-" + key + "\"";
                    String status = i % 2 == 0 ? "confirmed" : i % 3 == 0 ? "cancelled" : "prepared ";
                    expected.add(status + ",\"" + key + "\",\"uid=" + key + "\","
                            + (status.equals("cancelled") ? " ".repeat(password.length()) : password));
                });
            }
            assertThat(lines().get(0)).isEqualTo("status,key,dn,password");
            assertThat(lines().subList(1, lines().size())).containsExactlyInAnyOrderElementsOf(expected);
        }

        @Test
        void by_two_programs_loses_no_line() throws Exception {
            List<Process> programs = new ArrayList<>();
            for (String name : List.of("a", "b")) {
                programs.add(new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                PasswordFileTest.class.getName(),
                                file.toString(),
                                name)
                        .redirectErrorStream(true)
                        .redirectOutput(new File("/dev/null"))
                        .start());
            }
            for (Process program : programs) {
                assertThat(program.waitFor()).isZero();
            }

            holdsAll("a", "b");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }

        @Test
        void by_two_deliveries_of_one_program_loses_no_line() throws Exception {
            Thread other = new Thread(() -> deliver(file, "a"));
            other.start();
            deliver(file, "b");
            other.join();

            holdsAll("a", "b");
        }
    }

    @Nested
    class A_file_that_is_not_as_it_was {
        @Test
        void gets_its_next_line_after_one_that_was_cut_off() throws Exception {
            PasswordDelivery.file(file).prepare("1", "uid=1", Secret.of("first-secret"));
            String whole = Files.readString(file);
            Files.writeString(file, whole + "prepared ,\"2\",\"uid=");

            PasswordDelivery.file(file).prepare("3", "uid=3", Secret.of("third-secret"));

            assertThat(lines().get(3)).isEqualTo("prepared ,\"3\",\"uid=3\",\"third-secret\"");
            assertThat(PasswordDelivery.file(file).prepared())
                    .extracting(PasswordDelivery.Prepared::key)
                    .containsExactly("1", "3");
        }

        @Test
        void is_not_written_over() throws Exception {
            PasswordDelivery delivery = PasswordDelivery.file(file);
            delivery.prepare("1", "uid=1", Secret.of("first-secret"));
            String other = "something else that somebody has put here in the place of the passwords\n";
            Files.writeString(file, other);

            org.assertj.core.api.Assertions.assertThatThrownBy(() -> delivery.confirm("1"))
                    .hasMessageContaining("the status of 1");

            assertThat(Files.readString(file)).isEqualTo(other);
        }
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
