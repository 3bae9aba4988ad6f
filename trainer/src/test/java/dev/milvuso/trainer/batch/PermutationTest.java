package dev.milvuso.trainer.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PermutationTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 64, 65, 1000, 4097})
    void everyNumberComesOnce(int size) {
        Permutation order = new Permutation(size, 99);
        assertThat(IntStream.range(0, size).map(order::at).sorted().toArray())
                .isEqualTo(IntStream.range(0, size).toArray());
    }

    @Test
    void everyKeyHasAnOrderOfItsOwnAndNoNumberAFavouritePlace() {
        int size = 1000;
        int keys = 4000;
        int[][] counts = new int[10][10];
        for (int key = 0; key < keys; key++) {
            for (int tenth = 0; tenth < 10; tenth++) {
                counts[tenth][new Permutation(size, key).at(tenth * 100 + 7) / 100]++;
            }
        }
        for (int[] ofPlace : counts) {
            for (int count : ofPlace) {
                // Five standard deviations of a binomial count.
                assertThat((double) count).isCloseTo(keys / 10.0, within(5 * Math.sqrt(keys * 0.09)));
            }
        }
    }

    @Test
    void neighboursAreTornApart() {
        int size = 100_000;
        Permutation order = new Permutation(size, 7);
        double distance = 0;
        for (int place = 0; place + 1 < size; place++) {
            distance += Math.abs(order.at(place) - order.at(place + 1));
        }
        // A third of the range on average, of independent places.
        assertThat(distance / (size - 1)).isCloseTo(size / 3.0, within(size * 0.005));
    }
}
