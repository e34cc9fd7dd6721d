package dev.rollcall.provisioning.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.RegularFile;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Users in a CSV file (RFC 4180, UTF-8): the first row names the columns, every value is a text, an empty one is empty. A
 * line {@code sep=;} before it, as spreadsheet programs write it, names another separator than the comma.
 * A row with another number of values ends the read, which is then incomplete. Immutable and thread-safe.
 */
final class CsvSource implements UserSource {
    private static final int PAGE = 1000;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final CsvFactory CSV = new CsvFactory();
    private static final int SEPARATOR_LINE = 16;
    private static final Pattern SEPARATOR = Pattern.compile("(?i)\"?sep=([^\"\r\n])\"?(?:\r\n|\n|\r)");

    private final Path file;

    CsvSource(Path file) {
        this.file = Objects.requireNonNull(file, "file");
    }

    @Override
    public PageIterator<UserRecord> fetchUsers(UserQuery query) {
        if (!query.isAll()) {
            throw ConnectorException.unsupported("a CSV file is read as a whole");
        }
        try {
            InputStream bytes = unmarked(file);
            Optional<Character> separator = separator(bytes);
            CsvParser parser = CSV.createParser(new InputStreamReader(bytes, UTF_8.newDecoder()));
            parser.setSchema(CsvSchema.emptySchema().withColumnSeparator(separator.orElse(',')));
            return new Pages(parser, separator.isPresent() ? 1 : 0);
        } catch (IOException failed) {
            throw failure("cannot be opened", failed);
        }
    }

    private ConnectorException failure(String what, @Nullable Throwable cause) {
        String message = cause instanceof CharacterCodingException ? what + ": it is not in UTF-8" : what;
        String remedy = cause instanceof CharacterCodingException ? "save it as UTF-8" : "";
        Problem problem = Problem.of("csv", file.getFileName().toString(), message, remedy);
        boolean unread = cause instanceof IOException
                && !(cause instanceof CharacterCodingException)
                && !(cause instanceof JsonProcessingException);
        FailureKind kind = unread ? FailureKind.UNAVAILABLE : FailureKind.MALFORMED_RESPONSE;
        return new ConnectorException(kind, problem, null, cause);
    }

    /** Not thread-safe: for one thread at a time. */
    private final class Pages implements PageIterator<UserRecord> {
        private final CsvParser parser;
        private final List<String> columns;
        /** Which row was read last. */
        private int row;

        private @Nullable List<String> next;

        Pages(CsvParser parser, int skipped) {
            this.parser = parser;
            this.row = skipped;
            List<String> header = read();
            this.columns = header == null ? List.of() : header;
            if (new HashSet<>(columns).size() < columns.size() || columns.contains("")) {
                close();
                throw failure("the first row names a column twice, or not at all", null);
            }
            this.next = read();
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public Page<UserRecord> next() {
            List<UserRecord> records = new ArrayList<>();
            List<String> values = next;
            while (values != null && records.size() < PAGE) {
                UserRecord record = record(values);
                records.add(record);
                values = read();
            }
            next = values;
            return values == null ? Page.last(records) : Page.more(records);
        }

        private UserRecord record(List<String> values) {
            if (values.size() != columns.size()) {
                throw failure(
                        "row " + row + " has " + values.size() + " values, but there are " + columns.size()
                                + " columns",
                        null);
            }
            Map<String, Value> fields = new LinkedHashMap<>();
            for (int i = 0; i < values.size(); i++) {
                fields.put(columns.get(i), Value.of(values.get(i)));
            }
            return UserRecord.of(Value.of(fields)).from("row " + row);
        }

        /** The values of the next row that is not empty; null at the end. */
        private @Nullable List<String> read() {
            try {
                // Jackson could leave out empty rows, but would take blanks at the start of others away with them.
                while (parser.nextToken() != null) {
                    List<String> values = new ArrayList<>();
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        values.add(parser.getText());
                    }
                    row++;
                    if (values.size() > 1
                            || (values.size() == 1 && !values.get(0).isEmpty())) {
                        return values;
                    }
                }
                return null;
            } catch (IOException failed) {
                close();
                throw failure("cannot be read after row " + row, failed);
            }
        }

        @Override
        public void close() {
            try {
                parser.close();
            } catch (IOException failed) {
                throw failure("cannot be closed", failed);
            }
        }
    }

    /** Reads the line that names the separator, if the file begins with one. */
    private static Optional<Character> separator(InputStream bytes) throws IOException {
        bytes.mark(SEPARATOR_LINE);
        String start = new String(bytes.readNBytes(SEPARATOR_LINE), ISO_8859_1);
        Matcher line = SEPARATOR.matcher(start);
        bytes.reset();
        if (!line.lookingAt()) {
            return Optional.empty();
        }
        bytes.skipNBytes(line.end());
        return Optional.of(line.group(1).charAt(0));
    }

    /** A byte order mark is no part of the first name. */
    private static InputStream unmarked(Path file) throws IOException {
        InputStream bytes = new BufferedInputStream(RegularFile.open(file));
        bytes.mark(BYTE_ORDER_MARK.length);
        if (!Arrays.equals(bytes.readNBytes(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
            bytes.reset();
        }
        return bytes;
    }
}
