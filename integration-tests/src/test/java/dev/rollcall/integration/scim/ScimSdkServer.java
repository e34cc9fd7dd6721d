package dev.rollcall.integration.scim;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import de.captaingoldfish.scim.sdk.common.constants.enums.HttpMethod;
import de.captaingoldfish.scim.sdk.common.constants.enums.SortOrder;
import de.captaingoldfish.scim.sdk.common.exceptions.ConflictException;
import de.captaingoldfish.scim.sdk.common.exceptions.ResourceNotFoundException;
import de.captaingoldfish.scim.sdk.common.resources.ServiceProvider;
import de.captaingoldfish.scim.sdk.common.resources.User;
import de.captaingoldfish.scim.sdk.common.resources.complex.BulkConfig;
import de.captaingoldfish.scim.sdk.common.resources.complex.ETagConfig;
import de.captaingoldfish.scim.sdk.common.resources.complex.FilterConfig;
import de.captaingoldfish.scim.sdk.common.resources.complex.Meta;
import de.captaingoldfish.scim.sdk.common.resources.complex.PatchConfig;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.AuthenticationScheme;
import de.captaingoldfish.scim.sdk.common.response.ScimResponse;
import de.captaingoldfish.scim.sdk.common.schemas.SchemaAttribute;
import de.captaingoldfish.scim.sdk.server.endpoints.Context;
import de.captaingoldfish.scim.sdk.server.endpoints.ResourceEndpoint;
import de.captaingoldfish.scim.sdk.server.endpoints.ResourceHandler;
import de.captaingoldfish.scim.sdk.server.endpoints.base.UserEndpointDefinition;
import de.captaingoldfish.scim.sdk.server.filter.FilterNode;
import de.captaingoldfish.scim.sdk.server.response.PartialListResponse;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.Settings;
import dev.rollcall.scim.ScimConnector;
import dev.rollcall.scim.ScimQuirks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The SCIM provider of SCIM-SDK on loopback, over a map: its own parser, filters, patches, versions and bulk. Thread-safe. */
final class ScimSdkServer implements AutoCloseable {
    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ResourceEndpoint endpoint;

    ScimSdkServer(boolean bulk) {
        ServiceProvider provider = ServiceProvider.builder()
                .filterConfig(
                        FilterConfig.builder().supported(true).maxResults(50).build())
                .patchConfig(PatchConfig.builder().supported(true).build())
                .eTagConfig(ETagConfig.builder().supported(true).build())
                .bulkConfig(BulkConfig.builder()
                        .supported(bulk)
                        .maxOperations(100)
                        .maxPayloadSize(1L << 21)
                        .build())
                .authenticationSchemes(List.of(AuthenticationScheme.builder()
                        .name("none")
                        .description("loopback only")
                        .type("oauthbearertoken")
                        .build()))
                .build();
        endpoint = new ResourceEndpoint(provider);
        endpoint.registerEndpoint(new UserEndpointDefinition(new Users()));
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/scim/v2", this::handle);
        server.start();
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/scim/v2");
    }

    ScimConnector connector() {
        Settings settings = Settings.builder().set("baseUrl", base().toString()).build();
        return ScimConnector.open(settings, ConnectorContext.defaults(), ScimQuirks.none());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + exchange.getRequestURI();
            HttpMethod method = HttpMethod.valueOf(exchange.getRequestMethod());
            ScimResponse response = endpoint.handleRequest(url, method, body, headers, new Context(null));
            response.getHttpHeaders()
                    .forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
            byte[] bytes = response.getHttpStatus() == 204
                    ? new byte[0]
                    : response.toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(response.getHttpStatus(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** A store that knows names. Thread-safe. */
    private static final class Users extends ResourceHandler<User> {
        private final Map<String, User> users = new LinkedHashMap<>();
        private int made;

        @Override
        public synchronized User createResource(User user, Context context) {
            String name = user.getUserName().orElseThrow();
            boolean taken = users.values().stream()
                    .anyMatch(each -> each.getUserName().orElseThrow().equalsIgnoreCase(name));
            if (taken) {
                throw new ConflictException("'" + name + "' exists already");
            }
            String id = "u-" + ++made;
            user.setId(id);
            Meta meta = user.getMeta().orElseThrow();
            meta.setCreated(Instant.now());
            meta.setLastModified(Instant.now());
            users.put(id, user);
            return user;
        }

        @Override
        public synchronized User getResource(
                String id, List<SchemaAttribute> attributes, List<SchemaAttribute> excluded, Context context) {
            return users.get(id);
        }

        @Override
        public synchronized PartialListResponse<User> listResources(
                long startIndex,
                int count,
                FilterNode filter,
                SchemaAttribute sortBy,
                SortOrder order,
                List<SchemaAttribute> attributes,
                List<SchemaAttribute> excluded,
                Context context) {
            // The provider filters and pages what is handed to it.
            return PartialListResponse.<User>builder()
                    .resources(new ArrayList<>(users.values()))
                    .totalResults(users.size())
                    .build();
        }

        @Override
        public synchronized User updateResource(User user, Context context) {
            String id = user.getId().orElseThrow();
            User present = users.get(id);
            if (present == null) {
                throw new ResourceNotFoundException("no " + id);
            }
            Meta meta = user.getMeta().orElseThrow();
            meta.setCreated(present.getMeta().flatMap(Meta::getCreated).orElseThrow());
            meta.setLastModified(Instant.now());
            users.put(id, user);
            return user;
        }

        @Override
        public synchronized void deleteResource(String id, Context context) {
            if (users.remove(id) == null) {
                throw new ResourceNotFoundException("no " + id);
            }
        }
    }
}
