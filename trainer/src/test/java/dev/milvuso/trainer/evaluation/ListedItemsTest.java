package dev.milvuso.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.milvuso.trainer.batch.TrainedModel;
import dev.milvuso.trainer.data.Histories;
import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.optimizer.Sgd;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Items east, north, north-east and nowhere, as vectors of two numbers and a bias that must not matter. */
final class ListedItemsTest {
    private static final Offset<Double> ROUNDING = within(1e-7);
    private static final float[][] VECTORS = {{2, 0, 7}, {0, 3, -7}, {1, 1, 0}, {0, 0, 5}};

    private final ListedItems listed = new ListedItems(model(), new int[] {4, 2, 1, 0});

    private static TrainedModel model() {
        FactorModel factors = FactorModel.empty(3, new Sgd(), 0);
        for (int item = 0; item < VECTORS.length; item++) {
            int row = factors.items().findOrAdd("i" + item);
            System.arraycopy(
                    VECTORS[item],
                    0,
                    factors.items().chunk(row),
                    factors.items().offset(row),
                    3);
        }
        return new TrainedModel(factors, Histories.of(4, 0, new int[0], new int[0]));
    }

    @Test
    void distanceWithinAListIsOneMinusTheCosine() {
        listed.add(new int[] {0, 1});
        assertThat(listed.intraListDiversity()).isCloseTo(1, ROUNDING);
        // Pairs of the second list: 90°, 45°, 45°.
        listed.add(new int[] {0, 1, 2});
        double second = 1 - (0 + 2 * Math.sqrt(0.5)) / 3;
        assertThat(listed.intraListDiversity()).isCloseTo((1 + second) / 2, ROUNDING);
    }

    @Test
    void aRowOfZerosIsLikeNothingAndAnUnknownItemIsInNoPair() {
        listed.add(new int[] {0, 3});
        assertThat(listed.intraListDiversity()).isCloseTo(1, ROUNDING);
        listed.add(new int[] {0, -1});
        assertThat(listed.intraListDiversity()).isCloseTo(1, ROUNDING);
        listed.add(new int[] {2, -1, 2});
        assertThat(listed.intraListDiversity()).isCloseTo(0.5, ROUNDING);
    }

    @Test
    void popularityAndSurpriseAreMeansOverWhatIsListed() {
        listed.add(new int[] {0, 1, 2});
        listed.add(new int[] {0});
        assertThat(listed.averagePopularity()).isEqualTo((4 + 2 + 1 + 4) / 4.0);
        // Of four users four, two and one chose them: 0, 1 and 2 bits.
        assertThat(listed.novelty()).isCloseTo((0 + 1 + 2 + 0) / 4.0, ROUNDING);
    }

    @Test
    void giniIsZeroForEqualsAndHighForOneAlone() {
        listed.add(new int[] {0, 1, 2, 3});
        assertThat(listed.gini()).isZero();
        assertThat(listed.coverage()).isEqualTo(1);
        ListedItems one = new ListedItems(model(), new int[4]);
        one.add(new int[] {1});
        one.add(new int[] {1});
        assertThat(one.gini()).isEqualTo(3.0 / 4);
        assertThat(one.diversity(1)).isZero();
    }

    @Test
    void partsAddUpToTheWhole() {
        ListedItems other = new ListedItems(model(), new int[] {4, 2, 1, 0});
        listed.add(new int[] {0, 1});
        other.add(new int[] {0, 2});
        listed.add(other);
        // Item 0 twice, 1 and 2 once, 3 never: (−3·0 − 1·1 + 1·1 + 3·2) / (4 · 4).
        assertThat(listed.gini()).isEqualTo(6.0 / 16);
        assertThat(listed.coverage()).isEqualTo(0.75);
        assertThat(listed.diversity(2)).isEqualTo(0.5);
        assertThat(listed.intraListDiversity()).isCloseTo((1 + 1 - Math.sqrt(0.5)) / 2, ROUNDING);
        assertThat(listed.averagePopularity()).isEqualTo((4 + 2 + 4 + 1) / 4.0);
    }

    @Test
    void noListsMeasureZero() {
        assertThat(listed.gini()).isZero();
        assertThat(listed.novelty()).isZero();
        assertThat(listed.averagePopularity()).isZero();
        assertThat(listed.intraListDiversity()).isZero();
        assertThat(listed.diversity(10)).isZero();
    }
}
