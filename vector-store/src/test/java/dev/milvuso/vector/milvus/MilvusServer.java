package dev.milvuso.vector.milvus;

import dev.milvuso.config.ConfigLoader;
import dev.milvuso.config.MilvusConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * A real Milvus on a free port of loopback, with empty data. It ends when this JVM does, in whichever way. The program
 * {@code milvus_server.py} starts it and says how.
 */
public final class MilvusServer implements AutoCloseable {
    private static final int STOP_SECONDS = 15;

    /** Address of a Milvus, of another version for example, to be used instead of starting the shared one. */
    private static final String GIVEN = "MILVUSO_TEST_MILVUS_URI";

    private static final Shared MILVUS = new Shared(() -> {
        String given = System.getenv(GIVEN);
        return given == null ? start() : new MilvusServer(null, given);
    });
    private static final Shared LITE = new Shared(() -> started(PythonPackage.milvusLite(), List.of()));

    private final @Nullable Starter starter;
    private final String uri;
    private @Nullable Process process;

    private MilvusServer(@Nullable Starter starter, String uri) {
        this.starter = starter;
        this.uri = uri;
        this.process = starter == null ? null : starter.process;
    }

    /** Runs the program. */
    private static final class Starter {
        private final PythonPackage.Python python;
        private final List<String> arguments;
        private final Path data;
        private Process process;

        private Starter(PythonPackage.Python python, List<String> arguments, Path data) throws IOException {
            this.python = python;
            this.arguments = arguments;
            this.data = data;
            this.process = start();
        }

        private Process start() throws IOException {
            process = python.command(arguments)
                    .redirectError(data.resolve("stderr").toFile())
                    .start();
            return process;
        }
    }

    /**
     * The one that all tests of this JVM use, each with collections of its own. Started by the first.
     *
     * @throws TestAbortedException if this machine has no Python or cannot get the package, which skips the test; under
     *     {@code CI=true} it is an {@link IllegalStateException} instead
     */
    public static MilvusServer shared() {
        return MILVUS.get();
    }

    /** A Milvus Lite in the same way, for what Milvus 2.3 cannot do. */
    public static MilvusServer lite() {
        return LITE.get();
    }

    /** What has failed once is not tried, and waited for, by every test. */
    private static final class Shared {
        private final Supplier<MilvusServer> start;
        private @Nullable MilvusServer server;
        private @Nullable Supplier<RuntimeException> failure;

        private Shared(Supplier<MilvusServer> start) {
            this.start = start;
        }

        private synchronized MilvusServer get() {
            if (failure != null) {
                throw failure.get();
            }
            if (server == null) {
                try {
                    server = start.get();
                } catch (RuntimeException e) {
                    String reason = String.valueOf(e.getMessage());
                    failure = e instanceof TestAbortedException
                            ? () -> new TestAbortedException(reason)
                            : () -> new IllegalStateException(reason);
                    throw e;
                }
            }
            return server;
        }
    }

    /**
     * Starts one that the caller closes.
     *
     * @param options {@code --authorization} for one that asks for a user, of whom there is root with password Milvus;
     *     more stand in {@code milvus_server.py}
     * @throws TestAbortedException as {@link #shared} does
     */
    public static MilvusServer start(String... options) {
        PythonPackage installed = PythonPackage.milvus();
        List<String> arguments = new ArrayList<>(List.of(installed.binaries().toString()));
        arguments.addAll(List.of(options));
        return started(installed, arguments);
    }

    /** One after the other, since the first unpacks what all run. */
    private static synchronized MilvusServer started(PythonPackage installed, List<String> options) {
        try {
            PythonPackage.Python python = installed.install();
            Path data = Files.createTempDirectory(installed.home(), "data");
            List<String> arguments = new ArrayList<>(List.of(installed.script().toString(), data.toString()));
            arguments.addAll(options);
            Starter starter = new Starter(python, arguments, data);
            String scheme = options.contains("--tls") ? "https" : "http";
            return new MilvusServer(starter, scheme + "://127.0.0.1:" + port(starter.process, data));
        } catch (PythonPackage.Missing e) {
            throw skipped("no Milvus for the tests: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start Milvus", e);
        }
    }

    private static int port(Process process, Path data) throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        if (line == null || !line.startsWith("ready ")) {
            process.destroy();
            throw new IllegalStateException("Milvus has not started: "
                    + Files.readString(data.resolve("stderr")).strip());
        }
        return Integer.parseInt(line.substring("ready ".length()));
    }

    private static RuntimeException skipped(String reason) {
        if ("true".equals(System.getenv("CI"))) {
            return new IllegalStateException(reason + " (CI=true: tests of Milvus must not be skipped)");
        }
        System.err.println("SKIPPED: " + reason);
        return new TestAbortedException(reason);
    }

    /** For {@code milvus.uri}. */
    public String uri() {
        return uri;
    }

    /**
     * The shipped configuration with this server's address and a long wait for it, as a busy machine needs, then the
     * given {@code key=value} of {@code [milvus]}.
     */
    public MilvusConfig config(String... settings) {
        List<String> all =
                new ArrayList<>(List.of("milvus.backend=milvus", "milvus.uri=" + uri(), "milvus.call_timeout=60s"));
        for (String setting : settings) {
            all.add("milvus." + setting);
        }
        return ConfigLoader.load(Optional.empty(), Map.of(), all).milvus();
    }

    private void signal(String name) {
        String server = Long.toString(Objects.requireNonNull(process, "a server that was not started here")
                .children()
                .findAny()
                .orElseThrow()
                .pid());
        try {
            int result = new ProcessBuilder("kill", "-" + name, server).start().waitFor();
            if (result != 0) {
                throw new IllegalStateException("kill -" + name + " of the server gave " + result);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot signal the server", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** From now on it answers nothing. */
    public void halt() {
        signal("STOP");
    }

    /** After {@link #halt}. */
    public void goOn() {
        signal("CONT");
    }

    /** As a loss of power would, but for the disk. */
    public void kill() {
        signal("KILL");
    }

    /** Starts it once more after {@link #kill}, on the same address and data. */
    public void restart() {
        Starter again = Objects.requireNonNull(starter, "a server that was not started here");
        try {
            if (!again.process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the server that was killed has not ended");
            }
            process = again.start();
            port(again.process, again.data);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start Milvus again", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** Ends the server; what it held is gone. */
    public void stop() {
        if (process == null) {
            return;
        }
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop Milvus", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
