package dev.milvuso.vector.check;

import dev.milvuso.vector.ArgumentMismatch;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.filter.FilterCheck;
import java.util.Optional;

/** Refuses searches and queries that do not fit a collection's schema. Immutable. */
public final class RequestCheck {
    private final CollectionSchema schema;
    private final FilterCheck filters;
    private final EntityCheck entities;
    private final VectorCheck vectors = new VectorCheck();

    public RequestCheck(CollectionSchema schema) {
        this.schema = schema;
        this.filters = new FilterCheck(schema);
        this.entities = new EntityCheck(schema);
    }

    /**
     * @return the vector field that is searched in
     * @throws IllegalArgumentException naming what does not fit
     */
    public VectorField search(SearchRequest request) {
        VectorField field = schema.vector(request.vectorField());
        boolean isOne = request.queries().size() == 1;
        for (int i = 0; i < request.queries().size(); i++) {
            Vector query = request.queries().get(i);
            Object[] place = isOne ? new Object[] {"vector"} : new Object[] {"vectors", i};
            placed(
                    () -> vectors.check(() -> "the query for collection " + schema.name() + ": ", field.type(), query),
                    place);
        }
        request.range()
                .ifPresent(
                        range -> placed(() -> range.requireScores(field.type().smallerIsNearer()), "range"));
        request.parameters().ef().filter(ef -> ef < request.k()).ifPresent(ef -> {
            throw new ArgumentMismatch(
                    "search parameter ef is " + ef + ": must be at least k, which is " + request.k(),
                    "parameters",
                    "ef");
        });
        request.filter().ifPresent(filters::check);
        placed(() -> entities.ids(request.exclude()), "exclude");
        output(request.output());
        request.groupBy().ifPresent(this::group);
        return field;
    }

    /** What is wrong there is wrong with this part of the request. */
    private static void placed(Runnable check, Object... place) {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            throw new ArgumentMismatch(String.valueOf(e.getMessage()), place);
        }
    }

    public void query(QueryRequest request) {
        request.filter().ifPresent(filters::check);
        output(request.output());
    }

    public void filter(Filter filter) {
        filters.check(filter);
    }

    private void group(String name) {
        Optional<Field> field = schema.field(name);
        boolean fits = field.isPresent()
                && (field.get().type() instanceof Field.Type.Int
                        || field.get().type() instanceof Field.Type.Text
                        || field.get().type() instanceof Field.Type.Bool);
        if (!fits) {
            throw new ArgumentMismatch(
                    "group by " + name + ": must be a text, integer or truth value field of collection "
                            + schema.name(),
                    "group_by");
        }
    }

    private void output(Output output) {
        if (output instanceof Output.Named named && !schema.dynamic()) {
            for (String name : named.names()) {
                boolean known = name.equals(schema.key().name())
                        || schema.field(name).isPresent()
                        || schema.vectors().stream()
                                .anyMatch(vector -> vector.name().equals(name));
                if (!known) {
                    throw new ArgumentMismatch(
                            "output: collection " + schema.name() + " has no field " + name, "output");
                }
            }
        }
    }
}
