package dev.milvuso.trainer.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.embedding.Kind;
import dev.milvuso.trainer.initializer.XavierInitializer;
import dev.milvuso.trainer.parameter.ParameterTable;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ItemBlocksTest {
    private static ParameterTable table(int items) {
        ParameterTable table = new ParameterTable(Kind.ITEM, 4, 3, new XavierInitializer(1));
        IntStream.range(0, items).forEach(item -> table.findOrAdd("i" + item));
        return table;
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,1", "10,3", "3706,15", "64,64"})
    void everyItemHasAPlaceInTheBlockThatItIsSaidToBeIn(int items, int count) {
        ItemBlocks blocks = new ItemBlocks(table(items), count);
        blocks.deal(new SplittableRandom(5));
        assertThat(blocks.from(0)).isZero();
        assertThat(blocks.to(count - 1)).isEqualTo(items);
        for (int block = 0; block < count; block++) {
            assertThat(blocks.to(block) - blocks.from(block)).isBetween(items / count, items / count + 1);
            for (int place = blocks.from(block); place < blocks.to(block); place++) {
                assertThat(blocks.place(blocks.item(place))).isEqualTo(place);
                assertThat(blocks.blockOf(blocks.item(place))).isEqualTo(block);
            }
        }
    }

    @Test
    void theyAreDealtInAnyOrderAndAnewEachTime() {
        ItemBlocks blocks = new ItemBlocks(table(1000), 4);
        SplittableRandom random = new SplittableRandom(5);
        blocks.deal(random);
        int[] first = IntStream.range(0, 1000).map(blocks::item).toArray();
        blocks.deal(random);
        int[] second = IntStream.range(0, 1000).map(blocks::item).toArray();
        assertThat(Arrays.stream(second).sorted().toArray())
                .isEqualTo(IntStream.range(0, 1000).toArray());
        assertThat(IntStream.range(0, 1000)
                        .filter(place -> first[place] == second[place])
                        .count())
                .isLessThan(10);
        int together = (int) IntStream.range(0, 250)
                .filter(place -> blocks.blockOf(first[place]) == 0)
                .count();
        assertThat(together).as("of a first block in the next first block").isBetween(30, 100);
    }

    @Test
    void rowsAndTheirStateComeAndGoBackByBlock() {
        ParameterTable table = table(100);
        ItemBlocks blocks = new ItemBlocks(table, 3);
        blocks.deal(new SplittableRandom(5));
        blocks.bring(1);
        int place = blocks.from(1);
        int item = blocks.item(place);
        assertThat(blocks.rows().chunk(place)[blocks.rows().offset(place)]).isEqualTo(table.vector(item)[0]);
        blocks.rows().chunk(place)[blocks.rows().offset(place)] = 7;
        blocks.rows().chunk(place)[blocks.rows().stateOffset(place) + 2] = 9;
        float other = table.vector(blocks.item(0))[0];
        blocks.takeBack(1);
        assertThat(table.vector(item)[0]).isEqualTo(7);
        assertThat(table.stateChunk(item)[table.stateOffset(item) + 2]).isEqualTo(9);
        assertThat(table.vector(blocks.item(0))[0]).as("of another block").isEqualTo(other);
    }
}
