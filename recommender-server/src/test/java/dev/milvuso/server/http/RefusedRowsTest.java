package dev.milvuso.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.milvuso.vector.PartialWriteException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Guards against rows that a client takes for stored. */
class RefusedRowsTest {
    @Test
    void everyRowThatWasNotStoredIsNamed() {
        List<Integer> rows = IntStream.range(100, 600).boxed().toList();
        assertThat(CollectionRoutes.refusal(
                        new PartialWriteException("milvus", rows, 1000, new IllegalStateException("gone"))))
                .asInstanceOf(type(Problem.class))
                .satisfies(problem -> assertThat(problem.faults())
                        .extracting(Problem.Fault::field)
                        .containsExactlyElementsOf(rows.stream()
                                .map(row -> "entities[" + row + "]")
                                .toList()));
    }
}
