package dev.rollcall.configuration;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import dev.rollcall.connector.BlockKeys;
import dev.rollcall.connector.RegularFile;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.SettingReader;
import dev.rollcall.connector.Value;
import dev.rollcall.provisioning.directory.DirectoryBuilder;
import dev.rollcall.provisioning.directory.DirectoryType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a {@code directory} block, without a connection. Not thread-safe: for one thread at a time. */
final class DirectoryReader {
    private static final Setting CA_FILE =
            Setting.text("caFile").description("a file of certificates in PEM, relative to the configuration file");
    static final BlockKeys TRUST_KEYS = BlockKeys.of(CA_FILE);
    private static final Setting MARK_ATTRIBUTE =
            Setting.text("attribute").required().description("the attribute that holds the mark");
    private static final Setting MARK_VALUE =
            Setting.text("value").required().description("what is written there; without a semicolon");
    static final BlockKeys MARK_KEYS = BlockKeys.of(MARK_ATTRIBUTE, MARK_VALUE);
    private static final Setting DISABLE_ATTRIBUTE =
            Setting.text("attribute").required().description("the attribute that disables an account");
    private static final Setting DISABLED =
            Setting.text("disabled").required().description("its value in a disabled account");
    private static final Setting ENABLED = Setting.text("enabled")
            .description("its value in an enabled account; without one the attribute is removed");
    static final BlockKeys DISABLE_KEYS = BlockKeys.of(DISABLE_ATTRIBUTE, DISABLED, ENABLED);

    private static final Setting URL = Setting.list("url")
            .required()
            .description("`ldap://host:389` or `ldaps://host`; a list is tried in that order");
    private static final Setting START_TLS =
            Setting.flag("startTls").byDefault("false").description("whether an `ldap://` connection changes to TLS");
    private static final Setting TRUST = Setting.block("trust", TRUST_KEYS)
            .description("the certificates to trust, instead of those of the JVM. Host names are always checked,"
                    + " except for a numeric address of this machine (`127.0.0.1`)");
    private static final Setting BIND_DN =
            Setting.text("bindDn").description("the account that Rollcall binds as; in AD also `user@domain`");
    private static final Setting PASSWORD =
            Setting.secret("password").description("the password of that account; required with `bindDn`");
    private static final Setting ALLOW_CLEAR_TEXT = Setting.flag("allowClearText")
            .byDefault("false")
            .description("whether the password may go to another machine without TLS");
    static final Setting TIMEOUT = Setting.duration("timeout")
            .between(SettingReader.POSITIVE, Duration.ofDays(1))
            .byDefault("30s")
            .description("how long Rollcall waits for the response to one request");
    private static final Setting TYPE = Setting.choice("type", DirectoryType.class)
            .required()
            .description("the kind of the server; refused if the server is certainly of another kind");
    static final Setting BASE = Setting.text("base").required().description("the DN of the managed subtree");
    private static final Setting FILTER = Setting.text("filter")
            .description("which entries in it are managed; default: `(objectClass=person)`, in AD"
                    + " `(&(objectCategory=person)(objectClass=user))`");
    private static final Setting SEARCH_BASE = Setting.text("searchBase")
            .description("where keys, names and references are looked up; default: the naming context of `base`");
    static final Setting MARK = Setting.block("mark", MARK_KEYS)
            .description("a mark that is written on managed entries; only entries that have it can be missing from the"
                    + " source");
    private static final Setting ALLOW_PRIVILEGED = Setting.list("allowPrivileged")
            .description("DNs of AD groups whose members a run may add and remove although the groups are privileged"
                    + " (`adminCount=1`, `isCriticalSystemObject`)");
    private static final Setting PROTECTED =
            Setting.list("protected").description("DNs or filters of entries that no run changes");
    private static final Setting UNPROTECT = Setting.list("unprotect")
            .description("DNs or filters of entries that may be changed although they are protected by default");
    private static final Setting DISABLE = Setting.block("disable", DISABLE_KEYS)
            .description("how an account is disabled; required for the type `generic`, refused for the others");

    /** What a data source may say about its part of the directory, beside {@link #MARK}. */
    static final Setting BASE_OF_DATA_SOURCE =
            Setting.text("base").description("a container in `directory.base`, which only this data source manages");

    static final BlockKeys KEYS = BlockKeys.of(
            URL,
            START_TLS,
            TRUST,
            BIND_DN,
            PASSWORD,
            ALLOW_CLEAR_TEXT,
            TIMEOUT,
            TYPE,
            BASE,
            FILTER,
            SEARCH_BASE,
            MARK,
            ALLOW_PRIVILEGED,
            PROTECTED,
            UNPROTECT,
            DISABLE);

