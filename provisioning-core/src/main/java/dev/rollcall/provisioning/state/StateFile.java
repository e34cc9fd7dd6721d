package dev.rollcall.provisioning.state;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.rollcall.connector.AtomicFile;
import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.RegularFile;
import dev.rollcall.provisioning.internal.file.LaterInterrupt;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * State in a JSON file, which is replaced as a whole: a reader sees what was there before a change or after it. Who
 * changes it holds a lock on a file beside it. Thread-safe.
 */
final class StateFile implements StateStore {
    /** Of a file without counts of accounts. */
    private static final long FIRST_VERSION = 1;

    private static final long VERSION = 2;
    private static final List<String> FIELDS = List.of("target", "id", "attribute", "wanted", "stored");
    private static final long PAUSE = 10_000_000;
    private static final String REMEDY = "put back a copy of it; or delete it, which costs one needless write for each"
            + " value that a server keeps in its own way";

    private final Path file;
    private final JsonFactory json = new JsonFactory();

    StateFile(Path file) {
        this.file = Objects.requireNonNull(file, "file").toAbsolutePath();
    }

    @Override
    public synchronized List<Normalization> normalizations(String target) {
        return read().normalizations(target);
    }

    @Override
    public synchronized void remember(String target, Collection<Normalization> normalizations) {
        if (!normalizations.isEmpty()) {
            change(all -> all.remember(target, normalizations));
        }
    }

    @Override
    public synchronized Optional<Accounts> accounts(String target) {
        return read().accounts(target);
    }

    @Override
    public synchronized void remember(String target, Accounts accounts) {
        if (!read().accounts(target).equals(Optional.of(accounts))) {
            change(all -> all.remember(target, accounts));
        }
    }

    private void change(Consumer<MemoryState> change) {
        try {
            LaterInterrupt.run(() -> changeLocked(change));
        } catch (IOException failed) {
            throw problem(
                    "state-unwritable", "cannot be written: " + failed, "give the run a folder that it may write to");
        }
    }

    private void changeLocked(Consumer<MemoryState> change) throws IOException {
        try (FileChannel beside =
                        FileChannel.open(beside(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(beside)) {
            MemoryState all = read();
            change.accept(all);
            AtomicFile.write(file, made -> write(all, made));
            lock.release();
        }
    }

    private Path beside(String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    /** Another program waits in the system's queue; another store of this one has to be waited for by hand. */
    private static FileLock lock(FileChannel channel) throws IOException {
        while (true) {
            try {
                return channel.lock();
            } catch (OverlappingFileLockException held) {
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    private void write(MemoryState all, OutputStream to) throws IOException {
        try (JsonGenerator out = json.createGenerator(to)) {
            out.setPrettyPrinter(new DefaultPrettyPrinter());
            out.writeStartObject();
            out.writeNumberField("version", VERSION);
            out.writeArrayFieldStart("normalized");
            for (String target : all.targets()) {
                for (Normalization one : all.normalizations(target)) {
                    out.writeStartObject();
                    out.writeStringField("target", target);
                    out.writeStringField("id", one.id());
                    out.writeStringField("attribute", one.attribute());
                    out.writeStringField("wanted", one.wanted());
                    out.writeStringField("stored", one.stored());
                    out.writeEndObject();
                }
            }
            out.writeEndArray();
            out.writeArrayFieldStart("accounts");
            for (Map.Entry<String, Accounts> one : all.accounts().entrySet()) {
                out.writeStartObject();
                out.writeStringField("target", one.getKey());
                out.writeNumberField("accounts", one.getValue().accounts());
                out.writeBooleanField("loading", one.getValue().loading());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }
    }

    /** Whatever is not exactly what we write is a damage, and never taken for an empty state. */
    private MemoryState read() {
        MemoryState all = new MemoryState();
        if (!Files.exists(file)) {
            return all;
        }
        try (InputStream bytes = bytes();
                JsonParser in = json.createParser(bytes)) {
            expect(in, JsonToken.START_OBJECT);
            expectField(in, "version");
            expect(in, JsonToken.VALUE_NUMBER_INT);
            long version = in.getLongValue();
            if (version != VERSION && version != FIRST_VERSION) {
                throw problem(
                        "state-version",
                        "is of version " + version + ", and this is " + VERSION,
                        "use the version of Rollcall that wrote it, or a newer one");
            }
            expectField(in, "normalized");
            expect(in, JsonToken.START_ARRAY);
            while (in.nextToken() == JsonToken.START_OBJECT) {
                Map<String, String> fields = new HashMap<>();
                for (String name : FIELDS) {
                    expectField(in, name);
                    expect(in, JsonToken.VALUE_STRING);
                    fields.put(name, in.getText());
                }
                expect(in, JsonToken.END_OBJECT);
                all.remember(
                        text(fields, "target"),
                        List.of(new Normalization(
                                text(fields, "id"),
                                text(fields, "attribute"),
                                text(fields, "wanted"),
                                text(fields, "stored"))));
            }
            if (in.currentToken() != JsonToken.END_ARRAY) {
                throw damaged(in);
            }
            // A file of before this was kept ends here.
            if (in.nextToken() != JsonToken.END_OBJECT) {
                readAccounts(in, all);
            }
            return all;
        } catch (JsonProcessingException broken) {
            throw problem("state-damaged", "is damaged: " + broken.getOriginalMessage(), REMEDY);
        } catch (IOException failed) {
            throw problem("state-unreadable", "cannot be read: " + failed, "let the run read it");
        }
    }

    /** Not by a channel, which closes itself in a run that is cancelled by an interrupt. */
    private InputStream bytes() throws IOException {
        RegularFile.check(file);
        return new FileInputStream(file.toFile());
    }

    private void readAccounts(JsonParser in, MemoryState all) throws IOException {
        if (in.currentToken() != JsonToken.FIELD_NAME || !"accounts".equals(in.currentName())) {
            throw damaged(in);
        }
        expect(in, JsonToken.START_ARRAY);
        while (in.nextToken() == JsonToken.START_OBJECT) {
            expectField(in, "target");
            expect(in, JsonToken.VALUE_STRING);
            String target = in.getText();
            expectField(in, "accounts");
            expect(in, JsonToken.VALUE_NUMBER_INT);
            long accounts = in.getLongValue();
            expectField(in, "loading");
            if (!in.nextToken().isBoolean()) {
                throw damaged(in);
            }
            all.remember(target, new Accounts(accounts, in.getBooleanValue()));
            expect(in, JsonToken.END_OBJECT);
        }
        if (in.currentToken() != JsonToken.END_ARRAY || in.nextToken() != JsonToken.END_OBJECT) {
            throw damaged(in);
        }
    }

    private static String text(Map<String, String> fields, String name) {
        return Objects.requireNonNull(fields.get(name));
    }

    private void expectField(JsonParser in, String name) throws IOException {
        expect(in, JsonToken.FIELD_NAME);
        if (!name.equals(in.currentName())) {
            throw damaged(in);
        }
    }

    private void expect(JsonParser in, JsonToken token) throws IOException {
        if (in.nextToken() != token) {
            throw damaged(in);
        }
    }

    private ConfigurationException damaged(JsonParser in) {
        return problem(
                "state-damaged", "is damaged in line " + in.currentLocation().getLineNr(), REMEDY);
    }

    private ConfigurationException problem(String code, String what, String remedy) {
        return new ConfigurationException(List.of(Problem.of(code, "state.file", file + " " + what, remedy)));
    }
}
