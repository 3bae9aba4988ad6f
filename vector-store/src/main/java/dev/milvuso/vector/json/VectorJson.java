package dev.milvuso.vector.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** Dense vectors are arrays of numbers, binary ones texts of base64, sparse ones objects of number by index. */
final class VectorJson {
    private VectorJson() {}

    static Vector read(JsonInput input, VectorField.Type type) {
        if (type instanceof VectorField.Type.Dense dense) {
            return dense(input, dense.dimension());
        }
        return type instanceof VectorField.Type.Binary binary ? binary(input, binary.dimension()) : sparse(input);
    }

    private static Vector dense(JsonInput input, int dimension) {
        if (!input.node().isArray() || input.node().size() != dimension) {
            throw input.wrong("an array of " + dimension + " numbers"
                    + (input.node().isArray() ? ", not of " + input.node().size() : ""));
        }
        float[] numbers = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            numbers[i] = input.singleAt(i);
        }
        return new Vector.Dense(numbers);
    }

    private static Vector binary(JsonInput input, int dimension) {
        byte[] bits;
        try {
            bits = Base64.getDecoder().decode(input.text());
        } catch (IllegalArgumentException e) {
            throw input.mismatch("must be " + dimension + " bits in base64");
        }
        if (bits.length * 8L != dimension) {
            throw input.mismatch("has " + bits.length * 8L + " bits: must be " + dimension + " bits in base64");
        }
        return new Vector.Binary(bits);
    }

    private static Vector sparse(JsonInput input) {
        TreeMap<Integer, Float> numbers = new TreeMap<>();
        for (String name : input.names()) {
            JsonInput member = input.member(name);
            numbers.put(index(member, name), member.single());
        }
        int[] indices = new int[numbers.size()];
        float[] values = new float[numbers.size()];
        int next = 0;
        for (Map.Entry<Integer, Float> number : numbers.entrySet()) {
            indices[next] = number.getKey();
            values[next++] = number.getValue();
        }
        return new Vector.Sparse(indices, values);
    }

    private static int index(JsonInput member, String name) {
        long index = name.matches("0|[1-9][0-9]{0,9}") ? Long.parseLong(name) : -1;
        if (index < 0 || index > Integer.MAX_VALUE) {
            throw member.mismatch("must stand under an index from 0 to " + Integer.MAX_VALUE);
        }
        return (int) index;
    }

    static void write(JsonGenerator out, Vector vector) throws IOException {
        if (vector instanceof Vector.Dense dense) {
            out.writeStartArray();
            for (float number : dense.numbers()) {
                out.writeNumber(number);
            }
            out.writeEndArray();
        } else if (vector instanceof Vector.Binary binary) {
            out.writeString(Base64.getEncoder().encodeToString(binary.bits()));
        } else {
            Vector.Sparse sparse = (Vector.Sparse) vector;
            out.writeStartObject();
            for (int i = 0; i < sparse.indices().length; i++) {
                out.writeFieldName(Integer.toString(sparse.indices()[i]));
                out.writeNumber(sparse.numbers()[i]);
            }
            out.writeEndObject();
        }
    }
}
