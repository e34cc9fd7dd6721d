package dev.rollcall.rest.internal.http;

import dev.rollcall.connector.FailureKind;
import java.io.IOException;

/** A file of a {@code file:} URL that cannot be read as a whole. */
final class FileFault extends IOException {
    private static final long serialVersionUID = 1L;

    private final FailureKind kind;
    private final String remedy;

    /** @param message names the file */
    FileFault(FailureKind kind, String message, String remedy) {
        super(message);
        this.kind = kind;
        this.remedy = remedy;
    }

    FailureKind kind() {
        return kind;
    }

    String remedy() {
        return remedy;
    }
}
