package dev.milvuso.vector.milvus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The Python package with Milvus in it, installed once under {@code vector-store/target}. Only one process at a time
 * installs.
 */
final class MilvusPackage {
    private static final String PINNED = "milvus==2.3.5";
    private static final int INSTALL_MINUTES = 10;

    private final Path home = repository().resolve("vector-store/target/milvus");

    /** Where everything is kept. */
    Path home() {
        return home;
    }

    /** Where the server is unpacked. */
    Path binaries() {
        return home.resolve("server");
    }

    /**
     * Installs the package if it is not there yet.
     *
     * @return the start of a command that runs Python with the package
     * @throws Missing if this machine cannot run it
     */
    Python install() throws Missing {
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (!system.equals("Linux amd64")) {
            throw new Missing("the Python package " + PINNED + " is for Linux on x86-64, this is " + system);
        }
        // The lock on the file is between processes; within one, a second thread would be refused rather than wait.
        synchronized (MilvusPackage.class) {
            return locked();
        }
    }

    private Python locked() throws Missing {
        try {
            Files.createDirectories(home);
            try (FileChannel channel =
                    FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                var unused = channel.lock();
                return installed();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + home, e);
        }
    }

    private Python installed() throws Missing, IOException {
        Path done = home.resolve("installed");
        Python isolated = new Python(home.resolve("venv/bin/python").toString(), Map.of());
        Python plain = new Python(
                "python3", Map.of("PYTHONPATH", home.resolve("packages").toString()));
        if (!Files.exists(done)) {
            run(plain, "python3 3.9 or newer", "-c", "import sys; assert sys.version_info >= (3, 9)");
            Files.writeString(done, venv(isolated, plain) ? "venv" : "packages", StandardOpenOption.CREATE);
        }
        return Files.readString(done).equals("venv") ? isolated : plain;
    }

    /** Some systems ship Python without venv; pip alone does then. */
    private boolean venv(Python isolated, Python plain) throws Missing {
        try {
            run(plain, "venv", "-m", "venv", home.resolve("venv").toString());
            run(isolated, "the package " + PINNED, "-m", "pip", "install", "--quiet", PINNED);
            return true;
        } catch (Missing e) {
            String target = home.resolve("packages").toString();
            run(
                    plain,
                    "the package " + PINNED,
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    "--no-deps",
                    "--target",
                    target,
                    PINNED);
            return false;
        }
    }

    private void run(Python python, String what, String... arguments) throws Missing {
        Path output = home.resolve("install.log");
        try {
            Process process = python.command(List.of(arguments))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new Missing(what + " was not installed within " + INSTALL_MINUTES + " minutes");
            }
            if (process.exitValue() != 0) {
                throw new Missing(what + " cannot be had, see " + output);
            }
        } catch (IOException e) {
            throw new Missing(what + " cannot be had: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Missing("interrupted while waiting for " + what);
        }
    }

    /** The program that {@link MilvusServer} starts. */
    Path script() {
        Path script = home.resolve("milvus_server.py");
        try (var resource = MilvusPackage.class.getResourceAsStream("milvus_server.py")) {
            if (resource == null) {
                throw new IllegalStateException("milvus_server.py is not on the class path");
            }
            Path fresh = Files.createTempFile(home, "milvus_server", ".py");
            Files.copy(resource, fresh, StandardCopyOption.REPLACE_EXISTING);
            return Files.move(fresh, script, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + script, e);
        }
    }

    /** Tests run in their module's folder; what is installed is shared by all modules. */
    private static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        for (Path at = folder; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("vector-store/pom.xml"))) {
                return at;
            }
        }
        throw new IllegalStateException(folder + " is not in a checkout of Milvuso");
    }

    /** A Python to run something with. */
    record Python(String program, Map<String, String> environment) {
        ProcessBuilder command(List<String> arguments) {
            ProcessBuilder builder = new ProcessBuilder(program);
            builder.command().addAll(arguments);
            builder.environment().putAll(environment);
            return builder;
        }
    }

    /** This machine cannot run the package. */
    static final class Missing extends Exception {
        private static final long serialVersionUID = 1;

        Missing(String reason) {
            super(reason);
        }
    }
}
