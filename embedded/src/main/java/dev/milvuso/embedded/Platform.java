package dev.milvuso.embedded;

import java.util.Locale;

/** The operating system and processor, in the words of the binaries' names. */
record Platform(String system, boolean isArm) {
    /** @throws IllegalStateException where there are no binaries */
    static Platform current() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch");
        boolean arm = processor.equals("aarch64");
        String system = name.contains("linux") ? "linux" : name.contains("mac") ? "darwin" : "";
        if (system.isEmpty() || !(arm || processor.equals("amd64") || processor.equals("x86_64"))) {
            throw new IllegalStateException(
                    "the embedded servers run on Linux and macOS, x86-64 and arm64, not on " + name + " " + processor);
        }
        return new Platform(system, arm);
    }

    boolean isLinux() {
        return system.equals("linux");
    }
}
