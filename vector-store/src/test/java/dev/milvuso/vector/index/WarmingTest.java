package dev.milvuso.vector.index;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Guards against numbers that a loop does not take, which no index could then be made with. */
final class WarmingTest {
    static Stream<IndexMath> maths() {
        return Stream.of(IndexMath.BEST, new ScalarIndexMath());
    }

    @ParameterizedTest
    @MethodSource("maths")
    void everyLoopTakesWhatItIsWarmedBy(IndexMath math) {
        assertThatCode(() -> new Warming(math).run(System.nanoTime() + 500_000_000))
                .doesNotThrowAnyException();
    }
}
