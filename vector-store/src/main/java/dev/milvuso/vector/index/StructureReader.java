package dev.milvuso.vector.index;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link StructureWriter} has written, and nothing beyond it. What a damaged length claims takes no more
 * memory than there is to read.
 */
final class StructureReader {
    private final CRC32C sum = new CRC32C();
    private final DataInputStream in;
    private final ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES * StructureWriter.AT_ONCE);
    private final boolean there;

    /** @throws IOException if it is of something else */
    StructureReader(InputStream from, String header) throws IOException {
        this.in = new DataInputStream(new CheckedInputStream(from, sum));
        if (number() != StructureWriter.MARK) {
            throw new IOException("this is no index's structure: it does not begin as one");
        }
        int version = number();
        if (version != StructureWriter.VERSION) {
            throw new IOException("the structure is of version " + version + ": must be " + StructureWriter.VERSION);
        }
        String of = in.readUTF();
        if (!of.equals(header)) {
            throw new IOException("the structure is of '" + of + "': the index needs '" + header + "'");
        }
        this.there = in.readBoolean();
    }

    boolean isThere() {
        return there;
    }

    int number() throws IOException {
        try {
            return in.readInt();
        } catch (EOFException e) {
            throw cut(e);
        }
    }

    int[] ints() throws IOException {
        int length = length();
        int[] numbers = new int[Math.min(length, StructureWriter.AT_ONCE)];
        for (int at = 0; at < length; at += StructureWriter.AT_ONCE) {
            int count = Math.min(StructureWriter.AT_ONCE, length - at);
            numbers =
                    numbers.length < at + count ? Arrays.copyOf(numbers, Math.min(length, 2 * (at + count))) : numbers;
            next(Integer.BYTES * count).asIntBuffer().get(numbers, at, count);
        }
        return numbers;
    }

    float[] floats() throws IOException {
        int length = length();
        float[] numbers = new float[Math.min(length, StructureWriter.AT_ONCE)];
        for (int at = 0; at < length; at += StructureWriter.AT_ONCE) {
            int count = Math.min(StructureWriter.AT_ONCE, length - at);
            numbers =
                    numbers.length < at + count ? Arrays.copyOf(numbers, Math.min(length, 2 * (at + count))) : numbers;
            next(Float.BYTES * count).asFloatBuffer().get(numbers, at, count);
        }
        return numbers;
    }

    short[] shorts() throws IOException {
        int length = length();
        short[] numbers = new short[Math.min(length, StructureWriter.AT_ONCE)];
        for (int at = 0; at < length; at += StructureWriter.AT_ONCE) {
            int count = Math.min(StructureWriter.AT_ONCE, length - at);
            numbers =
                    numbers.length < at + count ? Arrays.copyOf(numbers, Math.min(length, 2 * (at + count))) : numbers;
            next(Short.BYTES * count).asShortBuffer().get(numbers, at, count);
        }
        return numbers;
    }

    /** @throws IOException unless all that was read is what was written */
    void finish() throws IOException {
        long expected = sum.getValue();
        long found;
        try {
            found = in.readLong();
        } catch (EOFException e) {
            throw cut(e);
        }
        if (found != expected) {
            throw new IOException("the structure is damaged: its checksum is " + Long.toHexString(found)
                    + ", that of what it holds " + Long.toHexString(expected));
        }
    }

    private int length() throws IOException {
        int length = number();
        if (length < 0) {
            throw new IOException("the structure is damaged: an array of length " + length);
        }
        return length;
    }

    private ByteBuffer next(int bytes) throws IOException {
        try {
            in.readFully(buffer.array(), 0, bytes);
        } catch (EOFException e) {
            throw cut(e);
        }
        return buffer;
    }

    private static IOException cut(@Nullable EOFException e) {
        return new IOException("the structure is cut off: it ends before its checksum", e);
    }
}
