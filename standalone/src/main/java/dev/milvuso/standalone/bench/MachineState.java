package dev.milvuso.standalone.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** On what figures were taken, and how busy it was before and after. */
public final class MachineState {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final double loadBefore = SYSTEM.getSystemLoadAverage();

    /** Loads are averages of a minute; -1 where the system has none. */
    public Map<String, Object> now() {
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("cpu", processor());
        machine.put("cores", Runtime.getRuntime().availableProcessors());
        machine.put("memory_bytes", SYSTEM.getTotalMemorySize());
        machine.put("jdk", System.getProperty("java.vm.name") + " " + Runtime.version());
        machine.put("os", SYSTEM.getName() + " " + SYSTEM.getVersion() + " " + SYSTEM.getArch());
        machine.put("load_before", loadBefore);
        machine.put("load_after", SYSTEM.getSystemLoadAverage());
        return machine;
    }

    /** Its name where the system tells it, its architecture elsewhere. */
    private static String processor() {
        if (!Files.isReadable(PROCESSORS)) {
            return SYSTEM.getArch();
        }
        try (Stream<String> lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(SYSTEM.getArch());
        } catch (IOException e) {
            return SYSTEM.getArch();
        }
    }
}
