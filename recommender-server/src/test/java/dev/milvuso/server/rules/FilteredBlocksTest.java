package dev.milvuso.server.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.ItemId;
import dev.milvuso.item.Item;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.catalogue.Change;
import dev.milvuso.server.catalogue.ItemTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FilteredBlocksTest {
    private final Catalogue catalogue = new Catalogue();
    private final List<Integer> tested = new ArrayList<>();
    private final FilteredBlocks filter = new FilteredBlocks(this::popular);

    private long popular(ItemTable items, int from, int count) {
        tested.add(from);
        return bits(items, from, count);
    }

    private static long bits(ItemTable items, int from, int count) {
        long bits = 0;
        for (int i = 0; i < count; i++) {
            bits |= (items.popularity(from + i) > 0 ? 1L : 0L) << i;
        }
        return bits;
    }

    private static Change change(int item, long number, double popularity) {
        ItemId id = new ItemId("item-" + item);
        return new Change(
                id,
                number,
                Optional.of(new Item(
                        id,
                        Optional.empty(),
                        List.of(),
                        popularity,
                        Instant.EPOCH,
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        false,
                        Optional.empty())));
    }

    private List<Integer> fitting(int items) {
        tested.clear();
        return IntStream.range(0, items)
                .filter(filter.of(catalogue.table()))
                .boxed()
                .toList();
    }

    @Test
    void onlyTheBlocksOfWhatHasChangedAreTestedAgain() {
        catalogue.apply(IntStream.range(0, 300)
                .mapToObj(item -> change(item, 1, item % 50 == 0 ? 1 : 0))
                .toList());
        assertThat(fitting(300)).containsExactly(0, 50, 100, 150, 200, 250);
        assertThat(tested).containsExactly(0, 64, 128, 192, 256);
        assertThat(fitting(300)).hasSize(6);
        assertThat(tested).isEmpty();
        catalogue.apply(List.of(change(70, 2, 1), change(127, 2, 1), change(250, 2, 0)));
        assertThat(fitting(300)).containsExactly(0, 50, 70, 100, 127, 150, 200);
        assertThat(tested).containsExactly(64, 192);
    }

    @Test
    void aCatalogueThatHasGrownIsTestedAnew() {
        catalogue.apply(List.of(change(0, 1, 1)));
        assertThat(fitting(1)).containsExactly(0);
        catalogue.apply(IntStream.range(1, 5_000)
                .mapToObj(item -> change(item, 1, item == 4_999 ? 1 : 0))
                .toList());
        assertThat(fitting(5_000)).containsExactly(0, 4_999);
        assertThat(fitting(5_000)).containsExactly(0, 4_999);
        assertThat(tested).isEmpty();
    }

    @Test
    void slotsBeyondTheTableFitNothing() {
        assertThat(filter.of(catalogue.table()).test(1_000_000)).isFalse();
    }

    @Test
    void whatChangesWhileOthersAskIsKnownInTheEnd() throws Exception {
        FilteredBlocks shared = new FilteredBlocks(FilteredBlocksTest::bits);
        catalogue.apply(
                IntStream.range(0, 128).mapToObj(item -> change(item, 1, 0)).toList());
        AtomicBoolean isOver = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                readers.add(threads.submit(() -> {
                    while (!isOver.get()) {
                        IntPredicate test = shared.of(catalogue.table());
                        long unused = IntStream.range(0, 128).filter(test).count();
                    }
                }));
            }
            for (int number = 2; number < 20_000; number++) {
                int item = number % 128;
                double popularity = number / 128 % 2;
                catalogue.apply(List.of(change(item, number, popularity)));
                assertThat(shared.of(catalogue.table()).test(item)).isEqualTo(popularity > 0);
            }
            isOver.set(true);
            for (Future<?> each : readers) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        IntPredicate test = shared.of(catalogue.table());
        for (int slot = 0; slot < 128; slot++) {
            assertThat(test.test(slot)).isEqualTo(catalogue.table().popularity(slot) > 0);
        }
    }
}
