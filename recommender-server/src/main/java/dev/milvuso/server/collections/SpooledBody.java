package dev.milvuso.server.collections;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of a request in a file of {@code java.io.tmpdir} that only this process can read. It has no name where the
 * system allows that, so it is gone when it is closed and when the process ends, however it ends.
 */
record SpooledBody(FileChannel channel) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpooledBody.class);
    private static final int BUFFER = 1 << 16;

    /** Of a body that is refused: who still sends while the connection is closed may never see the answer. */
    static final long PASSED_OVER = 16 << 20;

    /**
     * Reads to the end.
     *
     * @param length as its header says, or less than 0
     * @param mostBytes server.max_import_bytes
     * @throws Refusal if it is larger, ends early, or there is no room for it
     */
    static SpooledBody of(InputStream in, long length, long mostBytes) {
        if (length > mostBytes) {
            throw tooLarge(mostBytes);
        }
        SpooledBody body = new SpooledBody(file());
        try {
            body.take(in, mostBytes);
            return body;
        } catch (RuntimeException | Error e) {
            body.close();
            throw e;
        }
    }

    private static FileChannel file() {
        try {
            Path path = Files.createTempFile("milvuso-import-", "");
            // On Unix its name is gone as soon as it is open.
            return FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw noRoom(e);
        }
    }

    private void take(InputStream in, long mostBytes) {
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        for (int read = read(in, buffer); read >= 0; read = read(in, buffer)) {
            size += read;
            if (size <= mostBytes) {
                write(ByteBuffer.wrap(buffer, 0, read));
            } else if (size - mostBytes > PASSED_OVER) {
                break;
            }
        }
        if (size > mostBytes) {
            throw tooLarge(mostBytes);
        }
    }

    private static int read(InputStream in, byte[] buffer) {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            LOG.warn("the body of an import broke off: nothing is stored");
            throw new Refusal(400, "body", "the body could not be read to its end: nothing is stored");
        }
    }

    private void write(ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                int unused = channel.write(bytes);
            }
        } catch (IOException e) {
            throw noRoom(e);
        }
    }

    private static Refusal tooLarge(long mostBytes) {
        return new Refusal(413, "body", "is larger than " + mostBytes + " bytes (server.max_import_bytes)");
    }

    private static Refusal noRoom(IOException failure) {
        LOG.warn("a file for an import cannot be written in {}", System.getProperty("java.io.tmpdir"), failure);
        return new Refusal(507, "body", "could not be kept: the server has no room for it on its disk");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn("the file of an import cannot be closed", e);
        }
    }
}
