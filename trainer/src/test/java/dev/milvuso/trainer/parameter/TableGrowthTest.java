package dev.milvuso.trainer.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.milvuso.embedding.Kind;
import dev.milvuso.trainer.initializer.XavierInitializer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TableGrowthTest {
    private static final int MANY = 30_000;

    private static ParameterTable table(int dimension, int state) {
        return new ParameterTable(Kind.ITEM, dimension, state, new XavierInitializer(9));
    }

    private static String uuid(SplittableRandom random) {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    @Test
    void aRowWithAdaGradTakesLessThan115HundredthsOfItsNumbers() {
        ParameterTable table = table(64, 64);
        SplittableRandom random = new SplittableRandom(1);
        double most = 0;
        for (int row = 1; row <= MANY; row++) {
            table.findOrAdd(uuid(random));
            if (row % 1024 == 0 && row > 10_000) {
                most = Math.max(most, table.bytes() / (row * 512.0));
            }
        }
        assertThat(most).isBetween(1.0, 1.15);
    }

    @Test
    void idsOfAnyUnicodeAndLengthAreToldApart() {
        ParameterTable table = table(2, 0);
        List<String> ids =
                List.of("a", "é", "e\u0301", "😀", "日本", "x".repeat(60_000), "x".repeat(59_999), "b".repeat(8));
        ids.forEach(table::findOrAdd);
        for (int row = 0; row < ids.size(); row++) {
            assertThat(table.find(ids.get(row))).isEqualTo(row);
            assertThat(table.id(row)).isEqualTo(ids.get(row));
        }
        for (String wrong : List.of("", "x".repeat(70_000))) {
            assertThatThrownBy(() -> table.findOrAdd(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("an id has " + wrong.length() + " bytes as UTF-8, must have 1 to 65535");
        }
        assertThat(table.size()).isEqualTo(ids.size());
    }

    @Test
    void addedAtOnceIsAddedOneByOne() {
        List<String> ids =
                IntStream.range(0, MANY).mapToObj(i -> "id" + i % 20_000).toList();
        ParameterTable together = table(4, 1);
        together.addAll(ids);
        ParameterTable single = table(4, 1);
        ids.forEach(single::findOrAdd);
        assertThat(together.size()).isEqualTo(20_000);
        for (int row = 0; row < single.size(); row++) {
            assertThat(together.id(row)).isEqualTo(single.id(row));
            assertThat(together.vector(row)).isEqualTo(single.vector(row));
        }
    }

    /** Against a plain map, with so much coming and going that every row has had several ids. */
    @Test
    void rowsThatAreRemovedAreGivenToOtherIds() {
        ParameterTable table = table(2, 1);
        Map<String, Integer> known = new HashMap<>();
        SplittableRandom random = new SplittableRandom(3);
        for (int n = 0; n < 200_000; n++) {
            String id = "a rather long name of " + random.nextInt(5000);
            Integer row = known.get(id);
            assertThat(table.find(id)).isEqualTo(row == null ? -1 : row);
            if (row == null) {
                int added = table.findOrAdd(id);
                if (n % 1000 == 0) {
                    assertThat(known.values()).doesNotContain(added);
                }
                known.put(id, added);
                assertThat(table.stateChunk(added)[table.stateOffset(added)]).isZero();
                table.stateChunk(added)[table.stateOffset(added)] = 5;
            } else if (random.nextBoolean()) {
                short generation = table.generation(row);
                table.remove(row);
                known.remove(id);
                assertThat(table.isLive(row)).isFalse();
                assertThat(table.isLive(row, generation)).isFalse();
            }
        }
        known.forEach((id, row) -> assertThat(table.id(row)).isEqualTo(id));
        assertThat(table.live()).isEqualTo(known.size());
        assertThat(table.size()).isLessThan(5001);
        assertThat(table.bytes()).as("ids that are gone take no space").isLessThan(2_000_000);
    }

    @Test
    void aRowUnusedForTooLongExpires() {
        ParameterTable table = table(2, 0);
        List<Integer> expired = new ArrayList<>();
        for (int row = 0; row < 10; row++) {
            table.used(table.findOrAdd("id" + row), 100 + row);
        }
        short generation = table.generation(2);
        int hand = table.expire(0, 4, 105, expired::add);
        assertThat(hand).isEqualTo(4);
        assertThat(table.live()).isEqualTo(6);
        table.expire(hand, 100, 105, expired::add);
        assertThat(table.live()).isEqualTo(5);
        assertThat(expired).containsExactly(0, 1, 2, 3, 4);
        assertThat(table.find("id4")).isEqualTo(-1);
        assertThat(table.find("id5")).isEqualTo(5);
        assertThat(table.id(2)).isEmpty();
        assertThat(table.findOrAdd("new")).isEqualTo(4);
        for (int row = 0; row < 4; row++) {
            table.findOrAdd("new" + row);
        }
        assertThat(table.isLive(2)).isTrue();
        assertThat(table.isLive(2, generation)).isFalse();
        assertThat(table.findOrAdd("one more")).isEqualTo(10);
    }

    @Test
    void whoReadsWhileTheTableGrowsSeesRowsWhole() throws InterruptedException {
        ParameterTable table = table(4, 0);
        AtomicBoolean done = new AtomicBoolean();
        StringBuilder faults = new StringBuilder();
        Thread reader = new Thread(() -> {
            SplittableRandom random = new SplittableRandom(2);
            while (!done.get()) {
                int size = table.size();
                String id = "id" + random.nextInt(MANY);
                int row = table.find(id);
                if (row >= 0 && (!table.id(row).equals(id) || table.vector(row)[0] == 0)) {
                    faults.append(id);
                }
                // The last row is counted before it can be found; all before it are found.
                if (size > 1 && table.find("id" + (size - 2)) < 0) {
                    faults.append("lost ").append(size - 2);
                }
            }
        });
        reader.start();
        for (int row = 0; row < MANY; row++) {
            table.findOrAdd("id" + row);
        }
        done.set(true);
        reader.join();
        assertThat(faults).isEmpty();
    }
}
