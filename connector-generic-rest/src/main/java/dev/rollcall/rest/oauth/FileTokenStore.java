package dev.rollcall.rest.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.connector.AtomicFile;
import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.RegularFile;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.StoredToken;
import dev.rollcall.connector.TokenStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tokens in one encrypted file (AES-256-GCM; the key derived from a passphrase by PBKDF2-HMAC-SHA256), readable by its
 * owner only, with a lock beside it that other processes honour. Thread-safe.
 *
 * <p>The file is replaced whole and synchronized to disk before {@link #save} returns, so that a crash leaves the old
 * tokens or the new ones.
 */
public final class FileTokenStore implements TokenStore {
    private static final byte[] MAGIC = "RCT1".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT = 16;
    private static final int NONCE = 12;
    private static final int HEADER = MAGIC.length + SALT + NONCE;
    private static final int ITERATIONS = 210_000;
    private static final Duration LOCK_WAIT = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Secret passphrase;
    private final SecureRandom random;
    private final ReentrantLock lock = new ReentrantLock();
    private byte @Nullable [] salt;
    private @Nullable SecretKeySpec key;

    /**
     * A store in {@code file}, which is made on the first save.
     *
     * @param passphrase at least 16 characters; it and the file together give access to the tokens
     * @throws ConfigurationException if the passphrase is shorter
     */
    public FileTokenStore(Path file, Secret passphrase, SecureRandom random) {
        if (passphrase.reveal().length() < 16) {
            throw problem("weak-key", "the key of a token file needs at least 16 characters", "make a longer one");
        }
        this.file = file.toAbsolutePath();
        this.passphrase = passphrase;
        this.random = random;
    }

    @Override
    public Optional<StoredToken> load(String credential) {
        lock.lock();
        try {
            return Optional.ofNullable(read().get(credential));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void save(String credential, StoredToken token) {
        change(tokens -> tokens.put(credential, token));
    }

    @Override
    public void remove(String credential) {
        change(tokens -> tokens.remove(credential));
    }

    private void change(Consumer<Map<String, StoredToken>> change) {
        lock.lock();
        try {
            Map<String, StoredToken> tokens = read();
            change.accept(tokens);
            write(tokens);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public <T> T exclusively(String credential, Supplier<T> action) {
        Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
        lock.lock();
        try (FileChannel channel = open(lockFile)) {
            acquire(channel); // closing the channel releases it
            return action.get();
        } catch (IOException e) {
            throw new UncheckedIOException("the lock of the token file cannot be used: " + lockFile, e);
        } finally {
            lock.unlock();
        }
    }

    private static FileChannel open(Path lockFile) throws IOException {
        return FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** The JDK refuses, rather than waits, where another store in this process holds the lock. */
    private static void acquire(FileChannel channel) throws IOException {
        long end = System.nanoTime() + LOCK_WAIT.toNanos();
        while (true) {
            try {
                FileLock held = channel.tryLock();
                if (held != null) {
                    return;
                }
            } catch (OverlappingFileLockException e) {
                // Waits below, as for another process.
            }
            if (System.nanoTime() > end) {
                throw new IOException("another process has held the lock for " + LOCK_WAIT);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for the lock", e);
            }
        }
    }

    private Map<String, StoredToken> read() {
        Map<String, StoredToken> tokens = new TreeMap<>();
        if (!Files.exists(file)) {
            return tokens;
        }
        try {
            RegularFile.check(file);
            byte[] content = Files.readAllBytes(file);
            if (content.length < HEADER || !Arrays.equals(Arrays.copyOf(content, MAGIC.length), MAGIC)) {
                throw unreadable();
            }
            byte[] nonce = Arrays.copyOfRange(content, MAGIC.length + SALT, HEADER);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            byte[] fileSalt = Arrays.copyOfRange(content, MAGIC.length, MAGIC.length + SALT);
            cipher.init(Cipher.DECRYPT_MODE, key(fileSalt), new GCMParameterSpec(128, nonce));
            cipher.updateAAD(content, 0, HEADER);
            JsonNode root = JSON.readTree(cipher.doFinal(content, HEADER, content.length - HEADER));
            root.properties().forEach(entry -> tokens.put(entry.getKey(), token(entry.getValue())));
            return tokens;
        } catch (IOException e) {
            throw new UncheckedIOException("the token file cannot be read: " + file, e);
        } catch (GeneralSecurityException e) {
            throw unreadable();
        }
    }

    private void write(Map<String, StoredToken> tokens) {
        try {
            ObjectNode root = JSON.createObjectNode();
            tokens.forEach((credential, token) -> root.set(credential, json(token)));
            byte[] nonce = new byte[NONCE];
            random.nextBytes(nonce);
            byte[] fileSalt = salt == null ? newSalt() : salt;
            ByteBuffer content =
                    ByteBuffer.allocate(HEADER).put(MAGIC).put(fileSalt).put(nonce);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key(fileSalt), new GCMParameterSpec(128, nonce));
            cipher.updateAAD(content.array());
            byte[] sealed = cipher.doFinal(JSON.writeValueAsBytes(root));
            AtomicFile.write(file, out -> {
                out.write(content.array());
                out.write(sealed);
            });
        } catch (IOException e) {
            throw new UncheckedIOException("the token file cannot be written: " + file, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES-GCM", e);
        }
    }

    private byte[] newSalt() {
        byte[] fresh = new byte[SALT];
        random.nextBytes(fresh);
        return fresh;
    }

    /** Deriving is slow on purpose, so the key is kept for as long as the salt is the same. */
    private SecretKeySpec key(byte[] fileSalt) throws GeneralSecurityException {
        if (key == null || !Arrays.equals(salt, fileSalt)) {
            PBEKeySpec spec = new PBEKeySpec(passphrase.reveal().toCharArray(), fileSalt, ITERATIONS, 256);
            byte[] derived = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
            key = new SecretKeySpec(derived, "AES");
            salt = fileSalt.clone();
        }
        return key;
    }

    private static ObjectNode json(StoredToken token) {
        ObjectNode node = JSON.createObjectNode();
        node.put("accessToken", token.accessToken().reveal());
        token.refreshToken().ifPresent(refresh -> node.put("refreshToken", refresh.reveal()));
        node.put("receivedAt", token.receivedAt().toString());
        token.expiresAt().ifPresent(end -> node.put("expiresAt", end.toString()));
        ObjectNode extra = node.putObject("extra");
        token.extra().forEach(extra::put);
        return node;
    }

    private static StoredToken token(JsonNode node) {
        Map<String, String> extra = new TreeMap<>();
        node.path("extra")
                .properties()
                .forEach(entry -> extra.put(entry.getKey(), entry.getValue().asText()));
        return new StoredToken(
                Secret.of(node.path("accessToken").asText()),
                node.hasNonNull("refreshToken")
                        ? Secret.of(node.get("refreshToken").asText())
                        : null,
                Instant.parse(node.path("receivedAt").asText()),
                node.hasNonNull("expiresAt")
                        ? Instant.parse(node.get("expiresAt").asText())
                        : null,
                extra);
    }

    private ConfigurationException unreadable() {
        return problem(
                "token-file",
                "the token file " + file.getFileName() + " was made with another key, or is damaged",
                "give the key it was made with, or delete it and authorize again");
    }

    private static ConfigurationException problem(String code, String message, String remedy) {
        return new ConfigurationException(List.of(Problem.of(code, "authorization.tokens", message, remedy)));
    }

    @Override
    public String toString() {
        return "tokens in " + file.getFileName();
    }
}
