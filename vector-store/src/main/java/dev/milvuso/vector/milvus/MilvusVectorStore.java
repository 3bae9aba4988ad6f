package dev.milvuso.vector.milvus;

import dev.milvuso.component.Health;
import dev.milvuso.component.Unavailable;
import dev.milvuso.config.MilvusConfig;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.CollectionStatistics;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Feature;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Indexes;
import dev.milvuso.vector.Names;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.check.CollectionCheck;
import dev.milvuso.vector.check.IndexCheck;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.common.ConsistencyLevel;
import io.milvus.v2.service.collection.request.ReleaseCollectionReq;
import io.milvus.v2.service.collection.request.RenameCollectionReq;
import io.milvus.v2.service.database.request.CreateDatabaseReq;
import io.milvus.v2.service.database.request.DropDatabaseReq;
import io.milvus.v2.service.partition.request.CreatePartitionReq;
import io.milvus.v2.service.partition.request.DropPartitionReq;
import io.milvus.v2.service.partition.request.ListPartitionsReq;
import io.milvus.v2.service.partition.request.ReleasePartitionsReq;
import io.milvus.v2.service.utility.request.AlterAliasReq;
import io.milvus.v2.service.utility.request.CreateAliasReq;
import io.milvus.v2.service.utility.request.DropAliasReq;
import io.milvus.v2.service.utility.response.CheckHealthResp;
import io.milvus.v2.service.vector.request.DeleteReq;
import io.milvus.v2.service.vector.request.InsertReq;
import io.milvus.v2.service.vector.request.QueryReq;
import io.milvus.v2.service.vector.request.UpsertReq;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Collections on a Milvus server of version 2.3 or newer. Connects at the first call; nothing else is kept here than
 * what the collections look like.
 */
public final class MilvusVectorStore implements VectorStore {
    private static final int KEYS_A_CALL = 1000;
    private static final String COUNT = "count(*)";

    private final MilvusConfig config;
    private final MilvusConnection connection;
    private final MilvusConnection once;
    private final MilvusCollections collections;
    private final ConsistencyLevel consistency;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private volatile @Nullable MilvusVersion version;

    /** @param config of a server; connecting is left to the first call */
    public MilvusVectorStore(MilvusConfig config) {
        this.config = config;
        this.connection = new MilvusConnection(config, MilvusConnection.ATTEMPTS);
        this.once = new MilvusConnection(config, MilvusConnection.ONE_ATTEMPT);
        this.collections = new MilvusCollections(config);
        this.consistency = ConsistencyLevel.valueOf(config.consistencyLevel().toUpperCase(Locale.ROOT));
    }

    @Override
    public Set<Feature> features() {
        return version().features();
    }

    private MilvusVersion version() {
        MilvusVersion asked = version;
        if (asked == null) {
            asked = MilvusVersion.parse(connection.call(MilvusClientV2::getServerVersion));
            version = asked;
        }
        return asked;
    }

    @Override
    public void create(CollectionSchema schema) {
        Feature.demandAll(schema, features(), version().toString());
        run(schema.name(), client -> collections.create(client, schema));
        known.remove(schema.name());
    }

    @Override
    public Optional<CollectionSchema> describe(String collection) {
        return connection.call(client -> collections.known(client, collection)).map(Known::schema);
    }

    @Override
    public List<String> list() {
        return connection.call(client -> client.listCollections().getCollectionNames()).stream()
                .sorted()
                .toList();
    }

    @Override
    public void rename(String collection, String name) {
        Names.checked("collection", name);
        run(collection, client -> {
            CollectionCheck.free(name, MilvusCollections.isThere(client, name));
            client.renameCollection(RenameCollectionReq.builder()
                    .collectionName(real(collection))
                    .newCollectionName(name)
                    .build());
        });
        known.remove(collection);
        known.remove(name);
    }

    @Override
    public void drop(String collection) {
        run(collection, client -> collections.drop(client, collection));
        known.remove(collection);
    }

    @Override
    public void truncate(String collection) {
        Known it = known(collection);
        delete(collection, it.dialect().text(new Filter.And(List.of())));
    }

