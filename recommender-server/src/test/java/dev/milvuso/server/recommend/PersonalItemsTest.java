package dev.milvuso.server.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.component.Unavailable;
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
import dev.milvuso.server.tier.Scored;
import dev.milvuso.server.tier.memory.BoundedCache;
import dev.milvuso.server.tier.memory.ItemIndex;
import dev.milvuso.server.tier.memory.MemoryUserVectors;
import dev.milvuso.vector.Metric;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A thousand items, of which the store has all and memory a part or all. */
class PersonalItemsTest {
    private static final ModelVersion VERSION = new ModelVersion("v1");
    private static final int ITEMS = 1000;
    private static final float[] TASTE = {1, 0.5f};

    private final Catalogue catalogue = new Catalogue();
    private final Map<ItemId, float[]> all = new HashMap<>();
    private final Map<ItemId, Double> activities = new HashMap<>();
    private final Bulkhead bulkhead = Bulkhead.of(
            "milvus", 2, 10, new Breaker("milvus", Duration.ofSeconds(1), new ManualClock(), () -> {}, Runnable::run));
    private final Making making = new Making(0, new Deadline(Duration.ofMinutes(1)));
    private boolean isLive = true;
    private boolean isAway;
    private int asked;

    @AfterEach
    void stop() {
        bulkhead.close();
    }

    private PersonalItems items(long memory) {
        ServedModel model = new ServedModel(
                2,
                () -> new ItemIndex(
                        catalogue.slots(), Metric.INNER_PRODUCT, 2, 1, Runnable::run, memory, this::activity),
                new MemoryUserVectors(BoundedCache.Policy.LRU, 10),
                embedding -> {});
        Random random = new Random(1);
        model.apply(new Activation(VERSION, 1));
        for (int i = 0; i < ITEMS; i++) {
            ItemId id = new ItemId("i" + i);
            float[] vector = {(float) random.nextGaussian(), (float) random.nextGaussian()};
            all.put(id, vector);
            activities.put(id, random.nextDouble());
            catalogue.apply(List.of(new Change(id, 1, Optional.of(item(id)))));
            model.apply(new Embedding(VERSION, Kind.ITEM, id.value(), vector, 0, 1, 1, 0));
        }
        return new PersonalItems(model, catalogue.slots(), this::search, bulkhead, () -> isLive, -1);
    }

    private static Item item(ItemId id) {
        return new Item(
                id,
                Optional.empty(),
                List.of(),
                0,
                new ManualClock().instant(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                false,
                Optional.empty());
    }

    private double activity(int slot) {
        return activities.getOrDefault(catalogue.slots().id(slot), 0.0);
    }

    private List<Scored> search(float[] query, int k, ModelVersion version) {
        asked++;
        if (isAway) {
            throw new Unavailable("milvus", "is away", null);
        }
        List<Scored> found = new ArrayList<>();
        all.forEach((id, vector) -> found.add(new Scored(id, query[0] * vector[0] + query[1] * vector[1])));
        found.sort(Comparator.comparingDouble(Scored::score).reversed());
        return found.subList(0, Math.min(k, found.size()));
    }

    private List<String> nearest() {
        return search(TASTE, 10, VERSION).stream()
                .map(each -> each.item().value())
                .toList();
    }

    private Visit visit(Seen seen) {
        Fits fits = Fits.of(catalogue, Optional.empty(), Query.of(10), List.of());
        fits.without(seen);
        return new Visit(
                Visitor.of(new UserId("u"), TASTE, "memory"),
                Query.of(10),
                Optional.of(VERSION),
                catalogue.table(),
                fits,
                making);
    }

    private List<String> found(PersonalItems items, Visit visit) {
        Candidates found = new Candidates();
        items.collect(visit, found, 0, 10);
        return IntStream.range(0, found.size())
                .mapToObj(row -> catalogue.slots().id(found.slot(row)).value())
                .toList();
    }

    @Test
    void whileMemoryHoldsAllTheStoreIsNotAsked() {
        PersonalItems items = items(0);
        List<String> nearest = nearest();
        asked = 0;
        Visit visit = visit(Seen.NOTHING);
        assertThat(found(items, visit)).isEqualTo(nearest);
        assertThat(visit.tier()).isEqualTo("memory");
        assertThat(asked).isZero();
    }

    @Test
    void aPartInMemoryAndTheStoreTogetherFindWhatAllInMemoryFinds() {
        PersonalItems items = items(106 * 100);
        Visit visit = visit(Seen.NOTHING);
        assertThat(found(items, visit)).isEqualTo(nearest());
        assertThat(visit.tier()).isEqualTo("milvus");
        Seen seen = new Seen();
        List<String> nearest = nearest();
        seen.add(new ItemId(nearest.get(0)));
        assertThat(found(items, visit(seen)).subList(0, 9)).isEqualTo(nearest.subList(1, 10));
    }

    @Test
    void untilTheLogHasBeenReadTheStoreIsAskedToo() {
        PersonalItems items = items(0);
        isLive = false;
        assertThat(found(items, visit(Seen.NOTHING))).isEqualTo(nearest());
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void withoutTheStoreTheMostActiveAreFoundAndTheListSaysWhatItLacked() {
        PersonalItems items = items(106 * 100);
        isAway = true;
        assertThat(found(items, visit(Seen.NOTHING))).hasSize(10);
        assertThat(making.isDegraded()).isTrue();
    }

    @Test
    void anItemThatBecomesActiveIsBroughtIntoMemory() {
        PersonalItems items = items(106 * 100);
        ItemIndex index = items.model().items(VERSION).orElseThrow();
        List<ItemPopularity> statistics = new ArrayList<>();
        Popular popular = new Popular(catalogue, since -> statistics, Duration.ofDays(1), new ManualClock());
        HotItems hot = new HotItems(items.model(), popular, catalogue.slots(), (wanted, version) -> {
            Map<ItemId, float[]> stored = new HashMap<>();
            wanted.forEach(id -> stored.put(id, all.get(id)));
            return stored;
        });
        ItemId lacking = catalogue
                .slots()
                .id(IntStream.range(0, ITEMS).filter(index::lacks).findFirst().orElseThrow());
        popular.run();
        hot.run();
        assertThat(index.lacks(catalogue.slots().find(lacking))).isTrue();
        ManualClock clock = new ManualClock();
        statistics.add(new ItemPopularity(lacking, 3, clock.instant(), clock.instant()));
        activities.put(lacking, 9.0);
        popular.run();
        hot.run();
        assertThat(index.vector(catalogue.slots().find(lacking))).isEqualTo(all.get(lacking));
    }
}
