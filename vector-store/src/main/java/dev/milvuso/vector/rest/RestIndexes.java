package dev.milvuso.vector.rest;

import dev.milvuso.vector.IndexDescription;
import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.Indexes;
import dev.milvuso.vector.json.IndexJson;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The indexes of one collection.
 *
 * @param path {@code /collections/…/indexes}
 */
record RestIndexes(Supplier<RestConnection> connection, String path) implements Indexes {
    private String of(String field) {
        return path + "/" + RestConnection.segment(field);
    }

    @Override
    public void create(String field, IndexSpec spec) {
        connection.get().send("POST", path, out -> IndexJson.write(out, Optional.of(field), spec));
    }

    @Override
    public void drop(String field) {
        connection.get().send("DELETE", of(field), new byte[0]);
    }

    @Override
    public void replace(String field, IndexSpec spec) {
        connection.get().send("PUT", of(field), out -> IndexJson.write(out, Optional.empty(), spec));
    }

    @Override
    public void rebuild(String field) {
        connection.get().send("POST", of(field) + "/rebuild", new byte[0]);
    }

    @Override
    public Optional<IndexDescription> describe(String field) {
        try {
            return Optional.of(IndexJson.description(connection.get().get(of(field))));
        } catch (RefusedException e) {
            if (e.isUnknown("index")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public List<IndexDescription> list() {
        return connection.get().get(path).get("indexes").elements(Integer.MAX_VALUE).stream()
                .map(IndexJson::description)
                .toList();
    }
}
