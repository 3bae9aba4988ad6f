package dev.milvuso.vector.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.vector.Metric;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Guards against lists that stay those of the few rows with which a collection began. */
final class DenseColumnTest {
    private static final int EXACT_BELOW = 100;

    private final AtomicInteger made = new AtomicInteger();
    private final DenseColumn column = new DenseColumn(
            new VectorField.Type.Dense(4, VectorField.Precision.FLOAT32, Metric.EUCLIDEAN),
            new IndexWork(Runnable::run, Runnable::run, EXACT_BELOW, made::incrementAndGet));
    private final Random random = new Random(5);

    private void put(int from, int to) {
        int[] slots = IntStream.range(from, to).toArray();
        column.putAll(
                slots,
                IntStream.of(slots)
                        .mapToObj(slot -> Vector.of(random.nextFloat(), random.nextFloat(), random.nextFloat(), 1))
                        .toArray(Vector[]::new));
        column.makeStructureIfWorthIt();
    }

    @Test
    void listsAreMadeAnewWhenThereAreTwiceAsManyRows() {
        put(0, 99);
        assertThat(made).hasValue(0);
        put(99, 120);
        assertThat(made).hasValue(1);
        put(120, 239);
        put(0, 239);
        assertThat(made).hasValue(1);
        put(239, 240);
        assertThat(made).hasValue(2);
        put(240, 479);
        assertThat(made).hasValue(2);
        put(479, 480);
        assertThat(made).hasValue(3);
    }
}
