package dev.rollcall.benchmarks;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Runs one of the programs in a process of its own:
 * {@code minimal|rollcall|connid-bulk|connid-lookup source ldapUrl bindDn password base times}. The last line it prints is
 * a time in milliseconds, and what was written: the time since the process began if it runs once, else that of the last
 * run, as in an application that has been up for a while.
 */
final class Program {
    private Program() {}

    public static void main(String[] arguments) throws Exception {
        Settings settings = new Settings(arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]);
        int times = Integer.parseInt(arguments[6]);
        long began = ManagementFactory.getRuntimeMXBean().getStartTime();
        for (int left = times; left > 1; left--) {
            run(arguments[0], settings);
            began = System.currentTimeMillis();
        }
        Counts counts = run(arguments[0], settings);
        long took = System.currentTimeMillis() - began;
        Duration processor = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        System.out.println(took + " ms, of which the processor worked " + processor.toMillis() + ": " + counts);
    }

    private static Counts run(String program, Settings settings) throws Exception {
        return switch (program) {
            case "minimal" -> MinimalSync.run(settings);
            case "rollcall" -> RollcallSync.run(settings);
            case "connid-bulk" -> new ConnIdSync(settings).bulk();
            case "connid-lookup" -> new ConnIdSync(settings).lookup();
            default -> throw new IllegalArgumentException("no program is named " + program);
        };
    }
}
