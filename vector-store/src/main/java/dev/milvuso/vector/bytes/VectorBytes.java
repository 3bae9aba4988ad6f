package dev.milvuso.vector.bytes;

import dev.milvuso.vector.Vector;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Vectors as bytes; of which kind and how long they are, is known to who reads them. The format stays. */
public final class VectorBytes {
    private VectorBytes() {}

    public static void write(DataOutputStream out, Vector vector) throws IOException {
        if (vector instanceof Vector.Dense dense) {
            ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * dense.numbers().length);
            bytes.asFloatBuffer().put(dense.numbers());
            out.write(bytes.array());
        } else if (vector instanceof Vector.Binary binary) {
            out.write(binary.bits());
        } else {
            Vector.Sparse sparse = (Vector.Sparse) vector;
            out.writeInt(sparse.indices().length);
            for (int i = 0; i < sparse.indices().length; i++) {
                out.writeInt(sparse.indices()[i]);
                out.writeFloat(sparse.numbers()[i]);
            }
        }
    }

    public static Vector readDense(DataInputStream in, int dimension) throws IOException {
        float[] numbers = new float[dimension];
        ByteBuffer.wrap(bytes(in, Float.BYTES * dimension)).asFloatBuffer().get(numbers);
        return new Vector.Dense(numbers);
    }

    /** @param bytes of eight bits each */
    public static Vector readBinary(DataInputStream in, int bytes) throws IOException {
        return new Vector.Binary(bytes(in, bytes));
    }

    public static Vector readSparse(DataInputStream in) throws IOException {
        int[] indices = new int[ValueBytes.readCount(in)];
        float[] numbers = new float[indices.length];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = in.readInt();
            numbers[i] = in.readFloat();
        }
        return new Vector.Sparse(indices, numbers);
    }

    private static byte[] bytes(DataInputStream in, int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("a vector of " + count + " bytes ends after " + bytes.length);
        }
        return bytes;
    }
}
