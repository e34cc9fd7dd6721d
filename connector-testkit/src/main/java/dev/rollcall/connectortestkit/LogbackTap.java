package dev.rollcall.connectortestkit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Listens to Logback. Every logger is set to TRACE until it is closed. Thread-safe. */
final class LogbackTap extends AppenderBase<ILoggingEvent> implements LogCapture.Tap {
    private final LoggerContext logback;
    private final BiConsumer<String, String> heard;
    private final Map<Logger, @Nullable Level> levels = new LinkedHashMap<>();

    private LogbackTap(LoggerContext logback, BiConsumer<String, String> heard) {
        this.logback = logback;
        this.heard = heard;
        setContext(logback);
    }

    static LogbackTap open(BiConsumer<String, String> heard) {
        LogbackTap tap = new LogbackTap((LoggerContext) LoggerFactory.getILoggerFactory(), heard);
        tap.start();
        tap.logback.getLoggerList().forEach(tap::listen);
        return tap;
    }

    private void listen(Logger logger) {
        boolean isRoot = logger.getName().equals(Logger.ROOT_LOGGER_NAME);
        if (isRoot || !logger.isAdditive()) {
            logger.addAppender(this);
        }
        if (logger.getLevel() != null) {
            levels.put(logger, logger.getLevel());
            logger.setLevel(Level.TRACE);
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        heard.accept(
                "logger " + event.getLoggerName() + " of Logback at " + event.getLevel(),
                event.getFormattedMessage() + " " + event.getMDCPropertyMap() + " " + event.getKeyValuePairs()
                        + (thrown == null ? "" : "\n" + ThrowableProxyUtil.asString(thrown)));
    }

    @Override
    public void close() {
        logback.getLoggerList().forEach(logger -> logger.detachAppender(this));
        levels.forEach(Logger::setLevel);
        stop();
    }
}
