package dev.milvuso.vector.embedded;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An append-only file of records, each with its length and checksum. What {@link #append} has written is there after a
 * kill of this process; a record that a kill cut off is dropped when the file is opened again. Not for use by several
 * threads at once.
 */
final class Journal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final int HEADER = 12;
    private static final int MAX_RECORD = 1 << 30;

    private final Path file;
    private FileChannel channel;
    private long size;

    private Journal(Path file, FileChannel channel, long size) {
        this.file = file;
        this.channel = channel;
        this.size = size;
    }

    /**
     * Hands each whole record to the reader, in order, and opens the file for more.
     *
     * @throws IllegalStateException naming file and offset if a record in the middle is damaged
     */
    static Journal open(Path file, Consumer<byte[]> reader) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            long whole = Files.exists(file) ? read(file, reader) : 0;
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (channel.size() > whole) {
                LOG.warn("{}: dropping {} bytes of a record that was cut off", file, channel.size() - whole);
                channel.truncate(whole);
            }
            channel.position(whole);
            return new Journal(file, channel, whole);
        } catch (IOException e) {
            throw new UncheckedIOException("the vector store's file " + file + " cannot be used", e);
        }
    }

    /** @return the length of the whole records */
    private static long read(Path file, Consumer<byte[]> reader) throws IOException {
        long end = Files.size(file);
        long offset = 0;
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(file), 1 << 20);
                DataInputStream in = new DataInputStream(stream)) {
            while (end - offset >= HEADER) {
                int length = in.readInt();
                long checksum = in.readLong();
                boolean runsOver = length < 0 || length > MAX_RECORD || offset + HEADER + length > end;
                byte[] record = runsOver ? new byte[0] : in.readNBytes(length);
                if (runsOver || checksum(length, record) != checksum) {
                    return torn(file, offset, length, end);
                }
                reader.accept(record);
                offset += HEADER + length;
            }
        } catch (EOFException e) {
            return offset;
        }
        return offset;
    }

    /**
     * A bad record at the very end was being written when the process died; one with more behind it was damaged later.
     */
    private static long torn(Path file, long offset, int length, long end) {
        if (length >= 0 && length <= MAX_RECORD && offset + HEADER + length < end) {
            throw new IllegalStateException("the vector store's file " + file + " is damaged at byte " + offset
                    + ": delete the file, and the trainer writes it anew");
        }
        return offset;
    }

    /** The length is part of it, so that no run of zeros passes for records. */
    private static long checksum(int length, byte[] record) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(4).putInt(0, length));
        crc.update(record);
        return crc.getValue();
    }

    void append(byte[] record) {
        try {
            write(channel, record);
            size += HEADER + record.length;
        } catch (IOException e) {
            throw new UncheckedIOException("the vector store's file " + file + " cannot be written", e);
        }
    }

    private static void write(FileChannel channel, byte[] record) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + record.length);
        bytes.putInt(record.length)
                .putLong(checksum(record.length, record))
                .put(record)
                .flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** In bytes. */
    long size() {
        return size;
    }

    /** Replaces all records by these, at once: a kill leaves either the old or the new ones. */
    void rewrite(Iterable<byte[]> records) {
        Path growing = file.resolveSibling(file.getFileName() + ".new");
        try {
            FileChannel fresh = FileChannel.open(
                    growing,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            for (byte[] record : records) {
                write(fresh, record);
            }
            fresh.force(true);
            Files.move(growing, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            channel.close();
            channel = fresh;
            size = fresh.size();
        } catch (IOException e) {
            throw new UncheckedIOException("the vector store's file " + file + " cannot be rewritten", e);
        }
    }

    @Override
    public void close() {
        try {
            channel.force(true);
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the vector store's file " + file + " cannot be closed", e);
        }
    }
}
