package dev.milvuso.vector.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Vector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class WriteBatchesTest {
    private static final WriteBatches.Limits ONE_LANE = new WriteBatches.Limits(1000, 16 << 20, 1);

    static List<Entity> rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Entity.of(Id.of(i)).with("vector", Vector.of(1, 2)))
                .toList();
    }

    private static List<Integer> sizes(List<Entity> entities, WriteBatches.Limits limits) {
        return WriteBatches.of(entities, limits).lanes().stream()
                .flatMap(List::stream)
                .map(List::size)
                .toList();
    }

    @Test
    void aBatchHasAnEndInRowsAndInBytes() {
        assertThat(sizes(rows(2500), ONE_LANE)).containsExactly(834, 834, 832);
        String large = "x".repeat(2_000_000);
        assertThat(sizes(rows(6).stream().map(row -> row.with("text", large)).toList(), ONE_LANE))
                .containsExactly(2, 2, 2);
        assertThat(sizes(List.of(), ONE_LANE)).isEmpty();
    }

    @Test
    void ofOneKeyTheLastIsWritten() {
        List<Entity> twice = new ArrayList<>(rows(3));
        twice.add(rows(1).get(0).with("text", "last"));
        assertThat(WriteBatches.of(twice, ONE_LANE).lanes()).containsExactly(List.of(List.of(1, 2, 3)));
    }

    @Test
    void everyRowGoesOnceAndItsKeyAlwaysTheSameLane() {
        WriteBatches.Limits limits = new WriteBatches.Limits(100, 1 << 20, 4);
        Random random = new Random(3);
        Map<Id, Integer> laneOf = new HashMap<>();
        for (int round = 0; round < 20; round++) {
            List<Entity> entities = random.ints(1000, 0, 5000)
                    .distinct()
                    .mapToObj(i -> Entity.of(i % 2 == 0 ? Id.of(i) : Id.of("key" + i)))
                    .toList();
            List<List<List<Integer>>> lanes = WriteBatches.of(entities, limits).lanes();
            assertThat(lanes).hasSize(4);
            assertThat(lanes.stream().flatMap(List::stream).flatMap(List::stream))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, entities.size()).boxed().toList());
            for (int lane = 0; lane < lanes.size(); lane++) {
                List<Integer> positions =
                        lanes.get(lane).stream().flatMap(Collection::stream).toList();
                assertThat(positions).isSorted();
                assertThat(positions.size()).isBetween(entities.size() / 8, entities.size() / 2);
                for (int position : positions) {
                    Id key = entities.get(position).key().orElseThrow();
                    Integer known = laneOf.putIfAbsent(key, lane);
                    assertThat(known == null || known == lane).as("%s", key).isTrue();
                }
            }
        }
    }

    @Test
    void whatFitsOneCallIsOneCall() {
        assertThat(WriteBatches.of(rows(1000), new WriteBatches.Limits(1000, 16 << 20, 8))
                        .calls())
                .isEqualTo(1);
    }
}
