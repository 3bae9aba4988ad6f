package dev.milvuso.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.vector.PartialWrite;
import dev.milvuso.vector.PartialWrite.Kind;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Guards against rows and keys that a client takes for stored or deleted. */
class RefusedRowsTest {
    private static final List<Integer> HALF = IntStream.range(100, 600).boxed().toList();

    private static Problem problem(Kind kind, RuntimeException cause) {
        return (Problem) CollectionRoutes.refusal(PartialWrite.of(kind, HALF, 1000, cause));
    }

    private static void assertNames(Problem problem, String list) {
        assertThat(problem.faults())
                .extracting(Problem.Fault::field)
                .containsExactlyElementsOf(
                        HALF.stream().map(row -> list + "[" + row + "]").toList());
    }

    @Test
    void everyRowThatWasNotStoredIsNamed() {
        Problem problem = problem(Kind.STORE, new IllegalStateException("gone"));
        assertThat(problem.status()).isEqualTo(503);
        assertNames(problem, "entities");
    }

    @Test
    void aRefusalInTheMiddleIsNoOutage() {
        Problem problem = problem(Kind.STORE, new IllegalArgumentException("there is no collection a"));
        assertThat(problem.status()).isEqualTo(409);
        assertThat(problem).hasMessage("500 of 1000 rows were not stored: there is no collection a");
        assertNames(problem, "entities");
    }

    @Test
    void everyKeyThatWasNotDeletedIsNamed() {
        assertNames(problem(Kind.DELETE, new IllegalStateException("gone")), "keys");
        assertNames(problem(Kind.DELETE, new IllegalArgumentException("released")), "keys");
    }
}
