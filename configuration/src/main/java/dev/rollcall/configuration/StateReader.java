package dev.rollcall.configuration;

import dev.rollcall.connector.BlockKeys;
import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Setting;
import dev.rollcall.provisioning.state.StateProvider;
import dev.rollcall.provisioning.state.StateStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Reads {@code state}: what later runs must know of earlier ones, and where that is kept. */
final class StateReader {
    private static final Setting FILE = Setting.text("file")
            .description(
                    "a file for normalised values and numbers of accounts only, relative to the configuration file;"
                            + " one of `file`, `folder` and `database` is required");
    private static final Setting FOLDER = Setting.text("folder")
            .description("a folder for an embedded database (SQLite), relative to the configuration file");
    private static final Setting URL =
            Setting.text("url").required().description("such as `jdbc:postgresql://127.0.0.1/rollcall`");
    private static final Setting USER = Setting.text("user").required().description("the user");
    private static final Setting PASSWORD =
            Setting.secret("password").description("the user's password; default: none");
    private static final Setting SCHEMA = Setting.text("schema")
            .byDefault("rollcall")
            .description("the schema of the tables, which is created if it is missing");
    private static final Setting MIGRATE = Setting.choice("migrate", "migrate", "validate", "off")
            .byDefault("migrate")
            .description("whether missing and older tables are migrated, reported, or not even checked");

    /** The keys of a database. */
    static final BlockKeys DATABASE_KEYS = BlockKeys.of(URL, USER, PASSWORD, SCHEMA, MIGRATE);

    private static final Setting DATABASE = Setting.block("database", DATABASE_KEYS)
            .description("a PostgreSQL database, which several nodes may share");
    private static final Setting KEEP = Setting.duration("keep")
            .byDefault("400d")
            .between(Duration.ofDays(1), Duration.ofDays(36_500))
            .description("how long ended runs stay in the journal");

    /** The keys of the state. */
    static final BlockKeys KEYS = BlockKeys.of(FILE, FOLDER, DATABASE, KEEP);

    private final Block block;
    private final Path folder;

    private StateReader(Block block, Path folder) {
        this.block = block;
        this.folder = folder;
    }

    /**
     * Reads the block; what is wrong is added to its findings.
     *
     * @param folder where relative paths start
     */
    static Optional<StateStore> read(Block block, Path folder) {
        Optional<StateStore> store = new StateReader(block, folder).store();
        block.done();
        return store;
    }

    private Optional<StateStore> store() {
        List<Setting> given =
                List.of(FILE, FOLDER, DATABASE).stream().filter(block::has).toList();
        if (given.size() != 1) {
            block.findings()
                    .add(
                            given.isEmpty() ? "missing" : "ambiguous",
                            block.path(),
                            given.isEmpty() ? "names no place" : "names several places",
                            "set one of file, folder and database");
            return Optional.empty();
        }
        if (block.has(FILE)) {
            block.unused("a file has no journal", KEEP);
            return file();
        }
        Duration keep = block.duration(KEEP).orElseThrow();
        return block.has(FOLDER) ? embedded(keep) : block.block(DATABASE).flatMap(inner -> server(inner, keep));
    }

    private Optional<StateStore> file() {
        String name = block.requiredText(FILE);
        Optional<StateStore> store = block.writable(FILE, name, folder).map(StateStore::file);
        try {
            store.ifPresent(it -> it.normalizations("")); // a damaged file is reported before anything is contacted
        } catch (ConfigurationException damaged) {
            damaged.problems().forEach(block.findings()::add);
        }
        return store;
    }

    private Optional<StateStore> embedded(Duration keep) {
        String name = block.requiredText(FOLDER);
        Optional<Path> place = writableFolder(name);
        Optional<StateProvider> provider = provider(FOLDER);
        if (place.isEmpty() || provider.isEmpty()) {
            return Optional.empty();
        }
        provider.get().files(place.get()).forEach(block.findings()::file);
        return Optional.of(provider.get().inFolder(place.get(), keep));
    }

    /** The folder, which need not exist yet. */
    private Optional<Path> writableFolder(String name) {
        if (name.isBlank()) {
            return Optional.empty(); // reported as missing
        }
        try {
            Path place = folder.resolve(Path.of(name));
            Path existing = place.toAbsolutePath();
            while (existing != null && !Files.exists(existing)) {
                existing = existing.getParent();
            }
            if (existing != null && Files.isDirectory(existing) && Files.isWritable(existing)) {
                return Optional.of(place);
            }
        } catch (InvalidPathException e) {
            // Reported below.
        }
        block.findings()
                .add(
                        "unwritable",
                        block.path(FOLDER),
                        "'" + name + "' is not a folder that can be written",
                        "its path is relative to the configuration file");
        return Optional.empty();
    }

    private Optional<StateStore> server(Block inner, Duration keep) {
        String url = inner.requiredText(URL);
        String user = inner.requiredText(USER);
        Secret password = inner.secret(PASSWORD).orElse(Secret.of(""));
        String schema = inner.text(SCHEMA).orElse("rollcall");
        String migrate = inner.word(MIGRATE).orElseThrow();
        inner.done();
        Optional<StateProvider> provider = provider(DATABASE);
        if (url.isBlank() || user.isBlank() || provider.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    provider.get().inDatabase(new StateProvider.Database(url, user, password, schema, migrate), keep));
        } catch (ConfigurationException wrong) {
            wrong.problems().forEach(block.findings()::add);
            return Optional.empty();
        }
    }

    /** The module that knows databases, which a host has on its class path only if it wants one. */
    private Optional<StateProvider> provider(Setting key) {
        try {
            Optional<StateProvider> found =
                    ServiceLoader.load(StateProvider.class).findFirst();
            if (found.isEmpty()) {
                block.findings()
                        .add(
                                "missing-module",
                                block.path(key),
                                "no module on the class path keeps state in a database",
                                "add dev.rollcall:rollcall-state-jdbc, or use state.file");
            }
            return found;
        } catch (ServiceConfigurationError broken) {
            block.findings()
                    .add(
                            "broken-provider",
                            block.path(key),
                            "the module that keeps state cannot be loaded: " + broken.getMessage(),
                            "use the same version of all modules of Rollcall");
            return Optional.empty();
        }
    }
}
