package dev.rollcall.provisioningtestkit;

import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.util.ssl.cert.ManageCertificates;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private static final String ALIAS = "server";
    /** Of a file that is gone when it has been read. */
    private static final String PASSWORD = "no-secret";

    private final Certificate certificate;
    private final KeyStore keys;
    private final char[] password;

    TestCertificate() throws GeneralSecurityException {
        password = PASSWORD.toCharArray();
        try {
            Path folder = Files.createTempDirectory("certificate");
            Path file = folder.resolve("keys.p12");
            try {
                generate(file);
                keys = KeyStore.getInstance("PKCS12");
                try (InputStream stored = Files.newInputStream(file)) {
                    keys.load(stored, password);
                }
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
            certificate = keys.getCertificate(ALIAS);
        } catch (IOException e) {
            throw new GeneralSecurityException("a test certificate cannot be made", e);
        }
    }

    /** With a key on a curve: to find the primes of an RSA key takes a second now and then. */
    private static void generate(Path file) throws GeneralSecurityException {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        ResultCode result = ManageCertificates.main(
                null,
                told,
                told,
                "generate-self-signed-certificate",
                "--keystore=" + file,
                "--keystore-password=" + PASSWORD,
                "--keystore-type=PKCS12",
                "--alias=" + ALIAS,
                "--subject-dn=CN=localhost",
                "--key-algorithm=EC",
                "--key-size-bits=256",
                "--signature-algorithm=SHA256withECDSA",
                "--days-valid=365",
                "--subject-alternative-name-dns=localhost",
                "--subject-alternative-name-ip-address=127.0.0.1");
        if (!result.equals(ResultCode.SUCCESS)) {
            throw new GeneralSecurityException(
                    "a test certificate cannot be made: " + told.toString(StandardCharsets.UTF_8));
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
