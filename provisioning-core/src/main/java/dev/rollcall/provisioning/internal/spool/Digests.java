package dev.rollcall.provisioning.internal.spool;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The one digest that is used here. Thread-safe. */
public final class Digests {
    private Digests() {}

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
