package dev.rollcall.benchmarks;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Runs one of the programs in a process of its own:
 * {@code minimal|rollcall|connid-bulk|connid-lookup source ldapUrl bindDn password base}. The last line it prints is the
 * time since the process began, in milliseconds, and what was written.
 */
final class Program {
    private Program() {}

    public static void main(String[] arguments) throws Exception {
        Settings settings = new Settings(arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]);
        Counts counts = switch (arguments[0]) {
            case "minimal" -> MinimalSync.run(settings);
            case "rollcall" -> RollcallSync.run(settings);
            case "connid-bulk" -> new ConnIdSync(settings).bulk();
            case "connid-lookup" -> new ConnIdSync(settings).lookup();
            default -> throw new IllegalArgumentException("no program is named " + arguments[0]);
        };
        long began = ManagementFactory.getRuntimeMXBean().getStartTime();
        Duration processor = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        System.out.println((System.currentTimeMillis() - began) + " ms, of which the processor worked "
                + processor.toMillis() + ": " + counts);
    }
}
