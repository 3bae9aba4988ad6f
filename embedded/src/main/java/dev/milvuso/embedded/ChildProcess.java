package dev.milvuso.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A native server that does not outlive this process. It runs under a shell whose standard input is a pipe from here:
 * when this process dies, by {@code kill -9} too, the pipe closes and the shell ends the server within two seconds.
 */
final class ChildProcess implements AutoCloseable {
    /**
     * The reader of the pipe runs beside the server. Arguments: the signal that asks the server to end, the one that
     * makes it end, and the server's command line. Signals from a terminal are ignored: this process decides when.
     */
    private static final String SUPERVISOR = """
            ask=$1; force=$2; shift 2
            trap '' INT HUP
            exec 3<&0
            "$@" 3<&- </dev/null &
            server=$!
            trap 'kill -$ask $server' TERM
            (trap '' TERM; while read -r line; do :; done <&3
             kill -$ask $server; sleep 0.4; kill -$force $server; sleep 0.8; kill -KILL $server) 2>/dev/null &
            reader=$!
            exec 3<&- </dev/null
            while :; do wait $server; status=$?; kill -0 $server 2>/dev/null || break; done
            kill -KILL $reader 2>/dev/null
            exit $status
            """;

    private static final int STOP_SECONDS = 10;

    private final Process shell;
    private final Path log;

    private ChildProcess(Process shell, Path log) {
        this.shell = shell;
        this.log = log;
    }

    /**
     * @param ask name of the signal that asks the server to end in good order, such as {@code TERM}
     * @param force name of the signal that makes it end at once
     * @param log takes what the server prints
     */
    static ChildProcess start(String ask, String force, Path log, List<String> command) {
        List<String> line = new ArrayList<>();
        // A session of its own: Ctrl-C on the terminal reaches this process only, which then stops in its own order.
        if (isInstalled("setsid")) {
            line.add("setsid");
        }
        line.addAll(List.of("/bin/sh", "-c", SUPERVISOR, "supervisor", ask, force));
        line.addAll(command);
        try {
            Process shell = new ProcessBuilder(line)
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new ChildProcess(shell, log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command.get(0) + ": " + e.getMessage(), e);
        }
    }

    static boolean isInstalled(String program) {
        for (String directory :
                System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":", -1)) {
            if (Files.isExecutable(Path.of(directory, program))) {
                return true;
            }
        }
        return false;
    }

    boolean isAlive() {
        return shell.isAlive();
    }

    /** Waits for the end of one that ends by itself, and returns its exit status. */
    int await() {
        try {
            return shell.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new IllegalStateException("interrupted while waiting for what writes " + log, e);
        }
    }

    /** The last line that it has printed, and where the others are. */
    String lastWords() {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            String last = lines.filter(line -> !line.isBlank()).reduce("it has printed nothing", (one, next) -> next);
            return last.strip() + " (" + log + ")";
        } catch (IOException | UncheckedIOException e) {
            return "see " + log;
        }
    }

    /** Asks the server to end and waits; one that takes longer than ten seconds is made to. */
    @Override
    public void close() {
        // Not Process.destroy(): that closes the pipe as well, which leaves the server hardly any time to end.
        shell.toHandle().destroy();
        try {
            if (!shell.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                shell.getOutputStream().close();
                shell.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            shell.destroy();
        } catch (IOException e) {
            throw new UncheckedIOException("the pipe to " + shell.pid() + " cannot be closed", e);
        }
    }
}
