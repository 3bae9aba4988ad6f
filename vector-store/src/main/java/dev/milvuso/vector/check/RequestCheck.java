package dev.milvuso.vector.check;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.SearchRequest;
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
        request.queries()
                .forEach(query ->
                        vectors.check(() -> "the query for collection " + schema.name() + ": ", field.type(), query));
        request.range().ifPresent(range -> range.requireScores(field.type().smallerIsNearer()));
        request.parameters().ef().filter(ef -> ef < request.k()).ifPresent(ef -> {
            throw new IllegalArgumentException(
                    "search parameter ef is " + ef + ": must be at least k, which is " + request.k());
        });
        request.filter().ifPresent(filters::check);
        entities.ids(request.exclude());
        output(request.output());
        request.groupBy().ifPresent(this::group);
        return field;
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
            throw new IllegalArgumentException("group by " + name + ": must be a text, integer or truth value field of "
                    + "collection " + schema.name());
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
                    throw new IllegalArgumentException("output: collection " + schema.name() + " has no field " + name);
                }
            }
        }
    }
}