    private final Block block;
    private final Findings findings;
    private final Path folder;
    private final List<Consumer<DirectoryBuilder>> steps = new ArrayList<>();

    private DirectoryReader(Block block, Path folder) {
        this.block = block;
        this.findings = block.findings();
        this.folder = folder;
    }

    /** {@return the directory, as far as it can be read; what is wrong is in the findings} */
    static DirectorySettings read(Block block, Path folder) {
        return new DirectoryReader(block, folder).read();
    }

    private DirectorySettings read() {
        ServerConnections connections = connections();
        if (!block.has(TYPE)) {
            block.missing(TYPE, "name one of " + String.join(", ", TYPE.words()));
        }
        DirectoryType type = block.choice(TYPE, DirectoryType.class).orElse(DirectoryType.OPENLDAP);
        String base = block.requiredText(BASE);
        checkDn(BASE, base);
        Optional<String> filter = block.text(FILTER).filter(text -> isFilter(FILTER, text));
        filter.ifPresent(text -> add(b -> b.filter(text)));
        block.text(SEARCH_BASE).filter(dn -> checkDn(SEARCH_BASE, dn)).ifPresent(dn -> {
            checkAround(dn, base);
            add(b -> b.searchBase(dn));
        });
        Optional<DirectorySettings.MarkSettings> mark = mark(block);
        entries(PROTECTED).ifPresent(list -> add(b -> b.protect(list)));
        entries(UNPROTECT).ifPresent(list -> add(b -> b.unprotect(list)));
        privileged();
        disable(type);
        add(b -> b.timeout(connections.timeout()));
        block.done();
        return new DirectorySettings(
                type,
                base,
                connections,
                filter.flatMap(DirectoryReader::parsed),
                mark,
                List.of(),
                builder -> steps.forEach(step -> step.accept(builder)));
    }

    private void privileged() {
        List<String> groups = block.texts(ALLOW_PRIVILEGED);
        boolean fine = true;
        for (int i = 0; i < groups.size(); i++) {
            fine &= checkDnAt(block.itemPath(ALLOW_PRIVILEGED, i), groups.get(i));
        }
        if (fine) {
            add(b -> b.allowPrivileged(groups.toArray(String[]::new)));
        }
    }

    private void add(Consumer<DirectoryBuilder> step) {
        steps.add(step);
    }

    private ServerConnections connections() {
        List<ServerAddress> servers = new ArrayList<>();
        List<String> urls = block.texts(URL);
        List<Value> items = block.items(URL);
        if (!block.has(URL)) {
            block.missing(URL, "such as ldaps://dc1.example.com");
        }
        boolean startTls = block.flag(START_TLS);
        Optional<String> bindDn = block.text(BIND_DN);
        bindDn.filter(dn -> !dn.contains("@") && !dn.contains("\\")).ifPresent(dn -> checkDn(BIND_DN, dn));
        Optional<Secret> password = block.secret(PASSWORD);
        boolean clearTextAllowed = block.flag(ALLOW_CLEAR_TEXT);
        for (int i = 0; i < urls.size(); i++) {
            String where = block.itemPath(URL, i);
            Optional<ServerAddress> server = ServerAddress.parse(urls.get(i));
            if (server.isEmpty()) {
                findings.add(
                        "bad-url",
                        where,
                        "is no address of a directory" + Block.was(items.get(i)),
                        "such as ldap://host:389 or ldaps://host");
                continue;
            }
            servers.add(server.get());
            boolean secure = server.get().tls() || startTls;
            if (password.isPresent() && !secure && !server.get().isLoopback() && !clearTextAllowed) {
                findings.add(
                        "clear-text",
                        where,
                        "the password would go over the network in clear",
                        "use ldaps://, or startTls: true, or say allowClearText: true");
            }
            if (server.get().tls() && startTls) {
                findings.add("contradiction", where, "is TLS from the start already", "use ldap://, or drop startTls");
            }
        }
        if (bindDn.isPresent() && !block.has(PASSWORD)) {
            block.missing(PASSWORD, "refer to it: ${env.NAME} or ${file.PATH}");
        } else if (password.isPresent() && bindDn.isEmpty()) {
            block.missing(BIND_DN, "name the account that the password belongs to");
        }
        Duration timeout = block.duration(TIMEOUT).orElseThrow();
        if (servers.isEmpty()) {
            servers.add(new ServerAddress("localhost", 389, false));
        }
        ServerConnections connections = new ServerConnections(servers, startTls, trust(), bindDn, password, timeout);
        try {
            connections.trust();
        } catch (GeneralSecurityException e) {
            findings.add("bad-certificate", block.path("trust.caFile"), "holds no certificate in PEM", "");
        }
        return connections;
    }

