package dev.rollcall.state.jdbc;

import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import dev.rollcall.provisioning.state.StateException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/** What a failure of a database means, and what to do about it. Stateless, and thus thread-safe. */
final class SqlFailures {
    /** SQLite's extended result codes have the primary one in their last byte. */
    private static final int PRIMARY = 0xff;

    private static final int FIRST_LINE = 300;

    private record Meaning(FailureKind kind, String code, String remedy) {}

    private SqlFailures() {}

    /**
     * An exception for what a database, its driver, or its pool threw.
     *
     * @param doing what was tried, such as {@code cannot record changes}
     * @param place the database
     */
    static StateException of(String doing, String place, Throwable failure) {
        Throwable cause = decisive(failure);
        Meaning meaning = cause instanceof SQLException sql
                ? meaning(sql)
                : new Meaning(FailureKind.UNAVAILABLE, "state-unreadable", "let the process read and write this place");
        String message = place + ": " + doing + ": " + said(cause);
        return new StateException(
                meaning.kind(), Problem.of(meaning.code(), "state", message, meaning.remedy()), cause);
    }

    /** An exception for what Flyway threw. */
    static StateException migrating(String place, FlywayException failure) {
        if (decisive(failure) instanceof SQLException sql) {
            return of("the tables cannot be migrated", place, sql);
        }
        return new StateException(
                FailureKind.REJECTED,
                Problem.of(
                        "state-schema-differs",
                        "state",
                        place + ": the tables are not those that this version creates: " + said(failure),
                        "restore the tables and their history (" + Schema.HISTORY + ") from a backup, or use another"
                                + " schema or folder"),
                failure);
    }

    /** A pool and Flyway wrap what the database said; of a server that cannot be reached the driver says more than its socket. */
    private static Throwable decisive(Throwable failure) {
        Throwable said = null;
        Throwable file = null;
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof SQLException sql && (sql.getSQLState() != null || sql.getErrorCode() != 0)) {
                said = each;
            } else if (each instanceof IOException) {
                file = each;
            }
        }
        return said != null ? said : Objects.requireNonNullElse(file, failure);
    }

    private static String said(Throwable failure) {
        String message = Optional.ofNullable(failure.getMessage())
                .orElse(failure.getClass().getSimpleName());
        String line = message.strip().lines().findFirst().orElse("");
        return line.length() <= FIRST_LINE ? line : line.substring(0, FIRST_LINE);
    }

    private static Meaning meaning(SQLException failure) {
        String state = failure.getSQLState();
        Meaning meaning = state == null || state.isEmpty() ? null : ofState(state);
        if (meaning == null) {
            meaning = ofSqlite(failure);
        }
        return meaning == null
                ? new Meaning(FailureKind.REJECTED, "state-refused", "look at the database's own log")
                : meaning;
    }

    private static @Nullable Meaning ofState(String state) {
        return switch (state) {
            case "28P01", "28000" ->
                new Meaning(FailureKind.UNAUTHORIZED, "state-login", "check user and password, and pg_hba.conf");
            case "3D000" ->
                new Meaning(
                        FailureKind.NOT_FOUND,
                        "state-no-database",
                        "create the database, or correct its name in the URL");
            case "42501" ->
                new Meaning(
                        FailureKind.FORBIDDEN,
                        "state-rights",
                        "grant this right to the user; it needs create on the database or schema to migrate, and"
                                + " select, insert, update and delete on the tables");
            case "25006" ->
                new Meaning(
                        FailureKind.FORBIDDEN, "state-read-only", "connect to the primary server, not to a standby");
            case "42P01", "42703", "3F000" ->
                new Meaning(
                        FailureKind.UNSUPPORTED,
                        "state-schema-old",
                        "create or upgrade the tables: with migrate: migrate, or with the scripts in the jar");
            case "53100" -> new Meaning(FailureKind.UNAVAILABLE, "state-full", "free space on the server's disk");
            case "53300" ->
                new Meaning(FailureKind.UNAVAILABLE, "state-connections", "raise max_connections of the server");
            default -> ofClass(state.substring(0, 2));
        };
    }

    private static @Nullable Meaning ofClass(String start) {
        return switch (start) {
            case "08" ->
                new Meaning(
                        FailureKind.UNAVAILABLE, "state-unreachable", "check that the server runs, and its address");
            case "40", "55", "57" -> new Meaning(FailureKind.UNAVAILABLE, "state-busy", "try again");
            default -> null;
        };
    }

    private static @Nullable Meaning ofSqlite(SQLException failure) {
        return switch (failure.getErrorCode() & PRIMARY) {
            case 1 ->
                String.valueOf(failure.getMessage()).contains("no such")
                        ? new Meaning(
                                FailureKind.UNSUPPORTED,
                                "state-schema-old",
                                "create or upgrade the tables: with migrate: migrate, or with the scripts in the jar")
                        : null;
            case 5, 6 ->
                new Meaning(
                        FailureKind.UNAVAILABLE,
                        "state-locked",
                        "wait until the other program that writes to it has finished, or end that program");
            case 8 ->
                new Meaning(FailureKind.FORBIDDEN, "state-read-only", "let the process write this file and its folder");
            case 10 ->
                new Meaning(FailureKind.UNAVAILABLE, "state-disk", "check the disk; a network file system will not do");
            case 11, 26 ->
                new Meaning(
                        FailureKind.MALFORMED_RESPONSE,
                        "state-damaged",
                        "restore the file from a backup; without one move it away, which loses the journal and the keys"
                                + " seen so far");
            case 13 -> new Meaning(FailureKind.UNAVAILABLE, "state-full", "free space on the disk");
            case 14 ->
                new Meaning(FailureKind.FORBIDDEN, "state-unreadable", "let the process read and write this folder");
            default -> null;
        };
    }
}
