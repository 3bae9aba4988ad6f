package dev.milvuso.trainer.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OrderTest {
    private static int[] order(int size, long key) {
        Order order = new Order(size, key);
        int[] pairs = new int[size];
        int half = size / 2;
        int[] rest = new int[size - half];
        order.fill(0, pairs, half);
        order.fill(half, rest, rest.length);
        System.arraycopy(rest, 0, pairs, half, rest.length);
        return pairs;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 1000, Order.STRETCH - 1, Order.STRETCH, Order.STRETCH + 1, 5 * Order.STRETCH + 77})
    void everyPairHasItsTurnOnce(int size) {
        assertThat(Arrays.stream(order(size, 7)).sorted().toArray())
                .isEqualTo(IntStream.range(0, size).toArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 5 * Order.STRETCH + 77})
    void anotherKeyIsAnotherOrder(int size) {
        assertThat(order(size, 7)).isEqualTo(order(size, 7)).isNotEqualTo(order(size, 8));
    }

    @ParameterizedTest
    @ValueSource(ints = {Order.STRETCH, 5 * Order.STRETCH + 77})
    void withinAStretchNeighboursDoNotStayNeighbours(int size) {
        int[] order = order(size, 7);
        long near = IntStream.range(1, size)
                .filter(i -> Math.abs(order[i] - order[i - 1]) < 10)
                .count();
        assertThat(near).isLessThan(size / 500);
    }

    @ParameterizedTest
    @ValueSource(ints = {5 * Order.STRETCH + 77})
    void aStretchIsLearntInOneGo(int size) {
        int[] order = order(size, 7);
        int spread = (int) IntStream.range(0, Order.STRETCH)
                .mapToLong(i -> Math.floorMod(order[i] - order[0] + Order.STRETCH, size))
                .filter(distance -> distance < 2 * Order.STRETCH)
                .count();
        assertThat(spread).isEqualTo(Order.STRETCH);
    }
}