    @Override
    public void load(String collection) {
        String name = real(collection);
        run(collection, client -> collections.load(client, name));
    }

    @Override
    public void release(String collection) {
        String name = real(collection);
        run(
                collection,
                client -> client.releaseCollection(
                        ReleaseCollectionReq.builder().collectionName(name).build()));
    }

    /** Aliases are not understood everywhere. */
    private String real(String collection) {
        return known(collection).schema().name();
    }

    @Override
    public CollectionStatistics statistics(String collection) {
        String name = real(collection);
        boolean loaded = call(collection, client -> MilvusCollections.isLoaded(client, name));
        return new CollectionStatistics(loaded ? count(collection) : stored(collection), loaded);
    }

    private long stored(String collection) {
        String name = real(collection);
        return call(
                        collection,
                        client -> client.getCollectionStats(
                                io.milvus.v2.service.collection.request.GetCollectionStatsReq.builder()
                                        .collectionName(name)
                                        .build()))
                .getNumOfEntities();
    }

    @Override
    public Indexes indexes(String collection) {
        return new MilvusIndexes(collection, connection, collections, this::version, known::clear);
    }

    @Override
    public void createAlias(String alias, String collection) {
        Names.checked("alias", alias);
        String name = real(collection);
        run(collection, client -> {
            CollectionCheck.freeAlias(alias, MilvusCollections.isThere(client, alias));
            client.createAlias(CreateAliasReq.builder()
                    .databaseName(config.database())
                    .alias(alias)
                    .collectionName(name)
                    .build());
        });
    }

    @Override
    public void alterAlias(String alias, String collection) {
        String name = real(collection);
        run(collection, client -> {
            CollectionCheck.knownAlias(alias, isAlias(client, alias));
            client.alterAlias(AlterAliasReq.builder()
                    .databaseName(config.database())
                    .alias(alias)
                    .collectionName(name)
                    .build());
        });
        known.remove(alias);
    }

    private static boolean isAlias(MilvusClientV2 client, String alias) {
        return MilvusCollections.isThere(client, alias)
                && !client.listCollections().getCollectionNames().contains(alias);
    }

    @Override
    public void dropAlias(String alias) {
        connection.call(client -> {
            if (isAlias(client, alias)) {
                client.dropAlias(DropAliasReq.builder()
                        .databaseName(config.database())
                        .alias(alias)
                        .build());
            }
            return alias;
        });
        known.remove(alias);
    }

    @Override
    public List<String> aliases(String collection) {
        String name = real(collection);
        return call(collection, client -> collections.aliases(client, name));
    }

    @Override
    public void createPartition(String collection, String partition) {
        Names.checked("partition", partition);
        String name = partitioned(collection).schema().name();
        if (!partitions(collection).contains(partition)) {
            run(
                    collection,
                    client -> client.createPartition(CreatePartitionReq.builder()
                            .collectionName(name)
                            .partitionName(partition)
                            .build()));
        }
    }

    private Known partitioned(String collection) {
        Known it = known(collection);
        CollectionCheck.namedPartitions(collection, it.schema());
        return it;
    }

    @Override
    public void dropPartition(String collection, String partition) {
        String name = partitioned(collection).schema().name();
        CollectionCheck.droppablePartition(partition);
        if (partitions(collection).contains(partition)) {
            run(collection, client -> {
                client.releasePartitions(ReleasePartitionsReq.builder()
                        .collectionName(name)
                        .partitionNames(List.of(partition))
                        .build());
                client.dropPartition(DropPartitionReq.builder()
                        .collectionName(name)
                        .partitionName(partition)
                        .build());
            });
        }
    }

    @Override
    public List<String> partitions(String collection) {
        String name = real(collection);
        return call(
                        collection,
                        client -> client.listPartitions(
                                ListPartitionsReq.builder().collectionName(name).build()))
                .stream()
                .sorted()
                .toList();
    }

