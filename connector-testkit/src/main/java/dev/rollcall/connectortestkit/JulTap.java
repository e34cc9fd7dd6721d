package dev.rollcall.connectortestkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Listens to java.util.logging, on which {@code System.Logger} and slf4j-jdk14 write too. Every logger is set to the finest
 * level until it is closed. Thread-safe.
 */
final class JulTap extends Handler implements LogCapture.Tap {
    /** The kit's own server logs every request that it gets. */
    private static final String OURS = "com.sun.net.httpserver";

    private final BiConsumer<String, String> heard;
    private final Map<Logger, @Nullable Level> levels = new LinkedHashMap<>();

    private JulTap(BiConsumer<String, String> heard) {
        this.heard = heard;
        setLevel(Level.ALL);
        setFormatter(new SimpleFormatter());
    }

    static JulTap open(BiConsumer<String, String> heard) {
        JulTap tap = new JulTap(heard);
        loggers().forEach(tap::listen);
        return tap;
    }

    private static List<Logger> loggers() {
        List<Logger> loggers = new ArrayList<>();
        for (String name : Collections.list(LogManager.getLogManager().getLoggerNames())) {
            Logger logger = LogManager.getLogManager().getLogger(name);
            if (logger != null && !name.startsWith(OURS)) {
                loggers.add(logger);
            }
        }
        return loggers;
    }

    private void listen(Logger logger) {
        boolean isRoot = logger.getParent() == null;
        if (isRoot || !logger.getUseParentHandlers()) {
            logger.addHandler(this);
        }
        if (isRoot || logger.getLevel() != null) {
            levels.put(logger, logger.getLevel());
            logger.setLevel(Level.ALL);
        }
    }

    @Override
    public void publish(@Nullable LogRecord event) {
        if (event != null && !String.valueOf(event.getLoggerName()).startsWith(OURS)) {
            heard.accept(
                    "logger " + event.getLoggerName() + " of java.util.logging at " + event.getLevel(),
                    LogCapture.text(getFormatter().formatMessage(event), event.getThrown()));
        }
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        loggers().forEach(logger -> logger.removeHandler(this));
        levels.forEach(Logger::setLevel);
    }
}
