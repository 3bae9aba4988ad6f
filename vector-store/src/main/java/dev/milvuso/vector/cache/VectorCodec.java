package dev.milvuso.vector.cache;

import dev.milvuso.vector.Vector;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Vectors as bytes, each behind a letter for its kind. */
final class VectorCodec {
    private VectorCodec() {}

    static void write(DataOutputStream out, Vector vector) throws IOException {
        if (vector instanceof Vector.Dense dense) {
            out.writeByte('d');
            write(out, dense.numbers());
        } else if (vector instanceof Vector.Binary binary) {
            out.writeByte('b');
            out.writeInt(binary.bits().length);
            out.write(binary.bits());
        } else if (vector instanceof Vector.Sparse sparse) {
            out.writeByte('s');
            out.writeInt(sparse.indices().length);
            for (int index : sparse.indices()) {
                out.writeInt(index);
            }
            write(out, sparse.numbers());
        }
    }

    private static void write(DataOutputStream out, float[] numbers) throws IOException {
        out.writeInt(numbers.length);
        for (float number : numbers) {
            out.writeFloat(number);
        }
    }

    static Vector read(DataInputStream in) throws IOException {
        char kind = (char) in.readByte();
        return switch (kind) {
            case 'd' -> new Vector.Dense(numbers(in));
            case 'b' -> new Vector.Binary(in.readNBytes(PlainCodec.count(in)));
            case 's' -> {
                int[] indices = new int[PlainCodec.count(in)];
                for (int i = 0; i < indices.length; i++) {
                    indices[i] = in.readInt();
                }
                yield new Vector.Sparse(indices, numbers(in));
            }
            default -> throw new IOException("a vector of kind " + kind);
        };
    }

    private static float[] numbers(DataInputStream in) throws IOException {
        float[] numbers = new float[PlainCodec.count(in)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = in.readFloat();
        }
        return numbers;
    }
}
