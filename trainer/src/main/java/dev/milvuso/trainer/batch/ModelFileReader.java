package dev.milvuso.trainer.batch;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/** Reads one file of a model directory after checking that it is what was written. */
final class ModelFileReader implements AutoCloseable {
    private final Path path;
    private final BufferedInputStream in;

    private ModelFileReader(Path path) throws IOException {
        this.path = path;
        this.in = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
    }

    /** @throws IllegalArgumentException if length or checksum differ from the manifest's */
    static ModelFileReader open(Path path, Manifest.FileSum expected) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new IllegalArgumentException("the model is damaged: " + path + " is missing");
        }
        if (Files.size(path) != expected.bytes()) {
            throw new IllegalArgumentException("the model is damaged: " + path + " has " + Files.size(path)
                    + " bytes, must have " + expected.bytes());
        }
        if (!checksum(path).equals(expected.crc32c())) {
            throw new IllegalArgumentException("the model is damaged: the checksum of " + path + " is wrong");
        }
        return new ModelFileReader(path);
    }

    private static String checksum(Path path) throws IOException {
        CRC32C sum = new CRC32C();
        try (CheckedInputStream bytes = new CheckedInputStream(Files.newInputStream(path), sum)) {
            byte[] block = new byte[1 << 16];
            int read;
            do {
                read = bytes.read(block);
            } while (read >= 0);
        }
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }

    void floats(float[] values, int offset, int length) throws IOException {
        bytes(length * Float.BYTES).asFloatBuffer().get(values, offset, length);
    }

    int[] ints(int count) throws IOException {
        int[] values = new int[count];
        int block = 1 << 14;
        for (int i = 0; i < count; i += block) {
            int length = Math.min(block, count - i);
            bytes(length * Integer.BYTES).asIntBuffer().get(values, i, length);
        }
        return values;
    }

    List<String> lines() throws IOException {
        return new ArrayList<>(
                new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    }

    /** Whether everything has been read. */
    boolean atEnd() throws IOException {
        return in.read() < 0;
    }

    private ByteBuffer bytes(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException(path + " ends too early");
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
