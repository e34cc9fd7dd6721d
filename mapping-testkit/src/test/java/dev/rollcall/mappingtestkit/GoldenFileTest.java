package dev.rollcall.mappingtestkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenFileTest {
    @TempDir
    Path folder;

    @AfterEach
    void switch_off() {
        System.clearProperty(GoldenFile.SWITCH);
    }

    @Test
    void an_equal_text_is_no_difference() throws Exception {
        Path file = Files.writeString(folder.resolve("ada.txt"), "a\nb\n");
        assertThat(GoldenFile.verify(file, "a\nb\n")).isEmpty();
    }

    @Test
    void a_difference_is_shown_line_by_line_with_what_to_do() throws Exception {
        Path file = Files.writeString(folder.resolve("ada.txt"), "dn: x\n1\n2\n3\n4\n5\ncn: Ada\nsn: L\n");
        assertThat(GoldenFile.verify(file, "dn: x\n1\n2\n3\n4\n5\ncn: Al\nsn: L\nuid: al\n")
                        .orElseThrow())
                .endsWith("""
                        differs (- is the file, + is the mapping)
                          …
                          3
                          4
                          5
                        - cn: Ada
                        + cn: Al
                          sn: L
                        + uid: al
                        if the new text is right, run the test once with -Drollcall.golden=update""");
    }

    @Test
    void a_missing_file_is_told_and_written_on_request() throws Exception {
        Path file = folder.resolve("new/ada.txt");
        assertThat(GoldenFile.verify(file, "a\n").orElseThrow()).contains("there is no golden file");
        System.setProperty(GoldenFile.SWITCH, "update");
        assertThat(GoldenFile.verify(file, "a\n")).isEmpty();
        assertThat(Files.readString(file)).isEqualTo("a\n");
    }
}
