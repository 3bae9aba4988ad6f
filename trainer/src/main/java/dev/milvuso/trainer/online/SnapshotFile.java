package dev.milvuso.trainer.online;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parameters, optimizer state, offsets and recent ids in one file that is replaced at once; the one before is kept. The
 * file ends in a checksum of all before it.
 */
record SnapshotFile(Path directory) {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotFile.class);
    private static final int MAGIC = 0x4d565354;
    private static final int CHECKSUM_BYTES = 8;

    /** Writes the content of a snapshot. */
    interface Writer {
        void write(DataOutputStream out) throws IOException;
    }

    /** Reads what a {@link Writer} has written; may be called again, for the snapshot before, after it has thrown. */
    interface Reader {
        void read(DataInputStream in) throws IOException;
    }

    private Path newest() {
        return directory.resolve("snapshot");
    }

    private Path previous() {
        return directory.resolve("snapshot.previous");
    }

    void write(Writer content) {
        Path growing = directory.resolve("snapshot.new");
        try {
            Files.createDirectories(directory);
            try (FileChannel channel = FileChannel.open(
                    growing,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                CheckedOutputStream checked = new CheckedOutputStream(
                        new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 20), new CRC32C());
                DataOutputStream out = new DataOutputStream(checked);
                out.writeInt(MAGIC);
                content.write(out);
                out.writeLong(checked.getChecksum().getValue());
                out.flush();
                channel.force(true);
            }
            if (Files.exists(newest())) {
                Files.move(newest(), previous(), StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(growing, newest(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("the trainer's snapshot cannot be written to " + directory, e);
        }
    }

    /**
     * Reads the newest whole snapshot.
     *
     * @return whether there was one
     * @throws IllegalStateException if there are snapshots and none can be used
     */
    boolean read(Reader content) {
        List<Path> files =
                List.of(newest(), previous()).stream().filter(Files::exists).toList();
        for (Path file : files) {
            try {
                content.read(new DataInputStream(new ByteArrayInputStream(checked(file))));
                return true;
            } catch (IOException e) {
                LOG.warn("{} cannot be used: {}", file, e.getMessage());
            }
        }
        if (!files.isEmpty()) {
            throw new IllegalStateException("no snapshot in " + directory
                    + " can be used: delete the directory to learn anew from the log's beginning");
        }
        return false;
    }

    private static byte[] checked(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int end = bytes.length - CHECKSUM_BYTES;
        if (end < Integer.BYTES || ByteBuffer.wrap(bytes).getInt() != MAGIC) {
            throw new IOException("it is not a snapshot");
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, end);
        if (crc.getValue() != ByteBuffer.wrap(bytes, end, CHECKSUM_BYTES).getLong()) {
            throw new IOException("its checksum is wrong");
        }
        return Arrays.copyOfRange(bytes, Integer.BYTES, end);
    }
}
