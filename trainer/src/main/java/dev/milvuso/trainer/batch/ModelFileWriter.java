package dev.milvuso.trainer.batch;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/** Writes one file of a model directory, little-endian, and sums it up. On disk once {@link #finish} has returned. */
final class ModelFileWriter implements AutoCloseable {
    private final FileOutputStream file;
    private final CRC32C checksum = new CRC32C();
    private final BufferedOutputStream out;
    private long bytes;

    ModelFileWriter(Path path) throws IOException {
        file = new FileOutputStream(path.toFile());
        out = new BufferedOutputStream(new CheckedOutputStream(file, checksum), 1 << 16);
    }

    void floats(float[] values, int offset, int length) throws IOException {
        ByteBuffer row = ByteBuffer.allocate(length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        row.asFloatBuffer().put(values, offset, length);
        write(row.array());
    }

    void ints(int[] values) throws IOException {
        ByteBuffer word = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            write(word.putInt(0, value).array());
        }
    }

    void line(String text) throws IOException {
        write((text + '\n').getBytes(StandardCharsets.UTF_8));
    }

    private void write(byte[] part) throws IOException {
        out.write(part);
        bytes += part.length;
    }

    Manifest.FileSum finish() throws IOException {
        out.flush();
        file.getFD().sync();
        return new Manifest.FileSum(bytes, HexFormat.of().toHexDigits((int) checksum.getValue()));
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
