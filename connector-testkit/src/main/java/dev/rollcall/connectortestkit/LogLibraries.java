package dev.rollcall.connectortestkit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Which logging libraries are on the class path; the kit brings none along. Thread-safe. */
final class LogLibraries {
    private LogLibraries() {}

    private static boolean isPresent(String name) {
        try {
            Class.forName(name, false, LogLibraries.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static boolean hasSlf4j() {
        return isPresent("org.slf4j.LoggerFactory");
    }

    /** {@return whether SLF4J writes to Logback} */
    static boolean hasLogback() {
        String logback = "ch.qos.logback.classic.LoggerContext";
        return hasSlf4j() && isPresent(logback) && Slf4j.backend().equals(logback);
    }

    /** {@return whether Log4j's API writes to Log4j's core} */
    static boolean hasLog4j() {
        return isPresent("org.apache.logging.log4j.core.LoggerContext") && Log4j.isCore();
    }

    /**
     * {@return for each way of logging that is there, what logs a line at the finest level}
     *
     * @param logger the name of the logger
     */
    static Map<String, Consumer<String>> ways(String logger) {
        Map<String, Consumer<String>> ways = new LinkedHashMap<>();
        ways.put("java.util.logging", java.util.logging.Logger.getLogger(logger)::finest);
        System.Logger system = System.getLogger(logger);
        ways.put("System.Logger", line -> system.log(System.Logger.Level.TRACE, line));
        if (hasSlf4j()) {
            ways.put("SLF4J (" + Slf4j.backend() + ")", line -> Slf4j.trace(logger, line));
        }
        if (isPresent("org.apache.logging.log4j.LogManager")) {
            ways.put("Log4j", line -> Log4j.trace(logger, line));
        }
        return ways;
    }

    /** A class of its own: it is loaded only where SLF4J is. */
    private static final class Slf4j {
        static String backend() {
            return org.slf4j.LoggerFactory.getILoggerFactory().getClass().getName();
        }

        static void trace(String logger, String line) {
            org.slf4j.LoggerFactory.getLogger(logger).trace(line);
        }
    }

    /** A class of its own: it is loaded only where Log4j is. */
    private static final class Log4j {
        static boolean isCore() {
            return org.apache.logging.log4j.LogManager.getContext(false)
                    instanceof org.apache.logging.log4j.core.LoggerContext;
        }

        static void trace(String logger, String line) {
            org.apache.logging.log4j.LogManager.getLogger(logger).trace(line);
        }
    }
}
