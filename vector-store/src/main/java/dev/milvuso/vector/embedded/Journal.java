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
 * An append-only file of records. Each has its length, a checksum of the length, and a checksum of length and content,
 * 4 bytes each, before its content. What {@link #append} has written is there after a kill of this process; a record
 * that a kill cut off is dropped when the file is opened again. Not for use by several threads at once.
 */
final class Journal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final int HEADER = 12;
    private static final int MAX_RECORD = 1 << 30;
    private static final byte[] NOTHING = {};

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
                int lengthChecksum = in.readInt();
                int checksum = in.readInt();
                if (lengthChecksum != checksum(length, NOTHING) || length < 0 || length > MAX_RECORD) {
                    // A file that grew before its content came, which a loss of power can leave, ends in zeros.
                    boolean isEmpty = length == 0 && lengthChecksum == 0 && checksum == 0 && isZeros(in);
                    return isEmpty ? offset : damaged(file, offset);
                }
                if (length > end - offset - HEADER) {
                    return offset;
                }
                byte[] record = in.readNBytes(length);
                if (checksum(length, record) != checksum) {
                    // At the very end it was being written when the process died.
                    return offset + HEADER + length == end ? offset : damaged(file, offset);
                }
                reader.accept(record);
                offset += HEADER + length;
            }
        } catch (EOFException e) {
            return offset;
        }
        return offset;
    }

    private static boolean isZeros(InputStream in) throws IOException {
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next != 0) {
                return false;
            }
        }
        return true;
    }

    private static long damaged(Path file, long offset) {
        throw new IllegalStateException("the vector store's file " + file + " is damaged at byte " + offset
                + ": delete the file, and the trainer writes it anew");
    }

    /** The length is part of it, so that no run of zeros passes for records. */
    private static int checksum(int length, byte[] record) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(4).putInt(0, length));
        crc.update(record);
        return (int) crc.getValue();
    }

    void append(byte[] record) {
        try {
            write(channel, record);
            size += HEADER + record.length;
        } catch (IOException e) {
            cutBack(e);
            throw new UncheckedIOException("the vector store's file " + file + " cannot be written", e);
        }
    }

    /** After a full disk: half a record with whole ones behind it would be damage. */
    private void cutBack(IOException cause) {
        try {
            channel.truncate(size);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private static void write(FileChannel channel, byte[] record) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + record.length);
        bytes.putInt(record.length)
                .putInt(checksum(record.length, NOTHING))
                .putInt(checksum(record.length, record))
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
