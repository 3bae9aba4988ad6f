package dev.milvuso.vector.transfer.part;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.json.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Makes <code>{"17": 0.5}</code> of <code>{"indices": [17], "numbers": [0.5]}</code>, as exports of version 1 have it.
 */
record SparseOfVersion1(List<String> fields) implements UnaryOperator<byte[]> {
    SparseOfVersion1(CollectionSchema schema) {
        this(schema.vectors().stream()
                .filter(vector -> vector.type() instanceof VectorField.Type.Sparse)
                .map(VectorField::name)
                .toList());
    }

    @Override
    public byte[] apply(byte[] line) {
        if (fields.isEmpty() || !(JsonBytes.read(line).node() instanceof ObjectNode row)) {
            return line;
        }
        for (String field : fields) {
            if (row.get(field) instanceof ObjectNode vector) {
                row.set(field, today(field, vector));
            }
        }
        return row.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode today(String field, ObjectNode vector) {
        JsonNode indices = vector.path("indices");
        JsonNode numbers = vector.path("numbers");
        if (!indices.isArray() || !numbers.isArray() || indices.size() != numbers.size()) {
            throw new IllegalArgumentException("/" + field + " must have as many indices as numbers");
        }
        ObjectNode today = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < indices.size(); i++) {
            today.set(indices.get(i).asText(), numbers.get(i));
        }
        return today;
    }
}
