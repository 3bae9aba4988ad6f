package dev.milvuso.vector.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.milvuso.component.Unavailable;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.PartialWriteException;
import dev.milvuso.vector.RefusedWriteException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class WriteLanesTest {
    private static final WriteBatches.Limits FOUR = new WriteBatches.Limits(100, 1 << 20, 4);

    private static <T> List<T> write(List<Entity> rows, Function<List<Entity>, List<T>> call) {
        return new WriteLanes(rows, WriteBatches.of(rows, FOUR)).write(call);
    }

    private static List<Entity> rows(int count) {
        return WriteBatchesTest.rows(count);
    }

    @Test
    void whatIsGivenForEachRowComesInTheirOrder() {
        List<Entity> rows = rows(1000);
        assertThat(write(rows, batch -> batch.stream().map(Entity::id).toList()))
                .isEqualTo(rows.stream().map(Entity::id).toList());
    }

    @Test
    void lanesGoAtOnce() {
        CountDownLatch all = new CountDownLatch(4);
        write(rows(400), batch -> {
            try {
                all.countDown();
                assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return List.of();
        });
    }

    @Test
    void afterAFailureJustTheRowsThatWereNotAcknowledgedAreNamed() {
        List<Entity> rows = rows(2000);
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        PartialWriteException failure = catchThrowableOfType(
                PartialWriteException.class,
                () -> write(rows, batch -> {
                    if (acknowledged.size() > 700) {
                        throw new Unavailable("milvus", "it is gone", null);
                    }
                    acknowledged.addAll(batch.stream().map(Entity::id).toList());
                    return List.of();
                }));
        assertThat(failure.notDone())
                .isEqualTo(IntStream.range(0, 2000)
                        .filter(i -> !acknowledged.contains(Integer.toString(i)))
                        .boxed()
                        .toList());
        assertThat(failure)
                .hasMessageContaining((2000 - acknowledged.size()) + " of 2000 rows were not stored: it is gone");
        assertThat(failure.dependency()).isEqualTo("milvus");
    }

    @Test
    void aRefusalAfterSomethingWasStoredNamesTheRestAndIsARefusal() {
        List<Entity> rows = rows(2000);
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        RefusedWriteException failure = catchThrowableOfType(
                RefusedWriteException.class,
                () -> write(rows, batch -> {
                    if (acknowledged.size() > 700) {
                        throw new IllegalArgumentException("there is no collection gone");
                    }
                    acknowledged.addAll(batch.stream().map(Entity::id).toList());
                    return List.of();
                }));
        assertThat(failure.notDone())
                .isEqualTo(IntStream.range(0, 2000)
                        .filter(i -> !acknowledged.contains(Integer.toString(i)))
                        .boxed()
                        .toList());
        assertThat(failure)
                .hasMessage(
                        (2000 - acknowledged.size()) + " of 2000 rows were not stored: there is no collection gone");
    }

    @Test
    void aFailureBeforeAnythingWasStoredIsThatFailure() {
        Unavailable gone = new Unavailable("milvus", "it is gone", null);
        assertThat(catchThrowableOfType(
                        Unavailable.class,
                        () -> write(rows(2500), batch -> {
                            throw gone;
                        })))
                .isSameAs(gone);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> write(rows(300), batch -> {
                    throw new IllegalArgumentException("refused");
                }));
    }
}
