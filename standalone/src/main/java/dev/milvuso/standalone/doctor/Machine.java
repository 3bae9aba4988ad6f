package dev.milvuso.standalone.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What the machine must have for everything to run on it. */
public final class Machine {
    private static final int LEAST_JAVA = 17;
    private static final long LEAST_DISK_BYTES = 2L << 30;
    private static final long LEAST_MEMORY_BYTES = 2L << 30;

    private Machine() {}

    /** @param data folder of the data, there or not yet */
    public static List<Finding> look(Path data) {
        return List.of(java(), processors(), memory(), disk(data));
    }

    private static Finding java() {
        int version = Runtime.version().feature();
        String text = Runtime.version() + " in " + System.getProperty("java.home");
        return version >= LEAST_JAVA
                ? Finding.good("java", text)
                : Finding.fault("java", text + ": set JAVA_HOME to a JDK " + LEAST_JAVA + " or newer");
    }

    private static Finding processors() {
        int count = Runtime.getRuntime().availableProcessors();
        return count >= 2
                ? Finding.good("processors", String.valueOf(count))
                : Finding.notice("processors", count + ": works, but starts slowly; 2 or more are better");
    }

    private static Finding memory() {
        long total =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        return total >= LEAST_MEMORY_BYTES
                ? Finding.good("memory", gibibytes(total) + " in all")
                : Finding.fault("memory", gibibytes(total) + " in all: everything in one process needs 2 GiB");
    }

    private static Finding disk(Path data) {
        Path there = data.toAbsolutePath().normalize();
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there) || !Files.isWritable(there)) {
            return Finding.fault("disk", there + " is no folder that can be written: choose another with --data-dir");
        }
        try {
            long free = Files.getFileStore(there).getUsableSpace();
            return free >= LEAST_DISK_BYTES
                    ? Finding.good("disk", gibibytes(free) + " free in " + there)
                    : Finding.fault("disk", gibibytes(free) + " free in " + there + ": Kafka's log needs 2 GiB");
        } catch (IOException e) {
            return Finding.fault("disk", there + " cannot be looked at: " + e.getMessage());
        }
    }

    private static String gibibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1 << 30));
    }
}
