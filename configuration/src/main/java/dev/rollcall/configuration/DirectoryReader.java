package dev.rollcall.configuration;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a {@code directory} block, without a connection. Not thread-safe: for one thread at a time. */
final class DirectoryReader {
    static final Setting TIMEOUT = Setting.duration("timeout")
            .between(SettingReader.POSITIVE, Duration.ofDays(1))
            .byDefault("30s")
            .description("how long the response to one request is waited for");

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
        Map<String, DirectoryType> types = new LinkedHashMap<>();
        for (DirectoryType type : DirectoryType.values()) {
            types.put(type.word(), type);
        }
        if (!block.has("type")) {
            block.missing("type", "name one of " + String.join(", ", types.keySet()));
        }
        DirectoryType type = block.choice("type", types, DirectoryType.OPENLDAP);
        String base = block.requiredText("base");
        checkDn("base", base);
        Optional<String> filter = block.text("filter").filter(text -> isFilter("filter", text));
        filter.ifPresent(text -> add(b -> b.filter(text)));
        block.text("searchBase").filter(dn -> checkDn("searchBase", dn)).ifPresent(dn -> {
            checkAround(dn, base);
            add(b -> b.searchBase(dn));
        });
        Optional<DirectorySettings.MarkSettings> mark = mark(block);
        entries("protected").ifPresent(list -> add(b -> b.protect(list)));
        entries("unprotect").ifPresent(list -> add(b -> b.unprotect(list)));
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
        List<String> groups = block.texts("allowPrivileged");
        boolean fine = true;
        for (int i = 0; i < groups.size(); i++) {
            fine &= checkDnAt(block.itemPath("allowPrivileged", i), groups.get(i));
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
        List<String> urls = block.texts("url");
        List<Value> items = block.items("url");
        if (!block.has("url")) {
            block.missing("url", "such as ldaps://dc1.example.com");
        }
        boolean startTls = block.flag("startTls", false);
        Optional<String> bindDn = block.text("bindDn");
        bindDn.filter(dn -> !dn.contains("@") && !dn.contains("\\")).ifPresent(dn -> checkDn("bindDn", dn));
        Optional<Secret> password = block.secret("password");
        boolean clearTextAllowed = block.flag("allowClearText", false);
        for (int i = 0; i < urls.size(); i++) {
            String where = block.itemPath("url", i);
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
        if (bindDn.isPresent() && !block.has("password")) {
            block.missing("password", "refer to it: ${env.NAME} or ${file.PATH}");
        } else if (password.isPresent() && bindDn.isEmpty()) {
            block.missing("bindDn", "name the account that the password belongs to");
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
        Optional<Block> trust = block.block("trust");
        if (trust.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> name = trust.get().text("caFile");
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
                trust.get().path("caFile"),
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
        Optional<String> base = block.text("base").filter(dn -> isBelow(block, dn, settings.base()));
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
                            block.path("base"),
                            "is not under directory.base, " + base,
                            "name a container in it, or a base above both");
        } catch (LDAPException e) {
            block.findings()
                    .add("bad-dn", block.path("base"), "'" + own + "' is no DN", "such as ou=people,dc=example,dc=com");
        }
        return false;
    }

    private static Optional<DirectorySettings.MarkSettings> mark(Block block) {
        Optional<Block> mark = block.block("mark");
        if (mark.isEmpty()) {
            return Optional.empty();
        }
        String attribute = mark.get().requiredText("attribute");
        String value = mark.get().requiredText("value");
        mark.get().done();
        if (value.contains(";")) {
            block.findings()
                    .add("bad-mark", mark.get().path("value"), "has a semicolon", "a date follows one in a mark");
        } else if (!attribute.isBlank() && !value.isBlank()) {
            return Optional.of(new DirectorySettings.MarkSettings(attribute, value));
        }
        return Optional.empty();
    }

    private void disable(DirectoryType type) {
        Optional<Block> disable = block.block("disable");
        if (disable.isPresent()) {
            String attribute = disable.get().requiredText("attribute");
            String disabled = disable.get().requiredText("disabled");
            String enabled = disable.get().text("enabled").orElse("");
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
            block.missing("disable", "say {attribute, disabled, enabled}: a generic directory has no way of its own");
        }
    }

    /** DNs, or filters in parentheses. */
    private Optional<String[]> entries(String key) {
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
                findings.add("contradiction", block.path("searchBase"), "does not hold base", "name one above base");
            }
        } catch (LDAPException e) {
            // The base itself is told already.
        }
    }

    private boolean checkDn(String key, String dn) {
        return dn.isBlank() || checkDnAt(block.path(key), dn);
    }

    private boolean checkDnAt(String where, String dn) {
        if (DN.isValidDN(dn)) {
            return true;
        }
        findings.add("bad-dn", where, "'" + dn + "' is no DN", "such as ou=people,dc=example,dc=com");
        return false;
    }

    private boolean isFilter(String key, String text) {
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
