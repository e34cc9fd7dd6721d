package dev.rollcall.provisioning;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The one digest that is used here. Thread-safe. */
final class Digests {
    private Digests() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
