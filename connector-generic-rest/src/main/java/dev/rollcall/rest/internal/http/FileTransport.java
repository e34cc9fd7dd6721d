package dev.rollcall.rest.internal.http;

import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.RegularFile;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Answers the requests of {@code file:} URLs from the disk, as a server would that has nothing but this file, and passes
 * all others on. Thread-safe.
 */
public final class FileTransport implements HttpTransport {
    private static final String SCHEME = "file";

    /** By the end of the name, after that of gzip. */
    private static final Map<String, String> TYPES = Map.of(
            ".csv", "text/csv",
            ".tsv", "text/csv",
            ".json", "application/json",
            ".jsonl", "application/jsonl",
            ".ndjson", "application/x-ndjson",
            ".xml", "application/xml");

    private final HttpTransport others;

    /** @param others sends what is not a file */
    public FileTransport(HttpTransport others) {
        this.others = others;
    }

    /** {@return whether a URL is that of a file} */
    static boolean isFile(URI uri) {
        return SCHEME.equalsIgnoreCase(uri.getScheme());
    }

    /** {@return the absolute path of a {@code file:} URL; a relative one starts at the working directory} */
    public static Optional<Path> path(String url) {
        try {
            String rest = url.substring(SCHEME.length() + 1);
            if (rest.isBlank() || rest.equals("/")) {
                return Optional.empty();
            }
            return Optional.of(
                    rest.startsWith("//")
                            ? Path.of(URI.create(url))
                            : Path.of(rest).toAbsolutePath().normalize());
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public TransportResponse send(TransportRequest request) throws IOException, InterruptedException {
        if (!isFile(request.uri())) {
            return others.send(request);
        }
        Path file = Path.of(request.uri());
        if (!Files.exists(file)) {
            throw new FileFault(
                    FailureKind.NOT_FOUND, "there is no file " + file, "see whether it is written, and where");
        }
        try {
            Stamp stamp = Stamp.of(file);
            InputStream content = new UnchangedFile(RegularFile.open(file), file, stamp);
            return new TransportResponse(200, headers(file, stamp), content);
        } catch (IOException failed) {
            String reason = failed instanceof AccessDeniedException
                    ? "this user may not read it"
                    : String.valueOf(failed.getMessage());
            throw new FileFault(FailureKind.FORBIDDEN, "cannot read " + file + ": " + reason, "check its rights");
        }
    }

    private static HttpHeaders headers(Path file, Stamp stamp) {
        String name =
                String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        int dot = name.lastIndexOf('.');
        String type = dot < 0 ? "" : TYPES.getOrDefault(name.substring(dot), "");
        String modified = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                stamp.modified().toInstant().atOffset(ZoneOffset.UTC));
        return HttpHeaders.of(
                Map.of("Content-Type", List.of(type), "Last-Modified", List.of(modified)), (key, value) -> true);
    }

    /** What a file was when it was opened. */
    private record Stamp(long size, FileTime modified) {
        static Stamp of(Path file) throws IOException {
            return new Stamp(Files.size(file), Files.getLastModifiedTime(file));
        }
    }

    /** Fails at its end if the file has changed meanwhile: half of it may be of yesterday, or still to come. */
    private static final class UnchangedFile extends FilterInputStream {
        private final Path file;
        private final Stamp opened;

        UnchangedFile(InputStream content, Path file, Stamp opened) {
            super(content);
            this.file = file;
            this.opened = opened;
        }

        @Override
        public int read() throws IOException {
            return checked(super.read());
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return checked(super.read(target, offset, length));
        }

        private int checked(int read) throws IOException {
            if (read < 0 && !Stamp.of(file).equals(opened)) {
                throw new FileFault(
                        FailureKind.UNAVAILABLE,
                        file + " was written while it was read",
                        "run when it is complete; the program that writes it should rename it when it is done");
            }
            return read;
        }
    }
}
