package dev.milvuso.vector.milvus;

import dev.milvuso.component.Health;
import dev.milvuso.component.Unavailable;
import dev.milvuso.config.MilvusConfig;
import dev.milvuso.vector.BackendInfo;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.CollectionState;
import dev.milvuso.vector.CollectionStatistics;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Feature;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Indexes;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.SearchProfile;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.VectorStore;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.service.utility.response.CheckHealthResp;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Collections on a Milvus server of version 2.3 or newer. Connects at the first call; nothing else is kept here than
 * what the collections look like.
 *
 * <p>Servers before 2.4 put what is upserted into a collection with a partition key in wrong places: there an upsert is
 * a delete and an insert, between which a reader misses the rows. They lose rows with the key {@link Long#MAX_VALUE},
 * which is refused there.
 */
public final class MilvusVectorStore implements VectorStore {
    private final MilvusSession session;
    private final MilvusCatalogue catalogue;
    private final MilvusAliases aliases;
    private final MilvusPartitions partitions;
    private final MilvusDatabases databases;
    private final MilvusWrites writes;
    private final MilvusReads reads;
    private final MilvusSearches searches;
    private final MilvusStatistics statistics;

    /** For a server at an address, with whatever else is to be otherwise than in the shipped configuration. */
    public static MilvusStoreBuilder builder() {
        return new MilvusStoreBuilder();
    }

    /** @param config of a server; connecting is left to the first call */
    public MilvusVectorStore(MilvusConfig config) {
        this.session = new MilvusSession(config);
        this.partitions = new MilvusPartitions(session);
        this.catalogue = new MilvusCatalogue(session, partitions);
        this.aliases = new MilvusAliases(session);
        this.databases = new MilvusDatabases(session);
        this.writes = new MilvusWrites(session, partitions);
        this.reads = new MilvusReads(session, partitions);
        this.searches = new MilvusSearches(session, partitions);
        this.statistics = new MilvusStatistics(session, partitions, reads);
    }

    /** @param version as the server says it, such as {@code v2.3.5} or {@code milvus_lite-3.2.2} */
    public static Set<Feature> features(String version) {
        return MilvusVersion.parse(version).features();
    }

    @Override
    public Set<Feature> features() {
        return session.version().features();
    }

    @Override
    public BackendInfo backendInfo() {
        MilvusVersion version = session.version();
        return new BackendInfo(version.lite() ? "Milvus Lite" : "Milvus", version.number(), version.features());
    }

    @Override
    public void create(CollectionSchema schema) {
        catalogue.create(schema);
    }

    @Override
    public Optional<CollectionSchema> describe(String collection) {
        return catalogue.describe(collection);
    }

    @Override
    public List<String> list() {
        return catalogue.list();
    }

    @Override
    public void rename(String collection, String name) {
        catalogue.rename(collection, name);
    }

    @Override
    public void drop(String collection) {
        catalogue.drop(collection);
    }

    @Override
    public void truncate(String collection) {
        writes.truncate(collection);
    }

    @Override
    public void load(String collection) {
        catalogue.load(collection);
    }

    @Override
    public void release(String collection) {
        catalogue.release(collection);
    }

    @Override
    public CollectionStatistics statistics(String collection) {
        return statistics.of(collection);
    }

    @Override
    public CollectionState state(String collection) {
        return statistics.state(collection);
    }

    @Override
    public Indexes indexes(String collection) {
        return new MilvusIndexes(collection, session);
    }

    @Override
    public void createAlias(String alias, String collection) {
        aliases.create(alias, collection);
    }

    @Override
    public void alterAlias(String alias, String collection) {
        aliases.alter(alias, collection);
    }

    @Override
    public void dropAlias(String alias) {
        aliases.drop(alias);
    }

    @Override
    public List<String> aliases(String collection) {
        return aliases.of(collection);
    }

    @Override
    public void createPartition(String collection, String partition) {
        partitions.create(collection, partition);
    }

    @Override
    public void dropPartition(String collection, String partition) {
        partitions.drop(collection, partition);
    }

    @Override
    public List<String> partitions(String collection) {
        return partitions.of(collection);
    }

    @Override
    public void loadPartition(String collection, String partition) {
        partitions.load(collection, partition);
    }

    @Override
    public void releasePartition(String collection, String partition) {
        partitions.release(collection, partition);
    }

    @Override
    public List<Id> insert(String collection, Optional<String> partition, List<Entity> entities) {
        return writes.insert(collection, partition, entities);
    }

    @Override
    public void upsert(String collection, Optional<String> partition, List<Entity> entities) {
        writes.upsert(collection, partition, entities);
    }

    @Override
    public List<Entity> get(String collection, Collection<Id> keys, Output output) {
        return reads.get(collection, keys, output);
    }

    @Override
    public List<Entity> query(String collection, QueryRequest request) {
        return reads.query(collection, request);
    }

    @Override
    public Iterator<List<Entity>> iterate(String collection, QueryRequest request, int batch) {
        return reads.iterate(collection, request, batch);
    }

    @Override
    public void deleteKeys(String collection, Collection<Id> keys) {
        writes.deleteKeys(collection, keys);
    }

    @Override
    public void deleteWhere(String collection, Filter filter) {
        writes.deleteWhere(collection, filter);
    }

    @Override
    public List<List<Hit>> searchAll(String collection, SearchRequest request) {
        return searches.hits(collection, request);
    }

    /** What is known without the server's saying so. */
    @Override
    public Optional<SearchProfile> profile(String collection, SearchRequest request) {
        return Optional.of(searches.profile(collection, request));
    }

    @Override
    public long count(String collection) {
        return reads.count(collection);
    }

    @Override
    public long count(String collection, Filter filter) {
        return reads.count(collection, filter);
    }

    @Override
    public List<String> databases() {
        return databases.list();
    }

    @Override
    public void createDatabase(String database) {
        databases.create(database);
    }

    @Override
    public void dropDatabase(String database) {
        databases.drop(database);
    }

    @Override
    public VectorStore database(String database) {
        return databases.open(database);
    }

    @Override
    public Health health() {
        try {
            CheckHealthResp health = session.call(MilvusClientV2::checkHealth);
            return Boolean.TRUE.equals(health.getIsHealthy())
                    ? new Health.Up()
                    : new Health.Down("Milvus says that it is not healthy: " + health.getReasons());
        } catch (Unavailable | IllegalStateException e) {
            return new Health.Down(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
