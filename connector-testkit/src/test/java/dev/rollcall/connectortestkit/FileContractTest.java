package dev.rollcall.connectortestkit;

import dev.rollcall.connector.ConnectorProvider;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** The contract, kept by a connector without HTTP and without webhooks. */
class FileContractTest extends UserListContract {
    @TempDir
    Path folder;

    @Override
    protected ConnectorProvider provider() {
        return new FileProvider();
    }

    @Override
    protected Settings source(List<String> ids, Secret planted) {
        Path file = folder.resolve("ids");
        try {
            Files.write(file, ids);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return settings(file, planted);
    }

    @Override
    protected Optional<Settings> unreadable(Secret planted) {
        return Optional.of(settings(folder.resolve("none"), planted));
    }

    private static Settings settings(Path file, Secret planted) {
        return Settings.builder()
                .set("file", file.toString())
                .set("password", planted)
                .build();
    }
}
