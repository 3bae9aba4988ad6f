package dev.milvuso.vector.rest;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.json.EntityJson;
import dev.milvuso.vector.json.QueryJson;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Queries in pages, each behind the last key of the one before. */
final class RestPages {
    private static final int MOST_ROWS = 1000;

    /** Less than a server has in one answer. */
    private static final int MOST_NUMBERS = 2_000_000;

    private final RestConnection connection;
    private final String path;
    private final EntityJson json;

    RestPages(RestConnection connection, String path, EntityJson json) {
        this.connection = connection;
        this.path = path;
        this.json = json;
    }

    /** How many entities a server is asked for at once. */
    static int size(CollectionSchema schema, Output output) {
        int numbers = schema.vectors().stream()
                .filter(field -> output.has(field.name()))
                .mapToInt(RestPages::numbers)
                .sum();
        return Math.max(1, Math.min(MOST_ROWS, MOST_NUMBERS / Math.max(1, numbers)));
    }

    private static int numbers(VectorField field) {
        if (field.type() instanceof VectorField.Type.Dense dense) {
            return dense.dimension();
        }
        return field.type() instanceof VectorField.Type.Binary binary ? binary.dimension() / 32 : 128;
    }

    List<Entity> all(QueryRequest request) {
        int size = size(json.schema(), request.output());
        List<Entity> found = new ArrayList<>();
        Optional<Id> after = Optional.empty();
        while (found.size() < request.limit()) {
            int limit = Math.min(size, request.limit() - found.size());
            List<Entity> page = page(request.page(found.isEmpty() ? request.offset() : 0, limit), after);
            found.addAll(page);
            if (page.size() < limit) {
                break;
            }
            after = page.get(page.size() - 1).key();
        }
        return found;
    }

    private List<Entity> page(QueryRequest request, Optional<Id> after) {
        return connection
                .send("POST", path, out -> QueryJson.write(out, request, json, after))
                .get("entities")
                .elements(Integer.MAX_VALUE)
                .stream()
                .map(json::read)
                .toList();
    }

    /** @param batch entities of a step at most */
    Iterator<List<Entity>> iterate(QueryRequest request, int batch) {
        int size = Math.min(batch, size(json.schema(), request.output()));
        return new Iterator<>() {
            private @Nullable List<Entity> next = page(request.page(0, size), Optional.empty());

            @Override
            public boolean hasNext() {
                return next != null && !next.isEmpty();
            }

            @Override
            public List<Entity> next() {
                List<Entity> now = next;
                if (now == null || now.isEmpty()) {
                    throw new NoSuchElementException();
                }
                next = now.size() < size
                        ? null
                        : page(request.page(0, size), now.get(now.size() - 1).key());
                return now;
            }
        };
    }
}
