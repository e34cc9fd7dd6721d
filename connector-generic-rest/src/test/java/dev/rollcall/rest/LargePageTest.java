package dev.rollcall.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The size of a page costs no memory. */
class LargePageTest {
    private static String run(String heap, String people) throws IOException, InterruptedException {
        java.util.List<String> command = java.util.List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LargePages.class.getName(),
                people);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    @Test
    void a_page_larger_than_the_heap_is_read() throws Exception {
        assertThat(run("-Xmx28m", "30000")).contains("records 30000");
    }

    @Test
    @Tag("long")
    void a_page_of_118_megabytes_is_read_with_64() throws Exception {
        assertThat(run("-Xmx64m", "100000")).contains("records 100000");
    }
}
