package dev.milvuso.vector.transfer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import java.io.IOException;
import java.util.Arrays;

/**
 * Vectors as JSON, and back exactly: a dense one is an array of numbers, one of bits a text in base 64, a sparse one an
 * object of {@code indices} and {@code numbers}.
 */
final class VectorJson {
    private static final String INDICES = "indices";
    private static final String NUMBERS = "numbers";

    private VectorJson() {}

    static void write(JsonGenerator json, Vector vector) throws IOException {
        if (vector instanceof Vector.Dense dense) {
            writeNumbers(json, dense.numbers());
        } else if (vector instanceof Vector.Binary binary) {
            json.writeBinary(binary.bits());
        } else if (vector instanceof Vector.Sparse sparse) {
            json.writeStartObject();
            json.writeFieldName(INDICES);
            json.writeArray(sparse.indices(), 0, sparse.indices().length);
            json.writeFieldName(NUMBERS);
            writeNumbers(json, sparse.numbers());
            json.writeEndObject();
        }
    }

    private static void writeNumbers(JsonGenerator json, float[] numbers) throws IOException {
        json.writeStartArray();
        for (float number : numbers) {
            json.writeNumber(number);
        }
        json.writeEndArray();
    }

    /** @throws IllegalArgumentException if it is no vector of this type */
    static Vector read(JsonParser json, VectorField.Type type) throws IOException {
        JsonToken token = json.currentToken();
        if (type instanceof VectorField.Type.Dense dense && token == JsonToken.START_ARRAY) {
            return new Vector.Dense(numbers(json, dense.dimension()));
        }
        if (type instanceof VectorField.Type.Binary && token == JsonToken.VALUE_STRING) {
            return new Vector.Binary(json.getBinaryValue());
        }
        if (type instanceof VectorField.Type.Sparse && token == JsonToken.START_OBJECT) {
            return sparse(json);
        }
        throw new IllegalArgumentException("there is no vector of type " + type);
    }

    private static Vector sparse(JsonParser json) throws IOException {
        int[] indices = {};
        float[] numbers = {};
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (name.equals(INDICES)) {
                indices = indices(json);
            } else {
                numbers = numbers(json, indices.length);
            }
        }
        return new Vector.Sparse(indices, numbers);
    }

    private static int[] indices(JsonParser json) throws IOException {
        int[] indices = new int[16];
        int count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (count == indices.length) {
                indices = Arrays.copyOf(indices, count * 2);
            }
            indices[count++] = json.getIntValue();
        }
        return Arrays.copyOf(indices, count);
    }

    private static float[] numbers(JsonParser json, int expected) throws IOException {
        float[] numbers = new float[expected];
        int count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (count == expected || !json.currentToken().isNumeric()) {
                throw new IllegalArgumentException("a vector must be an array of " + expected + " numbers");
            }
            numbers[count++] = Float.parseFloat(json.getText());
        }
        if (count < expected) {
            throw new IllegalArgumentException("a vector has " + count + " numbers, must have " + expected);
        }
        return numbers;
    }
}
