package dev.milvuso.trainer.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** That no other run writes the same checkpoint. It ends with the process, whatever ends that. */
final class CheckpointLock {
    private final Path file;
    private final FileChannel channel;

    private CheckpointLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Makes the folder too, if it is missing.
     *
     * @throws IllegalArgumentException if another run has it
     * @throws UncheckedIOException if the disk refuses
     */
    static CheckpointLock of(Path checkpoint) {
        Path place = checkpoint.toAbsolutePath().normalize();
        Path file = place.resolveSibling(place.getFileName() + ".lock");
        try {
            Files.createDirectories(place.resolveSibling("."));
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw new IllegalArgumentException(checkpoint
                        + " is written by another run: wait for its end, or name another folder for the model");
            }
            return new CheckpointLock(file, channel);
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoint cannot be written to " + checkpoint + ": " + e, e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException ofThisProcess) {
            return null;
        }
    }

    void close() {
        try (channel) {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
