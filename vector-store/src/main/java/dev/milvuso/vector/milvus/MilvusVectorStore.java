package dev.milvuso.vector.milvus;

import dev.milvuso.component.Health;
import dev.milvuso.component.Unavailable;
import dev.milvuso.config.MilvusConfig;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.EntityCheck;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.VectorStore;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.common.ConsistencyLevel;
import io.milvus.v2.common.IndexParam;
import io.milvus.v2.service.collection.request.DropCollectionReq;
import io.milvus.v2.service.collection.request.HasCollectionReq;
import io.milvus.v2.service.utility.response.CheckHealthResp;
import io.milvus.v2.service.vector.request.DeleteReq;
import io.milvus.v2.service.vector.request.QueryReq;
import io.milvus.v2.service.vector.request.SearchReq;
import io.milvus.v2.service.vector.request.UpsertReq;
import io.milvus.v2.service.vector.request.data.FloatVec;
import io.milvus.v2.service.vector.response.QueryResp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Collections on a Milvus server of version 2.3 or newer. Connects at the first call; nothing else is kept here than
 * what the collections look like.
 */
public final class MilvusVectorStore implements VectorStore {
    private static final int ROWS_A_CALL = 1000;
    /** Milvus returns no more. */
    private static final int MOST_HITS = 16384;
    /** Asked for beyond k, to see who else has the score of the last. */
    private static final int SPARE_HITS = 8;

    private static final String COUNT = "count(*)";

    private final MilvusConnection connection;
    private final MilvusCollections collections;
    private final ConsistencyLevel consistency;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /** @param config of a server; connecting is left to the first call */
    public MilvusVectorStore(MilvusConfig config) {
        this.connection = new MilvusConnection(config);
        this.collections = new MilvusCollections(config);
        this.consistency = ConsistencyLevel.valueOf(config.consistencyLevel().toUpperCase(Locale.ROOT));
    }

    /** What a collection looks like, asked once. */
    record Known(CollectionSchema schema, EntityCheck check, IndexParam.IndexType index) {}

    @Override
    public void create(CollectionSchema schema) {
        connection.call(client -> {
            collections.create(client, schema);
            return schema;
        });
        known.remove(schema.name());
    }

    @Override
    public Optional<CollectionSchema> describe(String collection) {
        return connection
                .call(client -> collections.describe(client, collection))
                .map(Known::schema);
    }

    @Override
    public void drop(String collection) {
        connection.call(client -> {
            boolean there = client.hasCollection(
                    HasCollectionReq.builder().collectionName(collection).build());
            if (there) {
                client.dropCollection(
                        DropCollectionReq.builder().collectionName(collection).build());
            }
            return there;
        });
        known.remove(collection);
    }

    @Override
    public void upsert(String collection, List<Entity> entities) {
        Known it = known(collection);
        it.check().entities(entities);
        // Milvus would keep both rows of an id that stands twice in one call.
        Map<String, Entity> byId = new LinkedHashMap<>();
        entities.forEach(entity -> byId.put(entity.id(), entity));
        for (List<Entity> part : parts(byId.values())) {
            UpsertReq request = UpsertReq.builder()
                    .collectionName(collection)
                    .data(part.stream()
                            .map(entity -> MilvusRows.toMilvus(it.schema(), entity))
                            .toList())
                    .build();
            call(collection, client -> client.upsert(request));
        }
    }

    @Override
    public List<Entity> get(String collection, Collection<String> ids) {
        CollectionSchema schema = known(collection).schema();
        List<String> output = new ArrayList<>(List.of(CollectionSchema.ID, CollectionSchema.VECTOR));
        schema.fields().forEach(field -> output.add(field.name()));
        List<Entity> found = new ArrayList<>();
        for (List<String> part : parts(ids.stream().distinct().toList())) {
            query(collection, MilvusExpression.idIn(part), output).getQueryResults().stream()
                    .map(row -> MilvusRows.fromMilvus(schema, row.getEntity()))
                    .forEach(found::add);
        }
        return found;
    }

    @Override
    public void delete(String collection, Collection<String> ids) {
        known(collection);
        for (List<String> part : parts(ids)) {
            DeleteReq request = DeleteReq.builder()
                    .collectionName(collection)
                    .filter(MilvusExpression.idIn(part))
                    .build();
            call(collection, client -> client.delete(request));
        }
    }

    @Override
    public List<Hit> search(String collection, SearchRequest request) {
        Known it = known(collection);
        it.check().request(request);
        int limit = Math.min(MOST_HITS, request.k() + SPARE_HITS);
        List<Hit> hits = search(it, request, limit);
        // Those that share the score of the k-th must all be seen to know which of them has the least id.
        while (hits.size() == limit
                && limit < MOST_HITS
                && hits.get(limit - 1).score() == hits.get(request.k() - 1).score()) {
            limit = Math.min(MOST_HITS, 2 * limit);
            hits = search(it, request, limit);
        }
        return List.copyOf(hits.subList(0, Math.min(request.k(), hits.size())));
    }

    private List<Hit> search(Known it, SearchRequest request, int limit) {
        String filter = MilvusExpression.all(Stream.concat(
                request.filter().map(MilvusExpression::of).stream(),
                request.exclude().isEmpty() ? Stream.empty() : Stream.of(MilvusExpression.idNotIn(request.exclude()))));
        SearchReq search = SearchReq.builder()
                .collectionName(it.schema().name())
                .annsField(CollectionSchema.VECTOR)
                .data(List.of(new FloatVec(request.query())))
                .limit(limit)
                .filter(filter)
                .searchParams(MilvusSchema.searchParameters(it.index(), limit))
                .consistencyLevel(consistency)
                .build();
        Comparator<Hit> nearer = Comparator.comparing(Hit::score);
        Comparator<Hit> best = it.schema().metric() == Metric.EUCLIDEAN ? nearer : nearer.reversed();
        return call(it.schema().name(), client -> client.search(search)).getSearchResults().stream()
                .flatMap(List::stream)
                .map(hit -> new Hit((String) hit.getId(), hit.getScore()))
                .sorted(best.thenComparing(Hit::id))
                .toList();
    }

    @Override
    public long count(String collection) {
        known(collection);
        Object count = query(collection, "", List.of(COUNT))
                .getQueryResults()
                .get(0)
                .getEntity()
                .get(COUNT);
        return ((Number) Objects.requireNonNull(count, "Milvus gave no count")).longValue();
    }

    private QueryResp query(String collection, String filter, List<String> output) {
        QueryReq request = QueryReq.builder()
                .collectionName(collection)
                .filter(filter)
                .outputFields(output)
                .consistencyLevel(consistency)
                .build();
        return call(collection, client -> client.query(request));
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
                    .call(client -> collections.describe(client, collection))
                    .orElseThrow(() -> missing(collection));
            known.put(collection, it);
        }
        return it;
    }

    /** A collection may have been dropped by another process since it was described here. */
    private <T> T call(String collection, Function<MilvusClientV2, T> request) {
        try {
            return connection.call(request);
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

    private static <T> List<List<T>> parts(Collection<T> all) {
        List<T> list = List.copyOf(all);
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < list.size(); from += ROWS_A_CALL) {
            parts.add(list.subList(from, Math.min(list.size(), from + ROWS_A_CALL)));
        }
        return parts;
    }

    @Override
    public void close() {
        connection.close();
    }
}
