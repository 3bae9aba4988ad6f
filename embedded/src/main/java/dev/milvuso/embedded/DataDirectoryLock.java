package dev.milvuso.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a data directory for one process. The lock is the operating system's: it ends with the process however that
 * dies, so that nothing is left to clear away after a crash.
 */
public final class DataDirectoryLock implements AutoCloseable {
    /** Those of this process: to open and close the file once more would give the lock away. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DataDirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Takes the directory, which is made if it is not there.
     *
     * @throws IllegalStateException naming the process that has it
     * @throws UncheckedIOException if the directory cannot be written
     */
    public static DataDirectoryLock take(Path directory) {
        try {
            Path real = Files.createDirectories(directory).toRealPath();
            if (!HELD.add(real)) {
                throw inUse(directory, ProcessHandle.current().pid() + ", this one");
            }
            try {
                return new DataDirectoryLock(real, lock(directory));
            } catch (IOException | RuntimeException e) {
                HELD.remove(real);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("data directory " + directory + " cannot be written: " + reason(e), e);
        }
    }

    /** The file system's own words are often the path alone. */
    private static String reason(IOException e) {
        if (e instanceof FileAlreadyExistsException) {
            return "a file is in its place";
        }
        return e instanceof AccessDeniedException denied
                ? "no permission for " + denied.getFile()
                : String.valueOf(e.getMessage());
    }

    private static FileChannel lock(Path directory) throws IOException {
        Path file = directory.resolve("milvuso.pid");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            throw inUse(directory, Files.readString(file).strip());
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)));
        return channel;
    }

    private static IllegalStateException inUse(Path directory, String process) {
        return new IllegalStateException("data directory " + directory + " is in use by process " + process
                + ": stop it or choose another directory");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the data directory's lock cannot be given back", e);
        } finally {
            HELD.remove(directory);
        }
    }
}
