package dev.rollcall.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class RegularFileTest {
    @TempDir
    Path folder;

    @Nested
    class A_file {
        @Test
        void is_read() throws IOException {
            Path file = Files.writeString(folder.resolve("a"), "content");
            Path link = Files.createSymbolicLink(folder.resolve("b"), file);
            for (Path each : new Path[] {file, link}) {
                try (InputStream in = RegularFile.open(each)) {
                    assertThat(in).hasContent("content");
                }
            }
        }

        @Test
        void that_is_a_named_pipe_is_refused_without_waiting_by_any_name() throws Exception {
            Path pipe = folder.resolve("pipe");
            assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
            Path link = Files.createSymbolicLink(folder.resolve("link"), pipe);
            for (Path each : new Path[] {pipe, link}) {
                assertThatThrownBy(() -> RegularFile.open(each))
                        .isInstanceOf(IOException.class)
                        .hasMessage("it is a pipe, a socket or a device, not a regular file");
            }
        }

        @Test
        void that_is_a_device_or_a_directory_is_refused() {
            assumeTrue(Files.exists(Path.of("/dev/zero")));
            assertThatThrownBy(() -> RegularFile.open(Path.of("/dev/zero"))).hasMessageContaining("a device");
            assertThatThrownBy(() -> RegularFile.open(folder)).hasMessage("it is a directory");
        }

        @Test
        void that_is_not_there_is_no_such_file_and_may_be_written() throws IOException {
            assertThatThrownBy(() -> RegularFile.open(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
            RegularFile.check(folder.resolve("none"));
        }
    }
}
