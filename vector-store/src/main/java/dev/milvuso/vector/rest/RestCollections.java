package dev.milvuso.vector.rest;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.CollectionState;
import dev.milvuso.vector.CollectionStatistics;
import dev.milvuso.vector.Indexes;
import dev.milvuso.vector.Names;
import dev.milvuso.vector.json.JsonInput;
import dev.milvuso.vector.json.SchemaJson;
import dev.milvuso.vector.json.StatisticsJson;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Collections as a whole, their names, aliases and partitions.
 *
 * @param open gives the connection while the store is open
 */
record RestCollections(Supplier<RestConnection> open) {
    private static final String COLLECTION = "collection";

    static String path(String collection, String... further) {
        String path = "/collections/" + RestConnection.segment(collection);
        for (String segment : further) {
            path += "/" + RestConnection.segment(segment);
        }
        return path;
    }

    private void post(String collection, String what) {
        open.get().send("POST", path(collection, what), new byte[0]);
    }

    List<String> names(String path, String member) {
        return open.get().get(path).get(member).elements(Integer.MAX_VALUE).stream()
                .map(JsonInput::text)
                .toList();
    }

    CollectionSchema schema(String collection) {
        return describe(collection)
                .orElseThrow(() -> new IllegalArgumentException("there is no collection " + collection));
    }

    void create(CollectionSchema schema) {
        open.get().send("POST", "/collections", out -> SchemaJson.write(out, schema));
    }

    Optional<CollectionSchema> describe(String collection) {
        if (!Names.isPlain(collection)) {
            return Optional.empty();
        }
        try {
            return Optional.of(SchemaJson.read(open.get().get(path(collection))));
        } catch (RefusedException e) {
            if (e.isUnknown(COLLECTION)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    List<String> list() {
        return names("/collections", "collections");
    }

    void rename(String collection, String name) {
        open.get().send("POST", path(collection, "rename"), out -> {
            out.writeStartObject();
            out.writeStringField("name", name);
            out.writeEndObject();
        });
    }

    void drop(String collection) {
        delete(path(collection), COLLECTION);
    }

    /** @param what may be gone already */
    void delete(String path, String what) {
        try {
            open.get().send("DELETE", path, new byte[0]);
        } catch (RefusedException e) {
            if (!e.isUnknown(what)) {
                throw e;
            }
        }
    }

    void truncate(String collection) {
        post(collection, "truncate");
    }

    void load(String collection) {
        post(collection, "load");
    }

    void release(String collection) {
        post(collection, "release");
    }

    CollectionStatistics statistics(String collection) {
        return StatisticsJson.read(open.get().get(path(collection, "statistics")));
    }

    CollectionState state(String collection) {
        return StatisticsJson.state(open.get().get(path(collection, "state")));
    }

    Indexes indexes(String collection) {
        return new RestIndexes(open, path(collection, "indexes"));
    }

    void createAlias(String alias, String collection) {
        open.get().send("POST", path(collection, "aliases"), out -> {
            out.writeStartObject();
            out.writeStringField("alias", alias);
            out.writeEndObject();
        });
    }

    void alterAlias(String alias, String collection) {
        open.get().send("PUT", path(collection, "aliases", alias), new byte[0]);
    }

    void dropAlias(String alias) {
        // An alias names its collection, too.
        try {
            delete(path(alias, "aliases", alias), "alias");
        } catch (RefusedException e) {
            if (!e.isUnknown(COLLECTION)) {
                throw e;
            }
        }
    }

    List<String> aliases(String collection) {
        return names(path(collection, "aliases"), "aliases");
    }

    void createPartition(String collection, String partition) {
        open.get().send("PUT", path(collection, "partitions", partition), new byte[0]);
    }

    void dropPartition(String collection, String partition) {
        delete(path(collection, "partitions", partition), "partition");
    }

    void loadPartition(String collection, String partition) {
        open.get().send("POST", path(collection, "partitions", partition, "load"), new byte[0]);
    }

    void releasePartition(String collection, String partition) {
        open.get().send("POST", path(collection, "partitions", partition, "release"), new byte[0]);
    }

    List<String> partitions(String collection) {
        return names(path(collection, "partitions"), "partitions");
    }
}
