package dev.milvuso.vector.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactSearchTest {
    private static final int DIMENSION = 5;
    private static final int K = 7;

    private static float[] vector(SplittableRandom random) {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 32, 33, 64, 100})
    void theBestAreFoundHoweverManyAreLookedAt(int count) {
        SplittableRandom random = new SplittableRandom(count);
        Rows rows = new Rows();
        for (int slot = 0; slot < count; slot++) {
            rows.set(3 * slot, vector(random));
        }
        float[] query = vector(random);
        ExactSearch search = new ExactSearch(Similarity.INNER_PRODUCT, rows, query, K);
        for (int slot = 0; slot < 3 * count + 5; slot++) {
            search.look(slot); // two of three are empty
        }
        Found found = search.best();
        List<Integer> expected = IntStream.range(0, count)
                .mapToObj(slot -> 3 * slot)
                .sorted(Comparator.comparingDouble(slot -> -Similarity.INNER_PRODUCT.score(query, row(rows, slot))))
                .limit(K)
                .toList();
        assertThat(IntStream.of(found.slots()).boxed().toList()).isEqualTo(expected);
        for (int i = 0; i < found.slots().length; i++) {
            assertThat(found.scores()[i]).isEqualTo(Similarity.INNER_PRODUCT.score(query, row(rows, found.slots()[i])));
        }
    }

    private static float[] row(Rows rows, int slot) {
        float[] row = rows.get(slot);
        return row == null ? new float[DIMENSION] : row;
    }
}
