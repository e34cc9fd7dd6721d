package dev.rollcall.provisioningtestkit;

import com.unboundid.ldap.listener.SelfSignedCertificateGenerator;
import com.unboundid.util.ObjectPair;
import com.unboundid.util.ssl.cert.CertException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for {@code localhost} and {@code 127.0.0.1} that signs itself. Immutable and thread-safe. */
final class TestCertificate {
    private final Certificate certificate;
    private final KeyStore keys;
    private final char[] password;

    TestCertificate() throws GeneralSecurityException {
        try {
            ObjectPair<File, char[]> made =
                    SelfSignedCertificateGenerator.generateTemporarySelfSignedCertificate("test", "PKCS12");
            keys = KeyStore.getInstance("PKCS12");
            try (InputStream stored = Files.newInputStream(made.getFirst().toPath())) {
                keys.load(stored, made.getSecond());
            }
            Files.delete(made.getFirst().toPath());
            password = made.getSecond();
            certificate = keys.getCertificate(keys.aliases().nextElement());
        } catch (CertException | IOException e) {
            throw new GeneralSecurityException("a test certificate cannot be made", e);
        }
    }

    /** The certificate as a CA file holds it. */
    String pem() {
        try {
            String encoded = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + encoded + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    SSLContext server() throws GeneralSecurityException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    SSLContext client() throws GeneralSecurityException {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("server", certificate);
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
    }
}
