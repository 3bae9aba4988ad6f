package dev.milvuso.trainer.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class StrataTest {
    private static List<Strata.Cell> all(Strata strata) throws InterruptedException {
        List<Strata.Cell> cells = new ArrayList<>();
        for (var next = strata.take(); next.isPresent(); next = strata.take()) {
            cells.add(next.get());
            strata.done(next.get());
        }
        return cells;
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,3", "2,1", "5,1", "7,3"})
    void everyRangeOfUsersMeetsEveryBlockOnce(int columns, int rounds) throws InterruptedException {
        List<Strata.Cell> cells = all(new Strata(columns, rounds));
        assertThat(cells).hasSize(columns * columns * rounds);
        assertThat(cells.stream()
                        .map(cell -> cell.range() * columns + cell.block())
                        .distinct())
                .hasSize(cells.size());
        assertThat(cells).extracting(Strata.Cell::range).allMatch(range -> range >= 0 && range < columns * rounds);
        assertThat(cells).extracting(Strata.Cell::block).allMatch(block -> block >= 0 && block < columns);
        assertThat(cells.stream()
                        .filter(Strata.Cell::beginsRange)
                        .map(Strata.Cell::range)
                        .distinct())
                .hasSize(columns * rounds);
    }

    @Test
    void aBlockIsBroughtByTheFirstCellThatHasItAndTakenBackByTheLast() throws InterruptedException {
        Strata strata = new Strata(4, 2);
        Set<Integer> brought = new HashSet<>();
        Set<Integer> takenBack = new HashSet<>();
        for (Strata.Cell cell : all(strata)) {
            assertThat(strata.bringsBlock(cell)).isEqualTo(brought.add(cell.block()));
            assertThat(takenBack).doesNotContain(cell.block());
            if (strata.takesBlockBack(cell)) {
                takenBack.add(cell.block());
            }
        }
        assertThat(takenBack).hasSize(4);
    }

    /** And each row sees the cells in the order of one thread. */
    @Test
    void threadsNeverHaveAUserOrAnItemInCommon() throws Exception {
        int columns = 6;
        Strata strata = new Strata(columns, 50);
        Set<String> busy = ConcurrentHashMap.newKeySet();
        List<List<Integer>> ofBlocks = lists(columns);
        List<List<Integer>> ofColumns = lists(columns);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> workers = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                workers.add(pool.submit(() -> {
                    int cells = 0;
                    for (var next = strata.take(); next.isPresent(); next = strata.take()) {
                        Strata.Cell cell = next.get();
                        assertThat(busy.add("users " + cell.range())).isTrue();
                        assertThat(busy.add("items " + cell.block())).isTrue();
                        ofBlocks.get(cell.block()).add(cell.number());
                        ofColumns.get(cell.column()).add(cell.number());
                        cells++;
                        busy.removeAll(Set.of("users " + cell.range(), "items " + cell.block()));
                        strata.done(cell);
                    }
                    return cells;
                }));
            }
            int cells = 0;
            for (Future<Integer> worker : workers) {
                cells += worker.get();
            }
            assertThat(cells).isEqualTo(strata.cells());
        } finally {
            pool.shutdownNow();
        }
        assertThat(ofBlocks).allSatisfy(order -> assertThat(order).hasSize(300).isSorted());
        assertThat(ofColumns).allSatisfy(order -> assertThat(order).hasSize(300).isSorted());
    }

    private static List<List<Integer>> lists(int count) {
        List<List<Integer>> lists = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lists.add(new ArrayList<>());
        }
        return lists;
    }

    @Test
    void whoWaitsGoesHomeWhenAnotherFails() throws Exception {
        Strata strata = new Strata(2, 1);
        strata.take();
        strata.take();
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> waiting = pool.submit(() -> strata.take().isEmpty());
            strata.fail();
            assertThat(waiting.get()).isTrue();
        } finally {
            pool.shutdownNow();
        }
    }
}
