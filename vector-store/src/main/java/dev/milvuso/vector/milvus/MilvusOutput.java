package dev.milvuso.vector.milvus;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.Vector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is wanted of rows, in Milvus's terms. */
final class MilvusOutput {
    /** All fields, of which vectors are some only in newer servers. */
    private static final String EVERYTHING = "*";

    private MilvusOutput() {}

    static List<String> names(CollectionSchema schema, Output output) {
        List<String> names = new ArrayList<>();
        if (output instanceof Output.Named named) {
            names.addAll(named.names());
            names.remove(schema.key().name());
            names.add(schema.key().name());
            return names;
        }
        names.add(schema.key().name());
        schema.vectors().forEach(vector -> names.add(vector.name()));
        schema.fields().forEach(field -> names.add(field.name()));
        if (schema.dynamic()) {
            names.add(EVERYTHING);
        }
        return names;
    }

    /** Milvus gives more than was asked for where dynamic fields were. */
    static Entity cut(Entity entity, Output output) {
        if (output instanceof Output.Everything) {
            return entity;
        }
        Map<String, Vector> vectors = new HashMap<>(entity.vectors());
        vectors.keySet().removeIf(name -> !output.has(name));
        Map<String, Object> fields = new HashMap<>(entity.fields());
        fields.keySet().removeIf(name -> !output.has(name));
        return new Entity(entity.key(), vectors, fields);
    }
}
