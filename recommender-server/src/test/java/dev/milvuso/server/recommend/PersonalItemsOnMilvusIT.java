package dev.milvuso.server.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.ItemId;
import dev.milvuso.item.Item;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.milvus.MilvusServer;
import dev.milvuso.vector.milvus.MilvusVectorStore;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What memory does not hold, from a real Milvus. */
final class PersonalItemsOnMilvusIT {
    private static final float[] TASTE = {1, 0.5f};
    private static final float[] AWAY = {-1, -0.5f};
    private static final int ITEMS = 5000;
    private static final int IN_MEMORY = 100;

    private static @Nullable SplitCatalogue split;

    @BeforeAll
    static void start() {
        VectorStore store = new MilvusVectorStore(MilvusServer.shared().config("consistency_level=Strong"));
        store.drop("test_items");
        split = new SplitCatalogue(store, ITEMS, IN_MEMORY);
    }

    @AfterAll
    static void stop() {
        if (split != null) { // not there if this machine has no Milvus
            split.close();
        }
    }

    private static List<String> found(float[] taste, Query query, double threshold) {
        SplitCatalogue items = Objects.requireNonNull(split);
        PersonalItems source =
                new PersonalItems(items.model, items.beyond, () -> true, new LeastCosine(items.model, threshold));
        List<String> found = items.found(source, items.visit(taste, query, Seen.NOTHING), 10);
        assertThat(items.making.isDegraded()).isFalse();
        assertThat(found)
                .allSatisfy(
                        id -> assertThat(items.index().vector(items.slot(id))).isEqualTo(items.vector(new ItemId(id))));
        return found;
    }

    @Test
    void theNearestOfAllWithoutWhatIsToBeLeftOut() {
        SplitCatalogue items = Objects.requireNonNull(split);
        List<String> nearest = items.nearest(TASTE, 310, item -> !item.hidden());
        assertThat(found(TASTE, Query.of(10), -1)).isEqualTo(nearest.subList(0, 10));
        Set<ItemId> excluded = new HashSet<>();
        IntStream.range(0, 300).forEach(i -> excluded.add(new ItemId(nearest.get(i))));
        Query query = new Query(
                10,
                Set.of(),
                Set.of(),
                Optional.empty(),
                excluded,
                true,
                Optional.empty(),
                OptionalDouble.empty(),
                false);
        assertThat(found(TASTE, query, -1)).isEqualTo(nearest.subList(300, 310));
    }

    @Test
    void ofARareCategoryAndOfOneOfSeveralTags() {
        SplitCatalogue items = Objects.requireNonNull(split);
        assertThat(found(AWAY, Query.of(10).categories("c100"), -1))
                .isEqualTo(items.nearest(AWAY, 10, item -> isOf(item, "c100")));
        assertThat(found(AWAY, Query.of(10).tags("t100", "none"), -1))
                .isEqualTo(items.nearest(AWAY, 10, item -> isOf(item, "c100")));
    }

    private static boolean isOf(Item item, String category) {
        return item.category().orElseThrow().equals(category);
    }

    @Test
    void asNearAsTheThresholdSays() {
        SplitCatalogue items = Objects.requireNonNull(split);
        double least = 0.9999;
        List<String> near = items.nearest(TASTE, 10, item -> {
            float[] vector = items.vector(item.id());
            double product = TASTE[0] * vector[0] + TASTE[1] * vector[1];
            return product / Math.hypot(TASTE[0], TASTE[1]) / Math.hypot(vector[0], vector[1]) >= least;
        });
        assertThat(near).hasSize(10);
        assertThat(found(TASTE, Query.of(10), least)).isEqualTo(near);
    }
}
