package dev.milvuso.server.recommend;

import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.embedding.Activation;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.item.Item;
import dev.milvuso.server.ManualClock;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.catalogue.Change;
import dev.milvuso.server.sync.ServedModel;
import dev.milvuso.server.tier.Breaker;
import dev.milvuso.server.tier.memory.BoundedCache;
import dev.milvuso.server.tier.memory.ItemIndex;
import dev.milvuso.server.tier.memory.MemoryUserVectors;
import dev.milvuso.server.tier.vector.StoredVectors;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.learned.LearnedCollections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Items at random places, of which a vector store has all and memory some or all. */
final class SplitCatalogue implements AutoCloseable {
    static final ModelVersion VERSION = new ModelVersion("v1");

    /** Bytes that an item takes, of two numbers. */
    private static final long ITEM = 106;

    final Catalogue catalogue = new Catalogue();
    private final Map<ItemId, float[]> all = new HashMap<>();
    final Map<ItemId, Double> activities = new HashMap<>();
    private final VectorStore store;
    final ServedModel model;
    final BeyondMemory beyond;
    final Making making = new Making(0, new Deadline(Duration.ofMinutes(1)));
    private final Map<ItemId, Item> items = new HashMap<>();
    private final ManualClock clock = new ManualClock();
    private final Bulkhead bulkhead;

    /**
     * @param store which has a collection {@code test_items} then, and is closed with this
     * @param inMemory how many of the items memory holds; 0 for all
     */
    SplitCatalogue(VectorStore store, int count, int inMemory) {
        this.store = store;
        Config config = ConfigLoader.load(
                Optional.empty(), Map.of(), List.of("milvus.dimension=2", "recommendation.embedding_dim=2"));
        store.create(LearnedCollections.schema(config, "test_items"));
        Breaker breaker = new Breaker("milvus", Duration.ofSeconds(1), clock, () -> {}, Runnable::run);
        bulkhead = Bulkhead.of("milvus", 2, 10, breaker);
        StoredVectors stored = new StoredVectors(store, "test", Metric.INNER_PRODUCT, breaker);
        beyond = new BeyondMemory(stored, bulkhead, catalogue.slots());
        model = new ServedModel(
                2,
                () -> new ItemIndex(
                        catalogue.slots(),
                        Metric.INNER_PRODUCT,
                        2,
                        1,
                        Runnable::run,
                        ITEM * inMemory,
                        slot -> activities.getOrDefault(catalogue.slots().id(slot), 0.0)),
                new MemoryUserVectors(BoundedCache.Policy.LRU, 10),
                embedding -> {});
        model.apply(new Activation(VERSION, 1));
        fill(count);
    }

    private void fill(int count) {
        Random random = new Random(1);
        List<Entity> rows = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ItemId id = new ItemId("i" + i);
            float[] vector = {(float) random.nextGaussian(), (float) random.nextGaussian()};
            all.put(id, vector);
            activities.put(id, random.nextDouble());
            items.put(id, item(id, i));
            changes.add(new Change(id, 1, Optional.of(items.get(id))));
            rows.add(new Entity(
                    id.value(),
                    vector,
                    Map.of(
                            LearnedCollections.VERSION, VERSION.value(),
                            LearnedCollections.EPOCH, 1L,
                            LearnedCollections.STEP, 1L)));
        }
        catalogue.apply(changes);
        store.upsert("test_items", rows);
        all.forEach((id, vector) -> model.apply(new Embedding(VERSION, Kind.ITEM, id.value(), vector, 0, 1, 1, 0)));
    }

    /**
     * Of category {@code c} with the largest of 1, 10, 100 and 1000 that divides its number, all tagged with the same.
     */
    private static Item item(ItemId id, int number) {
        int rarity = number % 1000 == 0 ? 1000 : number % 100 == 0 ? 100 : number % 10 == 0 ? 10 : 1;
        return new Item(
                id,
                Optional.of("c" + rarity),
                List.of("t" + rarity, "all"),
                0,
                new ManualClock().instant(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                false,
                Optional.empty());
    }

    ItemIndex index() {
        return model.items(VERSION).orElseThrow();
    }

    float[] vector(ItemId item) {
        return Objects.requireNonNull(all.get(item));
    }

    int slot(String item) {
        return catalogue.slots().find(new ItemId(item));
    }

    Visit visit(float[] taste, Query query, Seen seen) {
        return visit(taste, query, seen, List.of());
    }

    Visit visit(float[] taste, Query query, Seen seen, List<Restriction> restrictions) {
        Fits fits = Fits.of(catalogue, Optional.empty(), query, restrictions);
        fits.without(seen);
        Visitor visitor = Visitor.of(new UserId("u"), taste, "memory");
        return new Visit(visitor, query, Optional.of(VERSION), catalogue.table(), fits, making);
    }

    /** The nearest of all that are wanted, best first. */
    List<String> nearest(float[] taste, int count, Predicate<Item> wanted) {
        return all.keySet().stream()
                .filter(id -> wanted.test(Objects.requireNonNull(items.get(id))))
                .sorted(Comparator.comparingDouble(id -> -taste[0] * vector(id)[0] - taste[1] * vector(id)[1]))
                .limit(count)
                .map(ItemId::value)
                .toList();
    }

    List<String> found(CandidateSource source, Visit visit, int room) {
        Candidates found = new Candidates();
        source.collect(visit, found, 0, room);
        return IntStream.range(0, found.size())
                .mapToObj(row -> catalogue.slots().id(found.slot(row)).value())
                .toList();
    }

    @Override
    public void close() {
        bulkhead.close();
        model.close();
        store.close();
    }
}
