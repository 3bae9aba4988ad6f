package dev.milvuso.vector;

import java.util.Set;

/** What some stores can do and others cannot. */
public enum Feature {
    BINARY_VECTORS("vectors of bits"),
    HALF_PRECISION_VECTORS("vectors of 16-bit floats"),
    SPARSE_VECTORS("sparse vectors"),
    SEVERAL_VECTORS("several vectors in one collection"),
    NULLABLE_FIELDS("nullable fields"),
    DEFAULT_VALUES("default values"),
    PROMPT_EXPIRY("ends of rows the moment their time to live is over"),
    GROUP_BY("group-by searches"),
    SHORT_ARRAY_TEXTS("arrays of texts of less than 65535 bytes"),
    PATTERN_MATCHES("matches of texts other than of their beginnings"),
    JSON_ARRAY_LENGTH_ORDER("comparisons of an array's length within JSON other than == and !="),
    JSON_ARRAY_LENGTH("the length of an array within JSON"),
    MIXED_JSON("filters on JSON keys whose values are of several types"),
    JSON_NULLS("filters on nulls within JSON"),
    ANY_JSON_KEY("filters on JSON keys of any characters"),
    INVERTED_INDEXES("inverted indexes of scalar fields"),
    MANHATTAN("the Manhattan distance"),
    MANHATTAN_PAGES("pages of a search, or a near bound, by the Manhattan distance"),
    ORDERED_TIES("hits of one score in the order of their keys, however many there are"),
    RENAME("renaming collections"),
    PARTITION_LOADING("loading and releasing single partitions"),
    RESOURCE_STATISTICS("sizes and query nodes among a collection's statistics"),
    DATABASES("databases"),
    ALIASES("aliases"),
    PARTITIONS("partitions by name"),
    LOADING("loading and releasing"),
    INDEXES("indexes to choose");

    /** What every store can do but a tenant's part of one. */
    public static final Set<Feature> OF_WHOLE_STORES = Set.of(RENAME, DATABASES, ALIASES, PARTITIONS, LOADING, INDEXES);

    private final String what;

    Feature(String what) {
        this.what = what;
    }

    /** In the plural, as a sentence names it. */
    public String what() {
        return what;
    }

    /**
     * @param features of the store
     * @param store as the message names it
     * @throws UnsupportedOperationException saying what the store does not have, unless it does
     */
    public void demand(Set<Feature> features, String store) {
        if (!features.contains(this)) {
            throw missing(store);
        }
    }

    /** @param store that does not have it, as the message names it */
    public UnsupportedOperationException missing(String store) {
        return new UnsupportedOperationException(store + " does not offer " + what);
    }

    /** @throws UnsupportedOperationException naming the first feature that the schema needs and the store lacks */
    public static void demandAll(CollectionSchema schema, Set<Feature> features, String store) {
        if (schema.vectors().size() > 1) {
            SEVERAL_VECTORS.demand(features, store);
        }
        for (VectorField vector : schema.vectors()) {
            if (vector.type() instanceof VectorField.Type.Sparse) {
                SPARSE_VECTORS.demand(features, store);
            } else if (vector.type() instanceof VectorField.Type.Binary) {
                BINARY_VECTORS.demand(features, store);
            } else {
                demand((VectorField.Type.Dense) vector.type(), features, store);
            }
        }
        for (Field field : schema.fields()) {
            if (field.nullable()) {
                NULLABLE_FIELDS.demand(features, store);
            }
            if (field.defaultValue().isPresent()) {
                DEFAULT_VALUES.demand(features, store);
            }
            if (field.type() instanceof Field.Type.Array array
                    && array.element() instanceof Field.Type.Text text
                    && text.maxBytes() < Field.Type.Text.MOST_BYTES) {
                SHORT_ARRAY_TEXTS.demand(features, store);
            }
        }
    }

    private static void demand(VectorField.Type.Dense dense, Set<Feature> features, String store) {
        if (dense.precision() != VectorField.Precision.FLOAT32) {
            HALF_PRECISION_VECTORS.demand(features, store);
        }
        if (dense.metric() == Metric.MANHATTAN) {
            MANHATTAN.demand(features, store);
        }
    }
}
