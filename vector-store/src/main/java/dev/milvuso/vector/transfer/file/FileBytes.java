package dev.milvuso.vector.transfer.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that is read at any place, and whose messages name it. Safe for use by many threads. */
final class FileBytes implements AutoCloseable {
    private final String name;
    private final FileChannel channel;
    private final long length;

    /** @param name as messages have it */
    FileBytes(String name, FileChannel channel) {
        this.name = name;
        this.channel = channel;
        try {
            this.length = channel.size();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name + ": " + e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException if there is no such file */
    static FileBytes of(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new IllegalArgumentException("there is no file " + path);
        }
        try {
            return new FileBytes(path.toString(), FileChannel.open(path, StandardOpenOption.READ));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    String name() {
        return name;
    }

    long length() {
        return length;
    }

    IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(name + " " + what);
    }

    /** @throws IllegalArgumentException if so many things of so many bytes do not lie there, and nothing behind them */
    void checkFills(long offset, long count, long bytesEach) {
        boolean tooMany = count < 0 || count > (Long.MAX_VALUE - offset) / bytesEach;
        if (tooMany || offset + count * bytesEach != length) {
            throw wrong("has " + length + " bytes: " + count + " rows of " + bytesEach + " bytes behind the first "
                    + offset + " do not fill it");
        }
    }

    /**
     * @return little-endian
     * @throws IllegalArgumentException if the file ends before
     */
    ByteBuffer read(long offset, int count) {
        if (offset < 0 || offset > length - count) {
            throw wrong("ends early: it has " + length + " bytes, and " + count + " from byte " + offset
                    + " on are wanted");
        }
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        try {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, offset + bytes.position()) < 0) {
                    throw wrong("has been cut off while it was read");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name + ": " + e.getMessage(), e);
        }
        return bytes.flip();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + name + ": " + e.getMessage(), e);
        }
    }
}
