package dev.milvuso.server;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** Native servers that this process has started: frozen, they are there and answer nothing. */
final class ChildProcesses {
    private ChildProcesses() {}

    /** @param program end of the executable's path, such as {@code bin/postgres} */
    static void freeze(String program) throws Exception {
        signal("STOP", program);
    }

    static void thaw(String program) throws Exception {
        signal("CONT", program);
    }

    private static void signal(String name, String program) throws Exception {
        List<String> pids = ProcessHandle.current()
                .descendants()
                .filter(child -> child.info().command().orElse("").contains(program))
                .map(child -> String.valueOf(child.pid()))
                .toList();
        if (pids.isEmpty()) {
            throw new IllegalStateException("no child runs " + program);
        }
        for (String pid : pids) {
            new ProcessBuilder("kill", "-" + name, pid).start().waitFor(10, TimeUnit.SECONDS);
        }
    }
}
