package dev.milvuso.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a store promises to say of a collection. Reads must see what was written before them. */
public abstract class StatisticsContract extends StoreFixture {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration SAID_LATE = Duration.ofSeconds(15);
    private static final int ROWS = 2000;
    private static final int DIMENSION = 16;

    protected StatisticsContract() {
        super("statistics");
    }

    @BeforeEach
    final void fill() {
        store().create(CollectionSchema.named(name)
                .key(KeyField.INTEGER)
                .vector("vector", DIMENSION, Metric.EUCLIDEAN)
                .field("title", Field.Type.TEXT)
                .build());
        store().createPartition(name, "mine");
        insert(0);
    }

    private void insert(int from) {
        store().insert(
                        name,
                        IntStream.range(from, from + ROWS)
                                .mapToObj(i -> Entity.of(Id.of(i))
                                        .with("vector", Vector.of(vector(i)))
                                        .withAll(Map.of("title", "title " + i)))
                                .toList());
    }

    private static float[] vector(int i) {
        float[] vector = new float[DIMENSION];
        vector[i % DIMENSION] = i;
        return vector;
    }

    @Test
    void rowsPartitionsAndIndexesAreSaid() {
        store().indexes(name).replace("vector", new IndexSpec.Flat());
        store().indexes(name).await("vector", PATIENCE);
        CollectionStatistics statistics = store().statistics(name);
        assertThat(statistics.rows()).isEqualTo(ROWS);
        assertThat(statistics.loaded()).isTrue();
        assertThat(statistics.partitions())
                .containsExactly(new PartitionState("_default", true), new PartitionState("mine", true));
        assertThat(statistics.indexes()).singleElement().satisfies(index -> {
            assertThat(index.field()).isEqualTo("vector");
            assertThat(index.spec()).isEqualTo(new IndexSpec.Flat());
            assertThat(index.state()).isEqualTo(IndexDescription.State.READY);
        });
        store().deleteKeys(name, List.of(Id.of(1), Id.of(2)));
        assertThat(store().statistics(name).rows()).isEqualTo(ROWS - 2);
    }

    @Test
    void theStateIsThatOfTheStatistics() {
        store().deleteKeys(name, List.of(Id.of(1)));
        assertThat(store().state(name)).isEqualTo(new CollectionState(ROWS - 1, true));
        store().release(name);
        assertThat(store().state(name).loaded()).isFalse();
        store().load(name);
        assertThat(store().state(name)).isEqualTo(new CollectionState(ROWS - 1, true));
    }

    @Test
    void whoAnswersItsSearchesIsSaidWithItsLoad() {
        List<QueryNode> nodes = store().statistics(name).nodes();
        if (!can(Feature.RESOURCE_STATISTICS)) {
            assertThat(nodes).isEmpty();
            return;
        }
        assertThat(nodes).isNotEmpty().allSatisfy(node -> {
            assertThat(node.name()).isNotEmpty();
            assertThat(node.cores()).isPositive();
            assertThat(node.cpu()).isBetween(0.0, 1.0);
            assertThat(node.memory()).isPositive();
            assertThat(node.memoryUsed()).isPositive().isLessThanOrEqualTo(node.memory());
            assertThat(node.running()).isNotNegative();
            assertThat(node.waiting()).isNotNegative();
        });
        store().release(name);
        assertThat(store().statistics(name).nodes()).isEmpty();
    }

    @Test
    void itsSizeGrowsWithItsRows() {
        if (!can(Feature.RESOURCE_STATISTICS)) {
            assertThat(store().statistics(name).memoryBytes()).isEmpty();
            assertThat(store().statistics(name).diskBytes()).isEmpty();
            return;
        }
        int rows = growsBeyond((long) ROWS * DIMENSION, ROWS);
        growsBeyond(size() + (long) ROWS * DIMENSION, rows);
    }

    /**
     * Milvus keeps the size of rows as it first counted it, at times in the middle of their way to the disk: whether it
     * grows at all shows only with more rows.
     *
     * @param rows there are; what is said of them comes late
     * @return rows there are then
     */
    private int growsBeyond(long bytes, int rows) {
        AtomicInteger there = new AtomicInteger(rows);
        await().atMost(PATIENCE.multipliedBy(3))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    insert(there.getAndAdd(ROWS));
                    // An index is built of what is on disk.
                    store().indexes(name).rebuild("vector");
                    return grows(bytes);
                });
        return there.get();
    }

    private boolean grows(long bytes) {
        try {
            await().atMost(SAID_LATE).until(() -> size() >= bytes);
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    /** Of the larger of both, of which a store may know but one. */
    private long size() {
        CollectionStatistics statistics = store().statistics(name);
        assertThat(statistics.memoryBytes().isPresent()
                        || statistics.diskBytes().isPresent())
                .isTrue();
        return Math.max(
                statistics.memoryBytes().orElse(0), statistics.diskBytes().orElse(0));
    }

    @Test
    void aReleasedCollectionStandsWithWhatIsStored() {
        store().release(name);
        CollectionStatistics statistics = store().statistics(name);
        assertThat(statistics.loaded()).isFalse();
        assertThat(statistics.partitions())
                .containsExactly(new PartitionState("_default", false), new PartitionState("mine", false));
        assertThat(statistics.indexes()).hasSize(1);
    }

    @Test
    void anAliasStandsAsItsCollectionAndNothingElseIsMadeUp() {
        String alias = name + "_alias";
        store().createAlias(alias, name);
        try {
            assertThat(store().statistics(alias).partitions())
                    .isEqualTo(store().statistics(name).partitions());
        } finally {
            store().dropAlias(alias);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().statistics("nowhere_" + name))
                .withMessage("there is no collection nowhere_" + name);
    }
}
