package dev.rollcall.integration.scim;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.Value;
import dev.rollcall.scim.ScimConnector;
import dev.rollcall.scim.ScimQuirks;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A SCIM provider of another author on loopback, in a process of its own, from {@code counterparts/scim-node}. Where Node.js
 * or its packages are missing, the tests that ask for it are skipped, and say so. Thread-safe.
 */
final class NodeScimServer implements AutoCloseable {
    private static final Path FOLDER = Path.of("..", "counterparts", "scim-node");

    private final Process process;
    private final String base;
    private final Secret token;

    private NodeScimServer(String script, String path, String token) {
        assumeTrue(
                Files.isDirectory(FOLDER.resolve("node_modules")),
                "counterparts/scim-node is not installed (bash ci/counterparts/scim-node.sh install)");
        ProcessBuilder builder = new ProcessBuilder("node", "--experimental-global-webcrypto", script);
        builder.directory(FOLDER.toFile());
        builder.redirectError(new File("target", script + ".log"));
        try {
            process = builder.start();
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String port = out.readLine();
            if (port == null) {
                throw new IllegalStateException(
                        script + " ended at once; see integration-tests/target/" + script + ".log");
            }
            base = "http://127.0.0.1:" + port + path;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.token = Secret.of(token);
    }

    /** SCIMMY behind Express: bulk, addresses without origin, page 1 again past the end. */
    static NodeScimServer scimmy() {
        return new NodeScimServer("scimmy.js", "/scim/v2", "scimmy-token");
    }

    /** Better Auth: a strict subset of the RFC, 100 users a page, no bulk. */
    static NodeScimServer betterAuth() {
        return new NodeScimServer("better-auth.js", "/api/auth/scim/v2", "better-auth-token");
    }

    /** {@return a connector to it with nothing set but what it needs} */
    ScimConnector connector() {
        Settings settings = Settings.of((Value.Fields) Value.from(Map.of(
                "settings",
                Map.of("baseUrl", base),
                "authorization",
                Map.of("type", "bearer", "token", new Value.Sensitive(token, token)))));
        return ScimConnector.open(settings, ConnectorContext.defaults(), ScimQuirks.none());
    }

    @Override
    public void close() {
        process.destroy();
    }
}
