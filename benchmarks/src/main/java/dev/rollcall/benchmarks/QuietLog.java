package dev.rollcall.benchmarks;

import org.identityconnectors.common.logging.Log;
import org.identityconnectors.common.logging.LogSpi;
import org.jspecify.annotations.Nullable;

/** Keeps ConnId from printing every object, which is what it does by default and would make it look slow. Stateless. */
public final class QuietLog implements LogSpi {
    @Override
    public void log(
            Class<?> clazz, String method, Log.Level level, @Nullable String message, @Nullable Throwable thrown) {
        // quiet
    }

    @Override
    public void log(
            Class<?> clazz,
            StackTraceElement caller,
            Log.Level level,
            @Nullable String message,
            @Nullable Throwable thrown) {
        // quiet
    }

    @Override
    public boolean isLoggable(Class<?> clazz, Log.Level level) {
        return false;
    }

    @Override
    public boolean needToInferCaller(Class<?> clazz, Log.Level level) {
        return false;
    }
}
