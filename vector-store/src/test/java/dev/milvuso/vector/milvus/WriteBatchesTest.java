package dev.milvuso.vector.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.milvuso.component.Unavailable;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.PartialWriteException;
import dev.milvuso.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class WriteBatchesTest {
    private static List<Entity> rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Entity.of(Id.of(i)).with("vector", Vector.of(1, 2)))
                .toList();
    }

    private static List<Integer> sizes(List<Entity> entities) {
        List<Integer> sizes = new ArrayList<>();
        new WriteBatches(entities).write(batch -> {
            sizes.add(batch.size());
            return List.of();
        });
        return sizes;
    }

    @Test
    void aBatchHasAnEndInRowsAndInBytes() {
        assertThat(sizes(rows(2500))).containsExactly(1000, 1000, 500);
        String large = "x".repeat(2_000_000);
        assertThat(sizes(rows(6).stream().map(row -> row.with("text", large)).toList()))
                .containsExactly(2, 2, 2);
        assertThat(sizes(List.of())).isEmpty();
    }

    @Test
    void ofOneKeyTheLastIsWritten() {
        List<Entity> twice = new ArrayList<>(rows(3));
        Entity last = rows(1).get(0).with("text", "last");
        twice.add(last);
        List<Entity> written = new ArrayList<>();
        new WriteBatches(twice).write(batch -> {
            written.addAll(batch);
            return List.of();
        });
        assertThat(written).containsExactly(twice.get(1), twice.get(2), last);
    }

    @Test
    void aFailureAfterAcknowledgedBatchesNamesTheRowsThatWereNotStored() {
        PartialWriteException failure = catchThrowableOfType(
                PartialWriteException.class,
                () -> new WriteBatches(rows(2500)).write(batch -> {
                    if (batch.get(0).id().equals("1000")) {
                        throw new Unavailable("milvus", "it is gone", null);
                    }
                    return List.of();
                }));
        assertThat(failure.notStored())
                .isEqualTo(IntStream.range(1000, 2500).boxed().toList());
        assertThat(failure).hasMessageContaining("1500 of 2500 rows were not stored: it is gone");
        assertThat(failure.dependency()).isEqualTo("milvus");
    }

    @Test
    void aFailureOfTheFirstBatchIsThatFailure() {
        Unavailable gone = new Unavailable("milvus", "it is gone", null);
        assertThat(catchThrowableOfType(
                        Unavailable.class,
                        () -> new WriteBatches(rows(2500)).write(batch -> {
                            throw gone;
                        })))
                .isSameAs(gone);
    }
}
