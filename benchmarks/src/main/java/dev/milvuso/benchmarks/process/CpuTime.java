package dev.milvuso.benchmarks.process;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * CPU time of this process without its just-in-time compiler, which goes on for a minute after a start, now in one run
 * and now in the other, and without the threads with which the benchmark looks how far a run is. Where the system has
 * no {@code /proc}, they count.
 */
public final class CpuTime {
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final Path THREADS = Path.of("/proc/self/task");

    /** As Linux cuts their names: two compilers, the main thread, the client that looks into the topic. */
    private static final List<String> UNCOUNTED = List.of("C1 Comp", "C2 Comp", "java)", "kafka-admin-cli");

    /** Linux counts in hundredths of a second, whatever the machine. */
    private static final long NANOS_PER_TICK = TimeUnit.MILLISECONDS.toNanos(10);

    /** User and system time in {@code /proc/…/stat}, counted behind the name. */
    private static final List<Integer> TICKS = List.of(11, 12);

    private CpuTime() {}

    public static long nanos() {
        return PROCESS.getProcessCpuTime() - uncounted();
    }

    private static long uncounted() {
        if (!Files.isDirectory(THREADS)) {
            return 0;
        }
        try (Stream<Path> threads = Files.list(THREADS)) {
            return threads.mapToLong(CpuTime::ofUncounted).sum();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + THREADS, e);
        }
    }

    private static long ofUncounted(Path thread) {
        try {
            String line = Files.readString(thread.resolve("stat"));
            int name = line.indexOf('(') + 1;
            if (UNCOUNTED.stream().noneMatch(one -> line.startsWith(one, name))) {
                return 0;
            }
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            return TICKS.stream().mapToLong(at -> Long.parseLong(fields[at])).sum() * NANOS_PER_TICK;
        } catch (NoSuchFileException e) {
            return 0; // It has ended since.
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + thread, e);
        }
    }
}
