package dev.milvuso.trainer.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.embedding.Kind;
import dev.milvuso.trainer.data.PositivePairs;
import dev.milvuso.trainer.initializer.XavierInitializer;
import dev.milvuso.trainer.parameter.ParameterTable;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PairsByBlockTest {
    private static final int PAIRS = 3000;
    private static final int BLOCKS = 4;

    private final PositivePairs data = new PositivePairs();
    private final ItemBlocks blocks;

    PairsByBlockTest() {
        SplittableRandom random = new SplittableRandom(3);
        for (int pair = 0; pair < PAIRS; pair++) {
            data.add("u" + pair / 10, "i" + random.nextInt(200));
        }
        ParameterTable table = new ParameterTable(Kind.ITEM, 4, 0, new XavierInitializer(1));
        data.itemIds().forEach(table::findOrAdd);
        blocks = new ItemBlocks(table, BLOCKS);
        blocks.deal(random);
    }

    private static int[] of(PairsByBlock pairs, int block) {
        return IntStream.range(pairs.from(block), pairs.to(block))
                .map(pairs::pair)
                .toArray();
    }

    @Test
    void everyPairThatIsTakenIsInTheBlockOfItsItem() {
        PairsByBlock pairs = new PairsByBlock(data, 100, 2500, blocks, pair -> pair % 7 != 0);
        for (int block = 0; block < BLOCKS; block++) {
            for (int pair : of(pairs, block)) {
                assertThat(blocks.blockOf(data.item(pair))).isEqualTo(block);
            }
        }
        assertThat(IntStream.range(0, BLOCKS)
                        .flatMap(block -> IntStream.of(of(pairs, block)))
                        .sorted())
                .containsExactlyElementsOf(IntStream.range(100, 2500)
                        .filter(pair -> pair % 7 != 0)
                        .boxed()
                        .toList());
    }

    @Test
    void aBlockIsShuffledAndTheOthersStay() {
        PairsByBlock pairs = new PairsByBlock(data, 0, PAIRS, blocks, pair -> true);
        int[] before = of(pairs, 2);
        int[] other = of(pairs, 1);
        pairs.shuffle(2, new SplittableRandom(1));
        int[] after = of(pairs, 2);
        assertThat(after).isNotEqualTo(before).containsExactlyInAnyOrder(before);
        assertThat(of(pairs, 1)).isEqualTo(other);
        long near = IntStream.range(1, after.length)
                .filter(i -> Math.abs(after[i] - after[i - 1]) < 30)
                .count();
        assertThat(near).as("neighbours that stayed so").isLessThan(after.length / 10);
    }

    @Test
    void noneAtAllIsARangeToo() {
        PairsByBlock pairs = new PairsByBlock(data, 5, 5, blocks, pair -> true);
        assertThat(IntStream.range(0, BLOCKS).flatMap(block -> IntStream.of(of(pairs, block))))
                .isEmpty();
    }
}
