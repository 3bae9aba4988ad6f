package dev.milvuso.vector.milvus;

import dev.milvuso.vector.Names;
import dev.milvuso.vector.check.CollectionCheck;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.service.utility.request.AlterAliasReq;
import io.milvus.v2.service.utility.request.CreateAliasReq;
import io.milvus.v2.service.utility.request.DropAliasReq;
import java.util.List;

/** Aliases of a database. Each call names the database: Milvus 2.3 takes the default one for aliases otherwise. */
final class MilvusAliases {
    private final MilvusSession session;
    private final String database;

    MilvusAliases(MilvusSession session) {
        this.session = session;
        this.database = session.config().database();
    }

    void create(String alias, String collection) {
        Names.checked("alias", alias);
        String name = session.real(collection);
        session.runOnce(collection, client -> {
            CollectionCheck.freeAlias(alias, MilvusCollections.isThere(client, alias));
            client.createAlias(CreateAliasReq.builder()
                    .databaseName(database)
                    .alias(alias)
                    .collectionName(name)
                    .build());
        });
    }

    void alter(String alias, String collection) {
        String name = session.real(collection);
        session.run(collection, client -> {
            CollectionCheck.knownAlias(alias, isAlias(client, alias));
            client.alterAlias(AlterAliasReq.builder()
                    .databaseName(database)
                    .alias(alias)
                    .collectionName(name)
                    .build());
        });
        session.forget(alias);
    }

    private static boolean isAlias(MilvusClientV2 client, String alias) {
        return MilvusCollections.isThere(client, alias)
                && !MilvusCollections.names(client).contains(alias);
    }

    void drop(String alias) {
        session.call(client -> {
            if (isAlias(client, alias)) {
                client.dropAlias(DropAliasReq.builder()
                        .databaseName(database)
                        .alias(alias)
                        .build());
            }
            return alias;
        });
        session.forget(alias);
    }

    List<String> of(String collection) {
        String name = session.real(collection);
        return session.call(collection, client -> session.collections().aliases(client, name));
    }
}
