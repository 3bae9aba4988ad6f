package dev.milvuso.benchmarks.cluster;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Signals to processes. */
final class Signal {
    private Signal() {}

    /**
     * @param name such as {@code STOP}
     * @throws IOException if it cannot be sent
     */
    static void send(String name, long pid) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).start();
        if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new IOException("kill -" + name + " " + pid + " did not succeed");
        }
    }

    /**
     * To those that this process or its children have started.
     *
     * @param program part of the executable's path and arguments
     */
    static void sendToChildren(String name, String program) throws IOException, InterruptedException {
        List<ProcessHandle> children;
        try (Stream<ProcessHandle> all = ProcessHandle.current().descendants()) {
            children = all.filter(child -> child.info().command().orElse("").contains(program))
                    .toList();
        }
        if (children.isEmpty()) {
            throw new IOException("no child runs " + program);
        }
        for (ProcessHandle child : children) {
            if (child.isAlive()) {
                send(name, child.pid());
            }
        }
    }
}
