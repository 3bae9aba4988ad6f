package dev.milvuso.vector.embedded;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.IndexDescription;
import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.VectorField;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Which indexes a collection is to have, by field, and how they stand. */
final class FieldIndexes {
    private final CollectionSchema schema;
    private final Map<String, IndexSpec> specs = new ConcurrentSkipListMap<>();

    FieldIndexes(CollectionSchema schema) {
        this.schema = schema;
        giveEachVectorOne();
    }

    /** Those of another collection of the same fields. */
    void copy(FieldIndexes others) {
        specs.clear();
        specs.putAll(others.specs);
    }

    void giveEachVectorOne() {
        schema.vectors().forEach(vector -> specs.putIfAbsent(vector.name(), first(vector.type())));
    }

    private static IndexSpec first(VectorField.Type type) {
        return type instanceof VectorField.Type.Dense
                ? new IndexSpec.AutoIndex()
                : type instanceof VectorField.Type.Binary ? new IndexSpec.Flat() : new IndexSpec.SparseInverted(0);
    }

    Optional<IndexSpec> of(String field) {
        return Optional.ofNullable(specs.get(field));
    }

    /** In the order of the fields' names. */
    Map<String, IndexSpec> all() {
        return specs;
    }

    /** @param spec none for none */
    void set(String field, Optional<IndexSpec> spec) {
        spec.ifPresentOrElse(it -> specs.put(field, it), () -> specs.remove(field));
    }

    boolean isVector(String field) {
        return schema.vectors().stream().anyMatch(vector -> vector.name().equals(field));
    }

    /** The first vector that has none. */
    Optional<String> vectorWithout() {
        return schema.vectors().stream()
                .map(VectorField::name)
                .filter(name -> !specs.containsKey(name))
                .findFirst();
    }

    /**
     * How an index stands; under the table's lock.
     *
     * @param spec what it is to be
     */
    IndexDescription description(VectorTable table, String field, IndexSpec spec) {
        if (!isVector(field)) {
            return new IndexDescription(
                    field,
                    spec,
                    "none of its own: filters read the column",
                    Optional.empty(),
                    IndexDescription.State.READY,
                    table.size(),
                    0,
                    Optional.empty());
        }
        VectorColumn.IndexState now = table.vectors(field).indexState(spec, table.size());
        return new IndexDescription(
                field,
                spec,
                now.structure(),
                Optional.of(schema.vector(Optional.of(field)).type().metricName()),
                now.state(),
                now.indexed(),
                now.pending(),
                now.failure());
    }
}
