package dev.milvuso.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What is said of a write that is refused in its middle: the collection gets another name while it is written to, under
 * which it can be seen what was stored.
 */
public abstract class PartialWriteContract extends StoreFixture {
    private static final int ROWS = 20_000;
    private static final int ATTEMPTS = 12;

    private final ScheduledExecutorService other = Executors.newSingleThreadScheduledExecutor();
    private final List<String> made = new ArrayList<>();

    protected PartialWriteContract() {
        super("partial");
    }

    /** Whether a write of many rows is several calls, between which others come. */
    protected boolean isCutIntoCalls() {
        return true;
    }

    @AfterEach
    void stop() {
        other.shutdownNow();
    }

    @Override
    protected void cleanUp() {
        made.forEach(store()::drop);
    }

    private String create(String suffix) {
        String collection = name + suffix;
        made.add(collection);
        made.add(collection + "_moved");
        store().create(new CollectionSchema(collection, 2, Metric.EUCLIDEAN, List.of()));
        return collection;
    }

    private static List<Entity> rows() {
        return IntStream.range(0, ROWS)
                .mapToObj(i -> new Entity("id" + i, new float[] {i, 1}, Map.of()))
                .toList();
    }

    private interface Change {
        void run(String collection);
    }

    /** @param nanos after which the collection is called otherwise. @return what the change failed with, if it did */
    private @Nullable Throwable renamedMeanwhile(String collection, long nanos, Change change) throws Exception {
        ScheduledFuture<?> renaming =
                other.schedule(() -> store().rename(collection, collection + "_moved"), nanos, TimeUnit.NANOSECONDS);
        Throwable failure = catchThrowable(() -> change.run(collection));
        renaming.get();
        return failure;
    }

    private Set<String> there(String collection) {
        Set<String> keys = new HashSet<>();
        Iterator<List<Entity>> batches =
                store().iterate(collection, QueryRequest.everything().output(Output.of()), 10_000);
        batches.forEachRemaining(batch -> batch.forEach(row -> keys.add(row.id())));
        return keys;
    }

    private static Set<String> ids(List<Integer> positions) {
        Set<String> ids = new HashSet<>();
        positions.forEach(position -> ids.add("id" + position));
        return ids;
    }

    private static List<Integer> notDone(@Nullable Throwable failure, PartialWrite.Kind kind) {
        if (failure == null) {
            return List.of();
        }
        assertThat(failure).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("there is no collection");
        if (!(failure instanceof PartialWrite partial)) {
            return IntStream.range(0, ROWS).boxed().toList();
        }
        assertThat(partial.kind()).isEqualTo(kind);
        assertThat(failure).hasMessageStartingWith(partial.notDone().size() + " of " + ROWS);
        return partial.notDone();
    }

    private long timed(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return System.nanoTime() - begin;
    }

    @Test
    void aWriteThatIsRefusedInItsMiddleNamesTheRowsThatWereNotStored() throws Exception {
        List<Entity> rows = rows();
        String first = create("");
        long whole = timed(() -> store().upsert(first, rows));
        boolean partial = false;
        for (int attempt = 1; attempt <= ATTEMPTS && !partial; attempt++) {
            String collection = create("_" + attempt);
            Throwable failure =
                    renamedMeanwhile(collection, whole * attempt / (ATTEMPTS + 1), it -> store().upsert(it, rows));
            List<Integer> notStored = notDone(failure, PartialWrite.Kind.STORE);
            Set<String> expected = ids(IntStream.range(0, ROWS).boxed().toList());
            expected.removeAll(ids(notStored));
            assertThat(there(collection + "_moved")).isEqualTo(expected);
            partial = !notStored.isEmpty() && notStored.size() < ROWS;
        }
        assertThat(partial).isEqualTo(isCutIntoCalls());
    }

    @Test
    void aDeletionOfManyKeysThatIsRefusedInItsMiddleNamesThoseThatWereNotDeleted() throws Exception {
        List<Entity> rows = rows();
        List<Id> keys = rows.stream().map(row -> row.key().orElseThrow()).toList();
        String first = create("");
        store().upsert(first, rows);
        long whole = timed(() -> store().deleteKeys(first, keys));
        boolean partial = false;
        for (int attempt = 1; attempt <= ATTEMPTS && !partial; attempt++) {
            String collection = create("_" + attempt);
            store().upsert(collection, rows);
            Throwable failure =
                    renamedMeanwhile(collection, whole * attempt / (ATTEMPTS + 1), it -> store().deleteKeys(it, keys));
            List<Integer> notDeleted = notDone(failure, PartialWrite.Kind.DELETE);
            assertThat(there(collection + "_moved")).isEqualTo(ids(notDeleted));
            partial = !notDeleted.isEmpty() && notDeleted.size() < ROWS;
        }
        assertThat(partial).isEqualTo(isCutIntoCalls());
    }
}
