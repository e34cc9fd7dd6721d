package dev.rollcall.provisioning.internal.spool;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;

/** Files with people's data. Immutable and thread-safe. */
public final class PrivateFiles {
    private PrivateFiles() {}

    /** Creates or empties a regular file that the present user alone can read; a pipe or device is written to as it is. */
    public static OutputStream create(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            return Files.newOutputStream(file);
        }
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            Files.createFile(file);
        }
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
        }
        return Files.newOutputStream(file);
    }
}
