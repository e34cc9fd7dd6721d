package dev.rollcall.configuration;

import com.unboundid.ldap.sdk.BindRequest;
import com.unboundid.ldap.sdk.FailoverServerSet;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.PostConnectProcessor;
import com.unboundid.ldap.sdk.ServerSet;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.SingleServerSet;
import com.unboundid.ldap.sdk.StartTLSPostConnectProcessor;
import com.unboundid.ldap.sdk.experimental.DraftBeheraLDAPPasswordPolicy10RequestControl;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import com.unboundid.util.ssl.JVMDefaultTrustManager;
import com.unboundid.util.ssl.PEMFileTrustManager;
import com.unboundid.util.ssl.SSLUtil;
import dev.rollcall.connector.Secret;
import dev.rollcall.provisioning.directory.DirectoryException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a directory: servers in the order in which they are tried, TLS with a certificate and a host name that
 * are checked, the account, and timeouts of our own. Immutable and thread-safe.
 */
record ServerConnections(
        List<ServerAddress> servers,
        boolean startTls,
        Optional<Path> caFile,
        Optional<String> bindDn,
        Optional<Secret> password,
        Duration timeout) {
    /** One scans, one writes, a few look up. */
    private static final int CONNECTIONS = 6;

    private static final int CONNECT_MILLIS = 10_000;

    ServerConnections {
        servers = List.copyOf(servers);
    }

    /** {@return whom to trust; reads the file of certificates} */
    TrustManager trust() throws GeneralSecurityException {
        return caFile.isPresent()
                ? new PEMFileTrustManager(caFile.get().toFile())
                : JVMDefaultTrustManager.getInstance();
    }

    /**
     * Connects and binds.
     *
     * @throws DirectoryException if no server can be reached, or the account is refused
     */
    LDAPConnectionPool open() {
        String doing = "connecting to " + servers.get(0) + (servers.size() > 1 ? " and others" : "");
        try {
            SSLContext tls = new SSLUtil(trust()).createSSLContext();
            LDAPConnectionOptions options = new LDAPConnectionOptions();
            options.setConnectTimeoutMillis(CONNECT_MILLIS);
            options.setResponseTimeoutMillis(timeout.toMillis());
            options.setFollowReferrals(false);
            // RFC 6125, 6.4.4: the common name counts only where the certificate has no other names.
            options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(true, false));
            ServerSet[] sets = servers.stream()
                    .map(server -> new SingleServerSet(
                            server.host(), server.port(), server.tls() ? tls.getSocketFactory() : null, options))
                    .toArray(ServerSet[]::new);
            ServerSet set = sets.length == 1 ? sets[0] : new FailoverServerSet(sets);
            @Nullable PostConnectProcessor secure = startTls ? new StartTLSPostConnectProcessor(tls) : null;
            LDAPConnectionPool pool =
                    new LDAPConnectionPool(set, bind(), 1, CONNECTIONS, 1, secure, true, new UsableAccount());
            pool.setConnectionPoolName("rollcall");
            pool.setMaxWaitTimeMillis(timeout.toMillis());
            return pool;
        } catch (LDAPException e) {
            throw DirectoryException.of(doing, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the certificates could be read when the file was checked", e);
        }
    }

    private @Nullable BindRequest bind() {
        return bindDn.isEmpty()
                ? null
                : new SimpleBindRequest(
                        bindDn.get(),
                        password.map(Secret::reveal).orElse(""),
                        new DraftBeheraLDAPPasswordPolicy10RequestControl());
    }
}
