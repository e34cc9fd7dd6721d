package dev.rollcall.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Runs one of the programs in a process of its own:
 * {@code minimal|minimal-checked|rollcall|scale|scale-wrong-filter|connid-bulk|connid-lookup source ldapUrl bindDn password base times}. The last line
 * it prints is a time in milliseconds, the most memory that the process had in MB (0 where the system does not tell), and
 * what was written: the time since the process began if it runs once, else that of the last run, as in an application
 * that has been up for a while.
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
        String counts = run(arguments[0], settings);
        long took = System.currentTimeMillis() - began;
        Duration processor = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        System.out.println(took + " ms, of which the processor worked " + processor.toMillis() + ", with " + peak()
                + " MB at most: " + counts);
    }

    /** What Linux calls the high water mark of the resident set. */
    private static long peak() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    private static String run(String program, Settings settings) throws Exception {
        Path folder = Path.of(System.getProperty("benchmarks.folder", "."));
        return switch (program) {
            case "minimal" -> MinimalSync.run(settings, false).toString();
            case "minimal-checked" -> MinimalSync.run(settings, true).toString();
            case "rollcall" -> RollcallSync.run(settings).toString();
            case "scale" -> ScaleSync.run(settings, "(objectClass=inetOrgPerson)", folder);
            case "scale-wrong-filter" -> ScaleSync.run(settings, "(employeeType=nobody)", folder);
            case "connid-bulk" -> new ConnIdSync(settings).bulk().toString();
            case "connid-lookup" -> new ConnIdSync(settings).lookup().toString();
            default -> throw new IllegalArgumentException("no program is named " + program);
        };
    }
}
