package dev.milvuso.standalone.bench;

import dev.milvuso.config.Config;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call of a benchmark: what was asked for, and what must be gone when it ends, also when it is told to stop half
 * way. Safe for use by many threads.
 */
public final class Session implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final Map<String, String> values;
    private final List<String> configuration;
    private final Function<List<String>, Config> loader;
    private final PrintWriter progress;
    private final Path directory;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private boolean closed;

    /**
     * @param values of the options, by their names
     * @param configuration the options of the configuration, as the launcher takes them
     * @param loader makes the configuration, given settings that win over its own
     * @param progress takes lines that say how far it is
     */
    public Session(
            Map<String, String> values,
            List<String> configuration,
            Function<List<String>, Config> loader,
            PrintWriter progress) {
        this.values = Map.copyOf(values);
        this.configuration = List.copyOf(configuration);
        this.loader = loader;
        this.progress = progress;
        try {
            directory = Files.createTempDirectory("milvuso-bench");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary directory: " + e.getMessage(), e);
        }
    }

    /** The value of an option; "" if it has none. */
    public String text(String name) {
        return values.getOrDefault(name, "");
    }

    /** The value of an option that is a number. */
    public int number(String name) {
        return Integer.parseInt(text(name));
    }

    /** {@code --config} and {@code --set} as they were given, for a process that reads them itself. */
    public List<String> configuration() {
        return configuration;
    }

    /** @param further {@code section.key=value} each; they win over all else */
    public Config config(List<String> further) {
        return loader.apply(further);
    }

    /** Temporary, empty at first, deleted at the end. */
    public Path directory() {
        return directory;
    }

    /** Says how far it is: a line of its own. */
    public void say(String format, Object... arguments) {
        progress.println(String.format(Locale.ROOT, format, arguments));
    }

    /**
     * What is to be closed at the end, the last opened first.
     *
     * @throws IllegalStateException if it has ended already; the part is closed then
     */
    public <T extends AutoCloseable> T opened(T part) {
        synchronized (open) {
            if (!closed) {
                open.push(part);
                return part;
            }
        }
        close(part);
        throw new IllegalStateException("stopped");
    }

    /** Whether its end has begun: what fails from then on fails because of that. */
    public boolean isClosed() {
        synchronized (open) {
            return closed;
        }
    }

    /** May be called more than once; a second call waits for the first. */
    @Override
    public void close() {
        synchronized (open) {
            closed = true;
            while (!open.isEmpty()) {
                close(open.pop());
            }
            delete(directory);
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.warn("{} did not stop cleanly", part.getClass().getSimpleName(), e);
        }
    }

    /** Something that is still being written may come back while it goes, so a second look follows. */
    private static void delete(Path directory) {
        IOException fault = null;
        for (int attempt = 0; attempt < 5 && Files.exists(directory); attempt++) {
            try {
                Files.walkFileTree(directory, new Deletion());
                return;
            } catch (IOException e) {
                fault = e;
            }
        }
        if (fault != null) {
            LOG.warn("{} could not be deleted: {}", directory, fault.getMessage());
        }
    }

    /** Passes over what is gone already. */
    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException fault) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException fault) throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
