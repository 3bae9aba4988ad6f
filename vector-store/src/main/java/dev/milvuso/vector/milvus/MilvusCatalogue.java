package dev.milvuso.vector.milvus;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Feature;
import dev.milvuso.vector.Names;
import dev.milvuso.vector.check.CollectionCheck;
import io.milvus.v2.service.collection.request.ReleaseCollectionReq;
import io.milvus.v2.service.collection.request.RenameCollectionReq;
import java.util.List;
import java.util.Optional;

/** Collections of a database: made, found, renamed, dropped, loaded. */
final class MilvusCatalogue {
    private final MilvusSession session;
    private final MilvusCollections collections;
    private final MilvusPartitions partitions;

    MilvusCatalogue(MilvusSession session, MilvusPartitions partitions) {
        this.session = session;
        this.partitions = partitions;
        this.collections = session.collections();
    }

    void create(CollectionSchema schema) {
        Feature.demandAll(
                schema, session.version().features(), session.version().toString());
        session.runAtLeisure(schema.name(), client -> collections.create(client, schema));
        session.forget(schema.name());
    }

    Optional<CollectionSchema> describe(String collection) {
        return session.describe(collection).map(Known::schema);
    }

    List<String> list() {
        return session.call(MilvusCollections::names).stream().sorted().toList();
    }

    void rename(String collection, String name) {
        Names.checked("collection", name);
        String old = session.real(collection);
        boolean lite = session.version().lite();
        session.runOnce(collection, client -> {
            CollectionCheck.free(name, MilvusCollections.isThere(client, name));
            client.renameCollection(RenameCollectionReq.builder()
                    .collectionName(old)
                    .newCollectionName(name)
                    .build());
        });
        if (lite) {
            // It comes out released there, and again if a call of others opens it in the same moment.
            session.runAtLeisure(name, client -> collections.loadIfReleased(client, name));
            session.runAtLeisure(name, client -> collections.loadIfReleased(client, name));
        }
        session.forget(collection);
        session.forget(name);
    }

    void drop(String collection) {
        session.run(collection, client -> collections.drop(client, collection));
        session.forget(collection);
    }

    void load(String collection) {
        String name = session.real(collection);
        if (!partitions.loaded(collection).containsAll(partitions.of(collection))) {
            session.runAtLeisure(collection, client -> collections.load(client, name));
        }
    }

    void release(String collection) {
        String name = session.real(collection);
        session.run(
                collection,
                client -> client.releaseCollection(
                        ReleaseCollectionReq.builder().collectionName(name).build()));
    }
}
