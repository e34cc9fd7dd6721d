package dev.rollcall.mappingtestkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares a text with a file, line by line, or writes the file anew. Stateless, and thus thread-safe. */
final class GoldenFile {
    static final String SWITCH = "rollcall.golden";

    private GoldenFile() {}

    /** {@return how the text differs from the file, if it does} */
    static Optional<String> verify(Path file, String found) {
        try {
            if ("update".equals(System.getProperty(SWITCH))) {
                Path folder = file.toAbsolutePath().getParent();
                if (folder != null) {
                    Files.createDirectories(folder);
                }
                Files.writeString(file, found);
                return Optional.empty();
            } else if (!Files.exists(file)) {
                return Optional.of("there is no golden file " + file + "\nrun the test once with -D" + SWITCH
                        + "=update to write it, and read what it wrote:\n" + Outcome.indent(found));
            }
            String expected = Files.readString(file).replace("\r\n", "\n");
            return expected.equals(found)
                    ? Optional.empty()
                    : Optional.of(file + " differs (- is the file, + is the mapping)\n" + diff(expected, found)
                            + "if the new text is right, run the test once with -D" + SWITCH + "=update");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use the golden file " + file, e);
        }
    }

    /** Lines of both texts in one, by their longest common subsequence. */
    static String diff(String expected, String found) {
        List<String> a = expected.lines().toList();
        List<String> b = found.lines().toList();
        int[][] common = new int[a.size() + 1][b.size() + 1];
        for (int i = a.size() - 1; i >= 0; i--) {
            for (int j = b.size() - 1; j >= 0; j--) {
                common[i][j] = a.get(i).equals(b.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        List<String> lines = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < a.size() || j < b.size()) {
            if (i < a.size() && j < b.size() && a.get(i).equals(b.get(j))) {
                lines.add("  " + a.get(i++));
                j++;
            } else if (j == b.size() || (i < a.size() && common[i + 1][j] >= common[i][j + 1])) {
                lines.add("- " + a.get(i++));
            } else {
                lines.add("+ " + b.get(j++));
            }
        }
        return String.join("\n", near(lines)) + "\n";
    }

    /** Only what differs and three lines around it: golden files may be long. */
    private static List<String> near(List<String> lines) {
        List<String> near = new ArrayList<>();
        boolean gap = false;
        for (int i = 0; i < lines.size(); i++) {
            boolean keep = false;
            for (int k = Math.max(0, i - 3); k <= Math.min(lines.size() - 1, i + 3); k++) {
                keep |= !lines.get(k).startsWith(" ");
            }
            if (keep) {
                near.add(lines.get(i));
            } else if (!gap) {
                near.add("  …");
            }
            gap = !keep;
        }
        return near;
    }
}
