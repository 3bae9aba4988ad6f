package dev.milvuso.vector.index;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * Writes an index's structure: a mark, the form's version, what it is of, numbers and arrays that begin with their
 * length, and the CRC-32C of all that.
 */
final class StructureWriter {
    static final int MARK = 0x4d565358;
    static final int VERSION = 2;
    static final int AT_ONCE = 1 << 14;

    private final CRC32C sum = new CRC32C();
    private final DataOutputStream out;
    private final ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES * AT_ONCE);

    /**
     * @param header what the structure is of
     * @param there whether there is one, which is written next
     */
    StructureWriter(OutputStream to, String header, boolean there) throws IOException {
        this.out = new DataOutputStream(new CheckedOutputStream(new BufferedOutputStream(to, 1 << 16), sum));
        out.writeInt(MARK);
        out.writeInt(VERSION);
        out.writeUTF(header);
        out.writeBoolean(there);
    }

    void number(int number) throws IOException {
        out.writeInt(number);
    }

    void ints(int[] numbers) throws IOException {
        out.writeInt(numbers.length);
        for (int at = 0; at < numbers.length; at += AT_ONCE) {
            int count = Math.min(AT_ONCE, numbers.length - at);
            buffer.asIntBuffer().put(numbers, at, count);
            out.write(buffer.array(), 0, Integer.BYTES * count);
        }
    }

    void floats(float[] numbers) throws IOException {
        out.writeInt(numbers.length);
        for (int at = 0; at < numbers.length; at += AT_ONCE) {
            int count = Math.min(AT_ONCE, numbers.length - at);
            buffer.asFloatBuffer().put(numbers, at, count);
            out.write(buffer.array(), 0, Float.BYTES * count);
        }
    }

    void shorts(short[] numbers, int length) throws IOException {
        out.writeInt(length);
        for (int at = 0; at < length; at += AT_ONCE) {
            int count = Math.min(AT_ONCE, length - at);
            buffer.asShortBuffer().put(numbers, at, count);
            out.write(buffer.array(), 0, Short.BYTES * count);
        }
    }

    void finish() throws IOException {
        out.writeLong(sum.getValue());
        out.flush();
    }
}
