package dev.milvuso.vector.check;

import dev.milvuso.vector.ArgumentMismatch;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.SearchParameters;
import dev.milvuso.vector.VectorField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Refuses indexes that a field cannot have, and search parameters that an index does not take. */
public final class IndexCheck {
    private IndexCheck() {}

    /** @throws IllegalArgumentException naming the field that there is not, or why it cannot have such an index */
    public static void check(CollectionSchema schema, String name, IndexSpec spec) {
        Optional<VectorField> vector = vector(schema, name);
        if (vector.isEmpty()) {
            scalar(name, field(schema, name), spec);
        } else if (vector.get().type() instanceof VectorField.Type.Sparse) {
            if (!(spec instanceof IndexSpec.SparseInverted || spec instanceof IndexSpec.AutoIndex)) {
                throw refused(name, "sparse vectors have SPARSE_INVERTED_INDEX or AUTOINDEX", spec);
            }
        } else if (!(spec instanceof IndexSpec.OfVectors)) {
            throw refused(name, "it is a vector, and this is no index of such vectors", spec);
        } else if (vector.get().type() instanceof VectorField.Type.Dense dense) {
            dense(name, dense.dimension(), spec);
        } else if (!(spec instanceof IndexSpec.Flat
                || spec instanceof IndexSpec.IvfFlat
                || spec instanceof IndexSpec.AutoIndex)) {
            throw refused(name, "vectors of bits have FLAT, IVF_FLAT or AUTOINDEX", spec);
        }
    }

    private static void dense(String name, int dimension, IndexSpec spec) {
        if (spec instanceof IndexSpec.IvfPq pq && dimension % pq.parts() != 0) {
            throw new ArgumentMismatch(
                    "index parameter m is " + pq.parts() + ": must divide the dimension " + dimension + " of field "
                            + name,
                    "parameters",
                    "m");
        }
    }

    private static void scalar(String name, Field.Type type, IndexSpec spec) {
        if (!(spec instanceof IndexSpec.OfScalars)) {
            throw refused(name, "it is no vector", spec);
        }
        boolean isNumber = type instanceof Field.Type.Int || type instanceof Field.Type.Real;
        boolean fits = spec instanceof IndexSpec.Trie
                ? type instanceof Field.Type.Text
                : spec instanceof IndexSpec.Sorted ? isNumber : !(type instanceof Field.Type.Json);
        if (!fits) {
            throw refused(
                    name,
                    "TRIE is of texts, STL_SORT of numbers, INVERTED of texts, numbers, truth values and arrays",
                    spec);
        }
    }

    private static IllegalArgumentException refused(String name, String why, IndexSpec spec) {
        return new ArgumentMismatch("field " + name + " cannot have an index " + spec.type() + ": " + why, "type");
    }

    /** @throws IllegalArgumentException if an index that is there is not what is asked for */
    public static void same(String field, IndexSpec there, IndexSpec asked) {
        if (!there.equals(asked)) {
            throw new IllegalArgumentException("field " + field + " has an index " + there.label() + " and not "
                    + asked.label() + ": drop it first, or replace it");
        }
    }

    private static Optional<VectorField> vector(CollectionSchema schema, String name) {
        return schema.vectors().stream()
                .filter(vector -> vector.name().equals(name))
                .findFirst();
    }

    private static Field.Type field(CollectionSchema schema, String name) {
        if (name.equals(schema.key().name())) {
            return schema.key().type();
        }
        return schema.field(name)
                .map(Field::type)
                .orElseThrow(
                        () -> new ArgumentMismatch("collection " + schema.name() + " has no field " + name, "field"));
    }

    /** @throws IllegalArgumentException if there is no such field */
    public static void field(CollectionSchema schema, Optional<String> name) {
        name.filter(field -> vector(schema, field).isEmpty()).ifPresent(field -> field(schema, field));
    }

    /**
     * An AUTOINDEX takes what concerns whatever it is.
     *
     * @throws IllegalArgumentException naming the parameters that the index does not take, and those that it does
     */
    public static void search(String field, IndexSpec spec, SearchParameters given) {
        if (spec instanceof IndexSpec.AutoIndex) {
            return;
        }
        List<String> own = parametersOf(spec);
        List<String> foreign = new ArrayList<>();
        given.ef().ifPresent(value -> foreign.add("ef"));
        given.probes().ifPresent(value -> foreign.add("probes"));
        given.searchList().ifPresent(value -> foreign.add("search_list"));
        given.reorder().ifPresent(value -> foreign.add("reorder"));
        foreign.removeAll(own);
        if (!foreign.isEmpty()) {
            throw new ArgumentMismatch(
                    "the index of field " + field + " is " + spec.type() + ", which takes no search parameter "
                            + String.join(", ", foreign)
                            + (own.isEmpty() ? "" : ": it takes " + String.join(", ", own)),
                    "parameters",
                    foreign.get(0));
        }
    }

    private static List<String> parametersOf(IndexSpec spec) {
        if (spec instanceof IndexSpec.Hnsw) {
            return List.of("ef");
        }
        if (spec instanceof IndexSpec.ScaNN) {
            return List.of("probes", "reorder");
        }
        if (spec instanceof IndexSpec.DiskAnn) {
            return List.of("search_list");
        }
        return spec instanceof IndexSpec.IvfFlat || spec instanceof IndexSpec.IvfSq8 || spec instanceof IndexSpec.IvfPq
                ? List.of("probes")
                : List.of();
    }
}
