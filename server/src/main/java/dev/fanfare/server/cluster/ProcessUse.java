package dev.fanfare.server.cluster;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the process takes from its machine; 0 where the system does not tell.
 *
 * @param cpu percent of all processors
 * @param memory resident, in bytes
 */
public record ProcessUse(long cpu, long memory) {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /** Linux's own account of this process; see proc(5). */
    private static final Path STATUS = Path.of("/proc/self/status");

    static ProcessUse now() {
        return new ProcessUse(
                Math.round(100 * Math.max(0, SYSTEM.getProcessCpuLoad())), residentBytes());
    }

    private static long residentBytes() {
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException noLinux) {
            return 0;
        }
    }
}