    @Override
    public List<Id> insert(String collection, Optional<String> partition, List<Entity> entities) {
        Known it = writable(collection, partition);
        WriteBatches batches = new WriteBatches(it.entities().inserted(entities));
        List<Id> keys = batches.write(part -> {
            InsertReq.InsertReqBuilder request = InsertReq.builder()
                    .collectionName(it.schema().name())
                    .data(part.stream()
                            .map(entity -> MilvusRows.toMilvus(it.schema(), entity))
                            .toList());
            partition.ifPresent(request::partitionName);
            return call(once, collection, client -> client.insert(request.build())).getPrimaryKeys().stream()
                    .map(MilvusRows::key)
                    .toList();
        });
        return it.schema().key().generated()
                ? keys
                : entities.stream().flatMap(entity -> entity.key().stream()).toList();
    }

    private Known writable(String collection, Optional<String> partition) {
        if (partition.isEmpty()) {
            return known(collection);
        }
        Known it = partitioned(collection);
        checkPartitions(collection, Set.of(partition.get()));
        return it;
    }

    private void checkPartitions(String collection, Set<String> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        List<String> there = partitions(collection);
        for (String partition : partitions) {
            if (!there.contains(partition)) {
                throw new IllegalArgumentException("collection " + collection + " has no partition " + partition);
            }
        }
    }

    @Override
    public void upsert(String collection, Optional<String> partition, List<Entity> entities) {
        Known it = writable(collection, partition);
        WriteBatches batches = new WriteBatches(it.entities().upserted(entities));
        batches.write(part -> {
            UpsertReq.UpsertReqBuilder request = UpsertReq.builder()
                    .collectionName(it.schema().name())
                    .data(part.stream()
                            .map(entity -> MilvusRows.toMilvus(it.schema(), entity))
                            .toList());
            partition.ifPresent(request::partitionName);
            call(collection, client -> client.upsert(request.build()));
            return List.of();
        });
    }

    @Override
    public List<Entity> get(String collection, Collection<Id> keys, Output output) {
        Known it = known(collection);
        it.entities().ids(keys);
        it.requests().query(QueryRequest.everything().output(output));
        List<Entity> found = new ArrayList<>();
        for (List<Object> part : values(keys)) {
            String filter = it.dialect().text(it.dialect().in(part));
            found.addAll(query(collection, it, filter, QueryRequest.everything().output(output)));
        }
        return found;
    }

    private static List<List<Object>> values(Collection<Id> keys) {
        List<Object> values = keys.stream().distinct().map(Id::plain).toList();
        List<List<Object>> parts = new ArrayList<>();
        for (int from = 0; from < values.size(); from += KEYS_A_CALL) {
            parts.add(values.subList(from, Math.min(values.size(), from + KEYS_A_CALL)));
        }
        return parts;
    }

    @Override
    public List<Entity> query(String collection, QueryRequest request) {
        Known it = known(collection);
        it.requests().query(request);
        checkPartitions(collection, request.partitions());
        return query(collection, it, request.filter().map(it.dialect()::text).orElse(""), request);
    }

    private List<Entity> query(String collection, Known it, String filter, QueryRequest request) {
        QueryReq query = QueryReq.builder()
                .collectionName(it.schema().name())
                .partitionNames(List.copyOf(request.partitions()))
                .filter(filter)
                .outputFields(MilvusOutput.names(it.schema(), request.output()))
                .offset(request.offset())
                .limit(request.limit())
                .consistencyLevel(consistency)
                .build();
        return call(collection, client -> client.query(query)).getQueryResults().stream()
                .map(row -> MilvusRows.fromMilvus(it.schema(), row.getEntity()))
                .map(entity -> MilvusOutput.cut(entity, request.output()))
                .toList();
    }

    @Override
    public Iterator<List<Entity>> iterate(String collection, QueryRequest request, int batch) {
        QueryRequest page = request.page(0, batch);
        Known it = known(collection);
        return new MilvusBatches(
                part -> query(collection, part), page, it.schema().key().name());
    }

    @Override
    public void deleteKeys(String collection, Collection<Id> keys) {
        Known it = known(collection);
        it.entities().ids(keys);
        for (List<Object> part : values(keys)) {
            delete(collection, it.dialect().text(it.dialect().in(part)));
        }
    }

    @Override
    public void deleteWhere(String collection, Filter filter) {
        Known it = known(collection);
        it.requests().filter(filter);
        delete(collection, it.dialect().text(filter));
    }

