package dev.rollcall.rest;

import dev.rollcall.connector.BlockKeys;
import dev.rollcall.connector.RegularFile;
import dev.rollcall.connector.Setting;
import dev.rollcall.rest.internal.http.FixedProxy;
import dev.rollcall.rest.internal.settings.Node;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * How connections to an application are made: connect timeout, proxy, TLS. Immutable and thread-safe.
 *
 * <p>The client that is made of it follows no redirects by itself, keeps no cookies and answers no authentication
 * challenge.
 */
public final class HttpSettings {
    /** The keys of a block {@code http}. */
    static final BlockKeys KEYS = BlockKeys.of(
            Setting.duration("connectTimeout").byDefault("10s").description("how long to wait for a connection"),
            Setting.text("proxy")
                    .description(
                            "an HTTP proxy without a password, for every host but this machine; `https` goes through"
                                    + " it as a tunnel; default: the JVM's (`-Dhttps.proxyHost` and the like)"),
            Setting.block(
                            "trust",
                            BlockKeys.of(Setting.text("caFile")
                                    .required()
                                    .description("a file of certificates in PEM, relative to the configuration file")))
                    .description("`{caFile: ca.pem}`: the certificates to trust, instead of those of the JVM"));

    private static final HttpSettings DEFAULTS = new HttpSettings(Duration.ofSeconds(10), null, null);

    private final Duration connectTimeout;
    private final @Nullable ProxySelector proxy;
    private final @Nullable SSLContext tls;

    private HttpSettings(Duration connectTimeout, @Nullable ProxySelector proxy, @Nullable SSLContext tls) {
        this.connectTimeout = connectTimeout;
        this.proxy = proxy;
        this.tls = tls;
    }

    /** {@return ten seconds to connect, the proxy that the JVM is configured with, the JVM's own trust} */
    public static HttpSettings defaults() {
        return DEFAULTS;
    }

    /** {@return a copy with another time to connect in} */
    public HttpSettings connectTimeout(Duration timeout) {
        return new HttpSettings(Objects.requireNonNull(timeout, "timeout"), proxy, tls);
    }

    /** {@return a copy that goes through a proxy} */
    public HttpSettings proxy(ProxySelector selector) {
        return new HttpSettings(connectTimeout, Objects.requireNonNull(selector, "selector"), tls);
    }

    /** {@return a copy with its own trust and keys} */
    public HttpSettings tls(SSLContext context) {
        return new HttpSettings(connectTimeout, proxy, Objects.requireNonNull(context, "context"));
    }

    /** {@return what a block {@code http} says} */
    static HttpSettings read(Node node) {
        HttpSettings settings = defaults().connectTimeout(node.duration("connectTimeout"));
        Optional<ProxySelector> proxy = node.text("proxy").flatMap(text -> FixedProxy.parse(node, "proxy", text));
        Optional<SSLContext> tls = node.block("trust").flatMap(HttpSettings::trust);
        node.end();
        settings = proxy.isPresent() ? settings.proxy(proxy.get()) : settings;
        return tls.isPresent() ? settings.tls(tls.get()) : settings;
    }

    private static Optional<SSLContext> trust(Node node) {
        String file = node.requiredText("caFile", "the path of a file of certificates in PEM");
        node.end();
        try (InputStream in = RegularFile.open(Path.of(file))) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + store.size(), certificate);
            }
            if (store.size() > 0) {
                TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                trust.init(store);
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, trust.getTrustManagers(), null);
                return Optional.of(context);
            }
            node.problem("bad-certificate", "caFile", "holds no certificate in PEM", "");
        } catch (CertificateException e) {
            node.problem("bad-certificate", "caFile", "holds no certificate in PEM", "");
        } catch (IOException | InvalidPathException e) {
            node.problem("no-such-file", "caFile", "the file " + file + " cannot be read", "check its path");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS and X.509", e);
        }
        return Optional.empty();
    }

    HttpClient newClient() {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout);
        if (proxy != null) {
            builder.proxy(proxy);
        }
        if (tls != null) {
            builder.sslContext(tls);
        }
        return builder.build();
    }

    @Override
    public String toString() {
        return "HTTP, connecting within " + connectTimeout + (proxy == null ? "" : ", through " + proxy)
                + (tls == null ? "" : ", with its own trust");
    }
}
