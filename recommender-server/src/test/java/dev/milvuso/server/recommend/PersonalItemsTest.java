package dev.milvuso.server.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.item.Item;
import dev.milvuso.server.ManualClock;
import dev.milvuso.server.tier.memory.ItemIndex;
import dev.milvuso.vector.SwitchedStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PersonalItemsTest {
    private static final float[] TASTE = {1, 0.5f};
    private static final int ITEMS = 1000;
    private static final int MANY = 12_000;
    private static final int A_PART = 100;

    private final List<SplitCatalogue> opened = new ArrayList<>();
    private SwitchedStore store = new SwitchedStore();
    private boolean isLive = true;

    @AfterEach
    void close() {
        opened.forEach(SplitCatalogue::close);
    }

    private static boolean any(Item item) {
        return item.id().value().startsWith("i");
    }

    private SplitCatalogue items(int count, int inMemory) {
        store = new SwitchedStore();
        SplitCatalogue items = new SplitCatalogue(store, count, inMemory);
        opened.add(items);
        return items;
    }

    private List<String> found(SplitCatalogue items, Visit visit) {
        return found(items, visit, -1);
    }

    private List<String> found(SplitCatalogue items, Visit visit, double threshold) {
        return items.found(
                new PersonalItems(items.model, items.beyond, () -> isLive, new LeastCosine(items.model, threshold)),
                visit,
                10);
    }

    private static Visit plain(SplitCatalogue items) {
        return items.visit(TASTE, Query.of(10), Seen.NOTHING);
    }

    @Test
    void whileMemoryHoldsAllTheStoreIsNotAsked() {
        SplitCatalogue items = items(ITEMS, 0);
        Visit visit = plain(items);
        assertThat(found(items, visit)).isEqualTo(items.nearest(TASTE, 10, PersonalItemsTest::any));
        assertThat(visit.tier()).isEqualTo("memory");
        assertThat(store.searches()).isZero();
    }

    @Test
    void aPartInMemoryAndTheStoreTogetherFindWhatAllInMemoryFinds() {
        SplitCatalogue items = items(ITEMS, A_PART);
        Visit visit = plain(items);
        assertThat(found(items, visit)).isEqualTo(items.nearest(TASTE, 10, PersonalItemsTest::any));
        assertThat(visit.tier()).isEqualTo("milvus");
        assertThat(store.searches()).isEqualTo(1);
    }

    @Test
    void whatWasSeenAndWhatIsToBeLeftOutTakesNoPlaces() {
        SplitCatalogue items = items(MANY, A_PART);
        List<String> nearest = items.nearest(TASTE, 1510, PersonalItemsTest::any);
        Seen seen = new Seen();
        nearest.subList(0, 1000).forEach(id -> seen.add(new ItemId(id)));
        Set<ItemId> excluded = new HashSet<>();
        nearest.subList(1000, 1500).forEach(id -> excluded.add(new ItemId(id)));
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
        assertThat(found(items, items.visit(TASTE, query, seen))).isEqualTo(nearest.subList(1500, 1510));
    }

    @Test
    void ofARareCategoryTheNearestAreFoundHoweverFarTheyAre() {
        SplitCatalogue items = items(MANY, A_PART);
        float[] away = {-TASTE[0], -TASTE[1]};
        for (String category : List.of("c1000", "c100", "c10")) {
            List<String> nearest = items.nearest(
                    away, 10, item -> item.category().orElseThrow().equals(category));
            assertThat(nearest).hasSizeGreaterThanOrEqualTo(10);
            assertThat(found(items, items.visit(away, Query.of(10).categories(category), Seen.NOTHING)))
                    .as(category)
                    .isEqualTo(nearest);
        }
    }

    @Test
    void ofOneOfSeveralTagsOrWhatAFilterLetsThroughToo() {
        SplitCatalogue items = items(MANY, A_PART);
        Predicate<Item> rare = item -> item.tags().contains("t1000");
        assertThat(found(items, items.visit(TASTE, Query.of(10).tags("t1000", "none"), Seen.NOTHING)))
                .as("counted by nobody beforehand")
                .isEqualTo(items.nearest(TASTE, 10, rare));
        assertThat(found(items, items.visit(TASTE, Query.of(10), Seen.NOTHING, List.of(everyTenth(items)))))
                .as("a tenth, far from the taste")
                .isEqualTo(items.nearest(TASTE, 10, item -> item.id().value().endsWith("7") && isFar(items, item)));
    }

    private static boolean isFar(SplitCatalogue items, Item item) {
        return items.vector(item.id())[0] < 0;
    }

    private static Restriction everyTenth(SplitCatalogue items) {
        return new Restriction() {
            @Override
            public long revision() {
                return 0;
            }

            @Override
            public String name() {
                return "filter";
            }

            @Override
            public @Nullable IntPredicate of(Optional<UserId> user, Query query) {
                return slot -> {
                    Item item = items.catalogue.table().item(slot);
                    return item != null && item.id().value().endsWith("7") && isFar(items, item);
                };
            }
        };
    }

    @Test
    void theThresholdHoldsForWhatTheStoreFinds() {
        for (int inMemory : new int[] {0, A_PART}) {
            SplitCatalogue items = items(ITEMS, inMemory);
            double least = 0.999;
            List<String> near = items.nearest(TASTE, ITEMS, item -> cosine(items.vector(item.id())) >= least);
            assertThat(near).hasSizeGreaterThan(10);
            assertThat(found(items, plain(items), least))
                    .isEqualTo(near.subList(0, 10))
                    .isNotEqualTo(items.nearest(TASTE, 10, PersonalItemsTest::any));
        }
    }

    private static double cosine(float[] vector) {
        double product = TASTE[0] * vector[0] + TASTE[1] * vector[1];
        return product / Math.hypot(TASTE[0], TASTE[1]) / Math.hypot(vector[0], vector[1]);
    }

    @Test
    void candidatesOutOfMemoryHaveVectorsForWhoeverArrangesTheList() {
        SplitCatalogue items = items(ITEMS, A_PART);
        List<String> found = found(items, plain(items));
        assertThat(found)
                .anySatisfy(
                        id -> assertThat(items.index().lacks(items.slot(id))).isTrue());
        assertThat(found)
                .allSatisfy(
                        id -> assertThat(items.index().vector(items.slot(id))).isEqualTo(items.vector(new ItemId(id))));
    }

    @Test
    void untilTheLogHasBeenReadTheStoreIsAskedToo() {
        SplitCatalogue items = items(ITEMS, 0);
        isLive = false;
        assertThat(found(items, plain(items))).isEqualTo(items.nearest(TASTE, 10, PersonalItemsTest::any));
        assertThat(store.searches()).isEqualTo(1);
    }

    @Test
    void withoutTheStoreTheMostActiveAreFoundAndTheListSaysWhatItLacked() {
        SplitCatalogue items = items(ITEMS, A_PART);
        store.goAway();
        assertThat(found(items, plain(items))).hasSize(10);
        assertThat(items.making.isDegraded()).isTrue();
    }

    @Test
    void anItemThatBecomesActiveIsBroughtIntoMemory() {
        SplitCatalogue items = items(ITEMS, A_PART);
        ItemIndex index = items.index();
        List<ItemPopularity> statistics = new ArrayList<>();
        Popular popular = new Popular(items.catalogue, since -> statistics, Duration.ofDays(1), new ManualClock());
        HotItems hot = new HotItems(items.model, popular, items.catalogue.slots(), (wanted, version) -> {
            Map<ItemId, float[]> stored = new HashMap<>();
            wanted.forEach(id -> stored.put(id, items.vector(id)));
            return stored;
        });
        ItemId lacking = items.catalogue
                .slots()
                .id(IntStream.range(0, ITEMS).filter(index::lacks).findFirst().orElseThrow());
        popular.run();
        hot.run();
        assertThat(index.lacks(items.slot(lacking.value()))).isTrue();
        ManualClock clock = new ManualClock();
        statistics.add(new ItemPopularity(lacking, 3, clock.instant(), clock.instant()));
        items.activities.put(lacking, 9.0);
        popular.run();
        hot.run();
        assertThat(index.vector(items.slot(lacking.value()))).isEqualTo(items.vector(lacking));
    }
}
