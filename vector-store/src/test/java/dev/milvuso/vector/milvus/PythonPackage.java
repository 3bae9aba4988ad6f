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
import java.util.stream.Stream;

/**
 * Python packages with a server in them, installed once under {@code vector-store/target}, by one process at a time.
 */
final class PythonPackage {
    private static final int INSTALL_MINUTES = 10;

    private final Path home;
    private final String program;
    private final List<String> options;
    private final List<String> pinned;
    private final String what;

    /**
     * @param folder of its own under {@code target}
     * @param program that starts the server, beside this class
     * @param options for pip where packages are put into a plain folder
     * @param pinned with their versions
     */
    private PythonPackage(String folder, String program, List<String> options, String... pinned) {
        this.home = repository().resolve("vector-store/target").resolve(folder);
        this.program = program;
        this.options = Stream.concat(options.stream(), Stream.of(pinned)).toList();
        this.pinned = List.of(pinned);
        this.what = "the Python package " + pinned[0];
    }

    /** A whole server. What its package depends on is for clients. */
    static PythonPackage milvus() {
        return new PythonPackage("milvus", "milvus_server.py", List.of("--no-deps"), "milvus==2.3.5");
    }

    /** Its protocol is in the other package, which it does not ask for. */
    static PythonPackage milvusLite() {
        return new PythonPackage(
                "milvus-lite", "milvus_lite_server.py", List.of(), "milvus-lite==3.2.2", "pymilvus==3.0.2");
    }

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
            throw new Missing(what + " is for Linux on x86-64, this is " + system);
        }
        // The lock on the file is between processes; within one, a second thread would be refused rather than wait.
        synchronized (PythonPackage.class) {
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
            run(isolated, what, arguments(List.of("-m", "pip", "install", "--quiet"), pinned));
            return true;
        } catch (Missing e) {
            String target = home.resolve("packages").toString();
            run(plain, what, arguments(List.of("-m", "pip", "install", "--quiet", "--target", target), options));
            return false;
        }
    }

    private static String[] arguments(List<String> first, List<String> further) {
        return Stream.concat(first.stream(), further.stream()).toArray(String[]::new);
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

    /** The program that starts the server. */
    Path script() {
        Path script = home.resolve(program);
        try (var resource = PythonPackage.class.getResourceAsStream(program)) {
            if (resource == null) {
                throw new IllegalStateException(program + " is not on the class path");
            }
            Path fresh = Files.createTempFile(home, "server", ".py");
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
