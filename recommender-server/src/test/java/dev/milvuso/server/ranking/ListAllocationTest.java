package dev.milvuso.server.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.milvuso.server.recommend.FinishedLists;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.recommend.Recommender;
import dev.milvuso.server.tier.memory.BoundedCache;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the whole making of a list allocates: for the list some objects, for a candidate none. */
class ListAllocationTest {
    private static final int ITEMS = 1000;

    /** Of these too each is looked at, as they are fewer than the index divides into lists. */
    private static final int MORE = 2000;

    private static final int POOL = 64;
    private static final int LARGE_POOL = 10 * POOL;

    /** Slot and score as the index has found them, and once more in their order; the smallest object takes 16 more. */
    private static final int BYTES_OF_A_CANDIDATE = 16;

    /** Whatever the JVM allocates now and then on a thread of ours. */
    private static final double SLACK = 4;

    private final WholeLists lists = new WholeLists(ITEMS);
    private final Query query = Query.of(10);

    @AfterEach
    void close() {
        lists.close();
    }

    private static Recommender recommender(WholeLists lists, int pool, String... settings) {
        return lists.reacting(
                pool,
                new FinishedLists(BoundedCache.Policy.LRU, 100, Duration.ZERO, Duration.ZERO, lists.shelf.clock),
                settings);
    }

    private long allocated(Recommender recommender) {
        for (int round = 0; round < 3000; round++) {
            recommender.recommend(Shelf.USER, query);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int round = 0; round < 1000; round++) {
            recommender.recommend(Shelf.USER, query);
        }
        return (threads.getCurrentThreadAllocatedBytes() - before) / 1000;
    }

    private static void act(WholeLists lists) {
        lists.act("u", "Like", 3);
        lists.act("u", "Dislike", 5);
    }

    @Test
    void aCandidateIsNoObject() {
        act(lists);
        String[] settings = {"ranking.freshness=0.5", "ranking.rotation=0.5", "ranking.category_cap=3"};
        long few = allocated(recommender(lists, POOL, settings));
        long many = allocated(recommender(lists, LARGE_POOL, settings));
        assertThat((many - few) / (double) (LARGE_POOL - POOL)).isLessThan(BYTES_OF_A_CANDIDATE + SLACK);
    }

    @Test
    void anItemThatIsNoCandidateTakesNothing() {
        act(lists);
        long few = allocated(recommender(lists, POOL));
        try (WholeLists more = new WholeLists(ITEMS + MORE)) {
            act(more);
            long many = allocated(recommender(more, POOL));
            assertThat((many - few) / (double) MORE).isLessThan(1);
        }
    }
}
