package dev.rollcall.connectortestkit;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The files and sockets that this process has open, where the system lists them. Thread-safe. */
final class OpenFiles {
    private static final Path LIST = Path.of("/proc/self/fd");

    /** What the JVM opens for itself. */
    private static final Pattern OF_THE_JVM =
            Pattern.compile("/(proc|dev|sys)/.*|.*\\.(jar|jmod|so|class|jsa)|.*/lib/modules|anon_inode:.*|pipe:.*");

    private OpenFiles() {}

    static boolean canBeSeen() {
        return Files.isDirectory(LIST);
    }

    /** {@return what is open, as often as it is} */
    static List<String> now(boolean withSockets) {
        List<String> open = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(LIST)) {
            for (Path entry : entries) {
                String target = target(entry);
                boolean wanted = target.startsWith("/") || (withSockets && target.startsWith("socket:"));
                if (wanted && !OF_THE_JVM.matcher(target).matches()) {
                    open.add(target);
                }
            }
        } catch (IOException e) {
            return List.of();
        }
        return open;
    }

    private static String target(Path entry) {
        try {
            return Files.readSymbolicLink(entry).toString();
        } catch (IOException e) {
            return ""; // closed since
        }
    }

    static List<String> since(List<String> before, boolean withSockets) {
        List<String> since = new ArrayList<>(now(withSockets));
        before.forEach(since::remove);
        return since;
    }
}
