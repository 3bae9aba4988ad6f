package dev.milvuso.trainer.online;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file that is replaced at once; the one before is kept. The file begins with a mark and the number of its format
 * and ends in a checksum of all before it.
 */
record SnapshotFile(Path directory) {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotFile.class);
    private static final int MAGIC = 0x4d565354;
    private static final int FORMAT = 3;
    private static final int CHECKSUM_BYTES = 8;
    private static final int BUFFER_BYTES = 1 << 20;

    /** Writes the content of a snapshot. */
    interface Writer {
        void write(DataOutputStream out) throws IOException;
    }

    /** Reads what a {@link Writer} has written; called again, for the snapshot before, after it has thrown. */
    interface Reader<T> {
        T read(DataInputStream in) throws IOException;
    }

    private Path newest() {
        return directory.resolve("snapshot");
    }

    private Path previous() {
        return directory.resolve("snapshot.previous");
    }

    /** @throws UncheckedIOException if the disk refuses; what was there before is there still */
    void write(Writer content) {
        Path growing = directory.resolve("snapshot.new");
        try {
            Files.createDirectories(directory);
            writeWhole(growing, content);
            if (Files.exists(newest())) {
                Files.move(newest(), previous(), StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(growing, newest(), StandardCopyOption.ATOMIC_MOVE);
            force(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("the trainer's snapshot cannot be written to " + directory + ": " + e, e);
        }
    }

    private static void writeWhole(Path file, Writer content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            CheckedOutputStream checked = new CheckedOutputStream(
                    new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES), new CRC32C());
            DataOutputStream out = new DataOutputStream(checked);
            out.writeInt(MAGIC);
            out.writeInt(FORMAT);
            content.write(out);
            out.writeLong(checked.getChecksum().getValue());
            out.flush();
            channel.force(true);
        }
    }

    /** The new names are on the disk too. */
    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /**
     * Reads the newest whole snapshot.
     *
     * @return empty if there never was one
     * @throws IllegalStateException saying why, if there are snapshots and none can be used
     */
    <T> Optional<T> read(Reader<T> content) {
        List<String> faults = new ArrayList<>();
        for (Path file : List.of(newest(), previous())) {
            if (Files.exists(file)) {
                try {
                    check(file);
                    return Optional.of(read(file, content));
                } catch (IOException | IllegalArgumentException e) {
                    LOG.warn("{} cannot be used: {}", file, e.getMessage());
                    faults.add(file.getFileName() + ": " + e.getMessage());
                }
            }
        }
        if (!faults.isEmpty()) {
            throw new IllegalStateException(
                    "no snapshot in " + directory + " can be used (" + String.join("; ", faults)
                            + "): put back what fits, or delete the directory and set registry.start_anew=true to learn anew from the log's beginning");
        }
        return Optional.empty();
    }

    /** Reads the whole file once before anything in it is believed. */
    private static void check(Path file) throws IOException {
        long content = Files.size(file) - CHECKSUM_BYTES;
        try (CheckedInputStream checked = new CheckedInputStream(open(file), new CRC32C());
                DataInputStream in = new DataInputStream(checked)) {
            if (content < 2 * Integer.BYTES || in.readInt() != MAGIC) {
                throw new IOException("it is not a snapshot");
            }
            int format = in.readInt();
            in.skipNBytes(content - 2 * Integer.BYTES);
            long computed = checked.getChecksum().getValue();
            if (in.readLong() != computed) {
                throw new IOException("its checksum is wrong: it is damaged or cut off");
            }
            if (format != FORMAT) {
                throw new IOException("it is of format " + format + ", must be " + FORMAT);
            }
        }
    }

    private static <T> T read(Path file, Reader<T> content) throws IOException {
        try (DataInputStream in = new DataInputStream(open(file))) {
            in.skipNBytes(2 * Integer.BYTES);
            return content.read(in);
        } catch (EOFException e) {
            throw new IOException("it ends too early", e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        return new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    }
}
