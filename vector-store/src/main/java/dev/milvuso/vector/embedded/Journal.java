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
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An append-only file of records. Each has its length, a checksum of the length, and a checksum of length and content,
 * 4 bytes each, before its content. What {@link #append} has written is there after a kill of this process; a record
 * that a kill cut off is dropped when the file is opened again. Of a file that is damaged what stands before the damage
 * is read, and the whole is kept beside it. Not for use by several threads at once.
 */
final class Journal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    static final int HEADER = 12;
    private static final int MAX_RECORD = 1 << 30;
    private static final byte[] NOTHING = {};

    private final Path file;
    private FileChannel channel;
    private long size;
    private final Optional<String> damage;

    private Journal(Path file, FileChannel channel, long size, Optional<String> damage) {
        this.file = file;
        this.channel = channel;
        this.size = size;
        this.damage = damage;
    }

    /**
     * What could be read of a file.
     *
     * @param bytes of whole records from the beginning on
     * @param isDamaged whether what follows them is anything but a record that was cut off
     */
    private record Whole(long bytes, boolean isDamaged) {}

    /** Hands each whole record before any damage to the reader, in order, and opens the file for more. */
    static Journal open(Path file, Consumer<byte[]> reader) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Whole read = Files.exists(file) ? read(file, reader) : new Whole(0, false);
            long whole = read.bytes();
            Optional<String> damage = read.isDamaged() ? Optional.of(keepDamaged(file, whole)) : Optional.empty();
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (channel.size() > whole && damage.isEmpty()) {
                LOG.warn("{}: dropping {} bytes of a record that was cut off", file, channel.size() - whole);
            }
            channel.truncate(whole);
            channel.position(whole);
            return new Journal(file, channel, whole, damage);
        } catch (IOException e) {
            throw new UncheckedIOException("the vector store's file " + file + " cannot be used", e);
        }
    }

    /** @return in a sentence, what is damaged and what came of it */
    private static String keepDamaged(Path file, long offset) throws IOException {
        Path kept = file.resolveSibling(file.getFileName() + ".damaged");
        Files.copy(file, kept, StandardCopyOption.REPLACE_EXISTING);
        String damage = "the vector store's file " + file + " is damaged at byte " + offset
                + ": what was written before is loaded, and the damaged file kept as " + kept;
        LOG.error(damage);
        return damage;
    }

    private static Whole read(Path file, Consumer<byte[]> reader) throws IOException {
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
                    return new Whole(offset, !isEmpty);
                }
                if (length > end - offset - HEADER) {
                    return new Whole(offset, false);
                }
                byte[] record = in.readNBytes(length);
                if (checksum(length, record) != checksum) {
                    // At the very end it was being written when the process died.
                    return new Whole(offset, offset + HEADER + length != end);
                }
                reader.accept(record);
                offset += HEADER + length;
            }
        } catch (EOFException e) {
            return new Whole(offset, false);
        }
        return new Whole(offset, false);
    }

    private static boolean isZeros(InputStream in) throws IOException {
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next != 0) {
                return false;
            }
        }
        return true;
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

    /** What was found damaged when the file was opened, in a sentence. */
    Optional<String> damage() {
        return damage;
    }

    /** In bytes. */
    long size() {
        return size;
    }

    /** Replaces all records by these, at once: a kill leaves either the old or the new ones. */
    void rewrite(Stream<byte[]> records) {
        Path growing = file.resolveSibling(file.getFileName() + ".new");
        try {
            FileChannel fresh = FileChannel.open(
                    growing,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            for (Iterator<byte[]> all = records.iterator(); all.hasNext(); ) {
                write(fresh, all.next());
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
