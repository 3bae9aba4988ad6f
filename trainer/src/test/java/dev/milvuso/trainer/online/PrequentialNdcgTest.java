package dev.milvuso.trainer.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.optimizer.Sgd;
import dev.milvuso.trainer.parameter.ParameterTable;
import org.junit.jupiter.api.Test;

final class PrequentialNdcgTest {
    private final FactorModel model = FactorModel.empty(2, new Sgd(), 1);
    private final PrequentialNdcg quality = new PrequentialNdcg(1);

    /** The user's row is (1, 1), so an item's score is the number it is given. */
    private void items(double... scores) {
        ParameterTable users = model.users();
        int user = users.findOrAdd("u");
        users.chunk(user)[users.offset(user)] = 1;
        for (int item = 0; item < scores.length; item++) {
            int row = model.items().findOrAdd("i" + item);
            float[] chunk = model.items().chunk(row);
            int offset = model.items().offset(row);
            chunk[offset] = 0;
            chunk[offset + 1] = (float) scores[item];
        }
    }

    @Test
    void withNothingToRankItSaysNothing() {
        items(1);
        quality.rank(model, "u", "i0");
        assertThat(quality.mean()).isNaN();
    }

    @Test
    void theBestIsOneAndTheSecondAndTheTiedAreLess() {
        items(5, 3);
        quality.rank(model, "u", "i0");
        assertThat(quality.mean()).isEqualTo(1);

        PrequentialNdcg second = new PrequentialNdcg(1);
        second.rank(model, "u", "i1");
        double gainOfTwo = Math.log(2) / Math.log(3);
        assertThat(second.mean()).isCloseTo(gainOfTwo, within(1e-12));

        // A tie with one other: half rank 1, half rank 2. So it is for a user whom nobody knows.
        PrequentialNdcg tied = new PrequentialNdcg(1);
        tied.rank(model, "stranger", "i0");
        assertThat(tied.mean()).isCloseTo((1 + gainOfTwo) / 2, within(1e-12));
    }

    @Test
    void belowTheTenthPlaceNothingCounts() {
        double[] scores = new double[100];
        for (int item = 1; item < 100; item++) {
            scores[item] = 1;
        }
        items(scores);
        quality.rank(model, "u", "i0");
        assertThat(quality.mean()).isZero();
    }

    @Test
    void theMeanForgetsWhatIsLongPast() {
        items(5, 3);
        for (int n = 0; n < 2000; n++) {
            quality.rank(model, "u", "i1");
        }
        double low = quality.mean();
        for (int n = 0; n < 1000; n++) {
            quality.rank(model, "u", "i0");
        }
        // After as many as it looks back on, 1/e of the old is left.
        assertThat(1 - quality.mean()).isCloseTo((1 - low) / Math.E, within(1e-3));
    }
}
