package dev.rollcall.benchmarks;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Runs one of the two in a process of its own: {@code minimal|rollcall source ldapUrl bindDn password base}. The last
 * line it prints is the time since the process began, in milliseconds, and what was written.
 */
final class Program {
    private Program() {}

    public static void main(String[] arguments) throws Exception {
        Settings settings = new Settings(arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]);
        Counts counts = arguments[0].equals("minimal") ? MinimalSync.run(settings) : RollcallSync.run(settings);
        long began = ManagementFactory.getRuntimeMXBean().getStartTime();
        Duration processor = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        System.out.println((System.currentTimeMillis() - began) + " ms, of which the processor worked "
                + processor.toMillis() + ": " + counts);
    }
}