    private Optional<Path> trust() {
        Optional<Block> trust = block.block(TRUST);
        if (trust.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> name = trust.get().text(CA_FILE);
        trust.get().done();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        try {
            Path file = folder.resolve(Path.of(name.get()));
            findings.file(file);
            RegularFile.check(file);
            if (Files.isReadable(file)) {
                return Optional.of(file);
            }
        } catch (IOException | InvalidPathException e) {
            // Told below: no such file can be read.
        }
        findings.add(
                "missing-file",
                trust.get().path(CA_FILE),
                "the file " + name.get() + " cannot be read",
                "its path is relative to the configuration file");
        return Optional.empty();
    }

    private static Optional<Filter> parsed(String filter) {
        try {
            return Optional.of(Filter.create(filter));
        } catch (LDAPException told) {
            return Optional.empty();
        }
    }

    /** {@return the settings of a data source, with the {@code base} and the {@code mark} of its block} */
    static DirectorySettings narrowed(Block block, DirectorySettings settings) {
        Optional<String> base = block.text(BASE_OF_DATA_SOURCE).filter(dn -> isBelow(block, dn, settings.base()));
        return settings.narrowed(base, mark(block));
    }

    private static boolean isBelow(Block block, String own, String base) {
        try {
            if (StandardNames.isWithin(own, base)) {
                return true;
            }
            block.findings()
                    .add(
                            "contradiction",
                            block.path(BASE_OF_DATA_SOURCE),
                            "is not under directory.base, " + base,
                            "name a container in it, or a base above both");
        } catch (LDAPException e) {
            block.findings()
                    .add(
                            "bad-dn",
                            block.path(BASE_OF_DATA_SOURCE),
                            "'" + own + "' is no DN",
                            "such as ou=people,dc=example,dc=com");
        }
        return false;
    }

    private static Optional<DirectorySettings.MarkSettings> mark(Block block) {
        Optional<Block> mark = block.block(MARK);
        if (mark.isEmpty()) {
            return Optional.empty();
        }
        String attribute = mark.get().requiredText(MARK_ATTRIBUTE);
        String value = mark.get().requiredText(MARK_VALUE);
        mark.get().done();
        if (value.contains(";")) {
            block.findings()
                    .add("bad-mark", mark.get().path(MARK_VALUE), "has a semicolon", "a date follows one in a mark");
        } else if (!attribute.isBlank() && !value.isBlank()) {
            return Optional.of(new DirectorySettings.MarkSettings(attribute, value));
        }
        return Optional.empty();
    }

    private void disable(DirectoryType type) {
        Optional<Block> disable = block.block(DISABLE);
        if (disable.isPresent()) {
            String attribute = disable.get().requiredText(DISABLE_ATTRIBUTE);
            String disabled = disable.get().requiredText(DISABLED);
            String enabled = disable.get().text(ENABLED).orElse("");
            disable.get().done();
            if (type == DirectoryType.GENERIC) {
                add(b -> b.disable(attribute, disabled, enabled));
            } else {
                findings.add(
                        "contradiction",
                        disable.get().path(),
                        type.word() + " has its own way to disable an account",
                        "remove it");
            }
        } else if (type == DirectoryType.GENERIC) {
            block.missing(DISABLE, "say {attribute, disabled, enabled}: a generic directory has no way of its own");
        }
    }

    /** DNs, or filters in parentheses. */
    private Optional<String[]> entries(Setting key) {
        List<String> entries = block.texts(key);
        for (int i = 0; i < entries.size(); i++) {
            String where = block.itemPath(key, i);
            if (entries.get(i).startsWith("(")) {
                isFilterAt(where, entries.get(i));
            } else {
                checkDnAt(where, entries.get(i));
            }
        }
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.toArray(String[]::new));
    }

    private void checkAround(String searchBase, String base) {
        try {
            if (!StandardNames.isWithin(base, searchBase)) {
                findings.add("contradiction", block.path(SEARCH_BASE), "does not hold base", "name one above base");
            }
        } catch (LDAPException e) {
            // The base itself is reported already.
        }
    }

    private boolean checkDn(Setting key, String dn) {
        return dn.isBlank() || checkDnAt(block.path(key), dn);
    }

    private boolean checkDnAt(String where, String dn) {
        if (DN.isValidDN(dn)) {
            return true;
        }
        findings.add("bad-dn", where, "'" + dn + "' is no DN", "such as ou=people,dc=example,dc=com");
        return false;
    }

    private boolean isFilter(Setting key, String text) {
        return isFilterAt(block.path(key), text);
    }

    private boolean isFilterAt(String where, String text) {
        try {
            Filter.create(text);
            return true;
        } catch (LDAPException e) {
            findings.add("bad-filter", where, "is no LDAP filter: " + e.getMessage(), "such as (objectClass=person)");
            return false;
        }
    }
}