    private void delete(String collection, String filter) {
        DeleteReq request = DeleteReq.builder()
                .collectionName(real(collection))
                .filter(filter)
                .build();
        call(collection, client -> client.delete(request));
    }

    @Override
    public List<List<Hit>> searchAll(String collection, SearchRequest request) {
        Known it = known(collection);
        VectorField field = it.requests().search(request);
        IndexCheck.search(field.name(), it.spec(field.name()), request.parameters());
        checkPartitions(collection, request.partitions());
        if (request.groupBy().isPresent()) {
            Feature.GROUP_BY.demand(features(), version().toString());
        }
        return new MilvusSearch(it, request, field, consistency)
                .hits(search -> call(collection, client -> client.search(search)));
    }

    @Override
    public long count(String collection) {
        return count(collection, "");
    }

    @Override
    public long count(String collection, Filter filter) {
        Known it = known(collection);
        it.requests().filter(filter);
        return count(collection, it.dialect().text(filter));
    }

    private long count(String collection, String filter) {
        QueryReq request = QueryReq.builder()
                .collectionName(real(collection))
                .filter(filter)
                .outputFields(List.of(COUNT))
                .consistencyLevel(consistency)
                .build();
        Object count = call(collection, client -> client.query(request))
                .getQueryResults()
                .get(0)
                .getEntity()
                .get(COUNT);
        return ((Number) Objects.requireNonNull(count, "Milvus gave no count")).longValue();
    }

    @Override
    public List<String> databases() {
        return connection.call(client -> client.listDatabases().getDatabaseNames()).stream()
                .sorted()
                .toList();
    }

    @Override
    public void createDatabase(String database) {
        Names.checked("database", database);
        if (!databases().contains(database)) {
            connection.call(client -> {
                client.createDatabase(
                        CreateDatabaseReq.builder().databaseName(database).build());
                return database;
            });
        }
    }

    @Override
    public void dropDatabase(String database) {
        if (databases().contains(database)) {
            refuseIfUsed(database);
            connection.call(client -> {
                client.dropDatabase(
                        DropDatabaseReq.builder().databaseName(database).build());
                return database;
            });
        }
    }

    private void refuseIfUsed(String database) {
        try (VectorStore other = database(database)) {
            List<String> there = other.list();
            if (!there.isEmpty()) {
                throw new IllegalArgumentException(
                        "database " + database + " has the collections " + there + ": drop them first");
            }
        }
    }

    @Override
    public VectorStore database(String database) {
        return new MilvusVectorStore(config.inDatabase(database));
    }

    @Override
    public Health health() {
        try {
            CheckHealthResp health = connection.call(MilvusClientV2::checkHealth);
            return Boolean.TRUE.equals(health.getIsHealthy())
                    ? new Health.Up()
                    : new Health.Down("Milvus says that it is not healthy: " + health.getReasons());
        } catch (Unavailable | IllegalStateException e) {
            return new Health.Down(String.valueOf(e.getMessage()));
        }
    }

    private Known known(String collection) {
        Known it = known.get(collection);
        if (it == null) {
            it = connection
                    .call(client -> collections.known(client, collection))
                    .orElseThrow(() -> missing(collection));
            // What an alias stands for may be altered by another process at any time.
            if (it.schema().name().equals(collection)) {
                known.put(collection, it);
            }
        }
        return it;
    }

    private void run(String collection, Consumer<MilvusClientV2> request) {
        call(collection, client -> {
            request.accept(client);
            return collection;
        });
    }

    private <T> T call(String collection, Function<MilvusClientV2, T> request) {
        return call(connection, collection, request);
    }

    /** A collection may have been dropped by another process since it was described here. */
    private <T> T call(MilvusConnection through, String collection, Function<MilvusClientV2, T> request) {
        try {
            return through.call(request);
        } catch (MilvusConnection.NoCollection e) {
            known.remove(collection);
            IllegalArgumentException missing = missing(collection);
            missing.initCause(e);
            throw missing;
        }
    }

    private static IllegalArgumentException missing(String collection) {
        return new IllegalArgumentException("there is no collection " + collection);
    }

    @Override
    public void close() {
        connection.close();
        once.close();
    }
}
