package dev.rollcall.connectortestkit;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** Listens to Log4j 2. Every logger is set to the finest level until it is closed. Thread-safe. */
final class Log4jTap extends AbstractAppender implements LogCapture.Tap {
    private static final String NAME = "rollcall-testkit";

    private final LoggerContext log4j;
    private final BiConsumer<String, String> heard;
    private final Map<LoggerConfig, Level> levels = new LinkedHashMap<>();

    private Log4jTap(LoggerContext log4j, BiConsumer<String, String> heard) {
        super(NAME, null, null, false, Property.EMPTY_ARRAY);
        this.log4j = log4j;
        this.heard = heard;
    }

    static Log4jTap open(BiConsumer<String, String> heard) {
        Log4jTap tap = new Log4jTap((LoggerContext) LogManager.getContext(false), heard);
        tap.start();
        Configuration configuration = tap.log4j.getConfiguration();
        Set<LoggerConfig> loggers =
                new LinkedHashSet<>(configuration.getLoggers().values());
        loggers.add(configuration.getRootLogger()); // not in the list where none is configured
        loggers.forEach(tap::listen);
        tap.log4j.updateLoggers();
        return tap;
    }

    private void listen(LoggerConfig logger) {
        if (logger.getParent() == null || !logger.isAdditive()) {
            logger.addAppender(this, Level.ALL, null);
        }
        levels.put(logger, logger.getLevel());
        logger.setLevel(Level.ALL);
    }

    @Override
    public void append(LogEvent event) {
        heard.accept(
                "logger " + event.getLoggerName() + " of Log4j at " + event.getLevel(),
                LogCapture.text(
                        event.getMessage().getFormattedMessage() + " " + event.getContextData(), event.getThrown()));
    }

    @Override
    public void close() {
        levels.forEach((logger, level) -> {
            logger.removeAppender(NAME);
            logger.setLevel(level);
        });
        log4j.updateLoggers();
        stop();
    }
}
