package dev.milvuso.vector.milvus;

import dev.milvuso.vector.Names;
import dev.milvuso.vector.VectorStore;
import io.milvus.v2.service.database.request.CreateDatabaseReq;
import io.milvus.v2.service.database.request.DropDatabaseReq;
import java.util.List;

/** Databases of a server. */
final class MilvusDatabases {
    private final MilvusSession session;

    MilvusDatabases(MilvusSession session) {
        this.session = session;
    }

    List<String> list() {
        return session.call(client -> client.listDatabases().getDatabaseNames()).stream()
                .sorted()
                .toList();
    }

    void create(String database) {
        Names.checked("database", database);
        if (!list().contains(database)) {
            session.call(client -> {
                client.createDatabase(
                        CreateDatabaseReq.builder().databaseName(database).build());
                return database;
            });
        }
    }

    void drop(String database) {
        if (list().contains(database)) {
            refuseIfUsed(database);
            session.call(client -> {
                client.dropDatabase(
                        DropDatabaseReq.builder().databaseName(database).build());
                return database;
            });
        }
    }

    private void refuseIfUsed(String database) {
        try (VectorStore other = open(database)) {
            List<String> there = other.list();
            if (!there.isEmpty()) {
                throw new IllegalArgumentException(
                        "database " + database + " has the collections " + there + ": drop them first");
            }
        }
    }

    VectorStore open(String database) {
        return new MilvusVectorStore(session.config().inDatabase(database));
    }
}
