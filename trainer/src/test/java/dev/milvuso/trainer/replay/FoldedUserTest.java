package dev.milvuso.trainer.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Against normal equations of two numbers, solved by hand. */
final class FoldedUserTest {
    private static final Offset<Double> ROUNDING = within(1e-9);

    @Test
    void oneActionOfALengthWithARidgeOfOne() {
        FoldedUser user = new FoldedUser(Inverse.ofRidge(1, 2), 2, 5);
        assertThat(user.isNew()).isTrue();
        user.add(new float[] {2, 0});
        // (1 + 4) x = 2.
        assertThat(user.vector()).containsExactly(new double[] {0.4, 0}, ROUNDING);
        user.add(new float[] {0, 3});
        assertThat(user.vector()).containsExactly(new double[] {0.4, 0.3}, ROUNDING);
        assertThat(user.isNew()).isFalse();
    }

    @Test
    void actionsThatAreNotAtRightAnglesShareWhatTheyExplain() {
        FoldedUser user = new FoldedUser(Inverse.ofRidge(1, 2), 2, 5);
        user.add(new float[] {1, 0});
        user.add(new float[] {1, 1});
        // [3 1; 1 2] x = [2; 1]: x = (3/5, 1/5).
        assertThat(user.vector()).containsExactly(new double[] {0.6, 0.2}, ROUNDING);
    }

    @Test
    void theOldestActionGoesWhenTheWindowIsFull() {
        FoldedUser user = new FoldedUser(Inverse.ofRidge(0.5, 2), 2, 1);
        user.add(new float[] {4, 4});
        user.add(new float[] {0, 1});
        assertThat(user.vector()).containsExactly(new double[] {0, 1 / 1.5}, ROUNDING);
    }

    @Test
    void aCopyMovesAlone() {
        Inverse inverse = Inverse.ofRidge(2, 1);
        inverse.copy().add(new float[] {1}, 1);
        assertThat(inverse.times(new double[] {1})).containsExactly(new double[] {0.5}, ROUNDING);
        inverse.add(new float[] {2}, 0.5);
        assertThat(inverse.times(new double[] {1})).containsExactly(new double[] {0.25}, ROUNDING);
    }
}
