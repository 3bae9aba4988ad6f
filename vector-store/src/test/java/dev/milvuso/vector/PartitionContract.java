package dev.milvuso.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a store that has {@link Feature#PARTITION_LOADING} promises of partitions that are loaded and released by
 * themselves. Reads must see earlier writes.
 */
public abstract class PartitionContract extends StoreFixture {
    private static final String DEFAULT = "_default";

    protected PartitionContract() {
        super("partitions");
    }

    @BeforeEach
    final void fill() {
        store().create(schema().build());
        insert(DEFAULT, 0);
        for (String partition : List.of("a", "b")) {
            store().createPartition(name, partition);
        }
        insert("a", 10);
        insert("b", 20);
    }

    private CollectionSchema.Builder schema() {
        return CollectionSchema.named(name).key(KeyField.INTEGER).vector("vector", 2, Metric.EUCLIDEAN);
    }

    private void insert(String partition, int from) {
        Optional<String> into = Optional.of(partition).filter(it -> !it.equals(DEFAULT));
        store().insert(
                        name,
                        into,
                        IntStream.range(from, from + 2)
                                .mapToObj(i -> Entity.of(Id.of(i)).with("vector", Vector.of(i, 1)))
                                .toList());
    }

    private List<String> searched(String... partitions) {
        SearchRequest.Builder request = SearchRequest.of(Vector.of(0, 1)).k(20);
        for (String partition : partitions) {
            request.partition(partition);
        }
        return store().search(name, request.build()).stream().map(Hit::id).toList();
    }

    private List<String> queried(String... partitions) {
        return store().query(name, QueryRequest.everything().in(Set.of(partitions))).stream()
                .map(Entity::id)
                .toList();
    }

    private void assertFound(String... ids) {
        assertThat(searched()).containsExactly(ids);
        assertThat(queried()).containsExactlyInAnyOrder(ids);
        assertThat(store().count(name)).isEqualTo(ids.length);
        assertThat(store().statistics(name).rows()).isEqualTo(ids.length);
        assertThat(store().count(name, Path.of("id").atLeast(0))).isEqualTo(ids.length);
        List<Id> all = IntStream.range(0, 60).mapToObj(Id::of).toList();
        assertThat(store().get(name, all, Output.KEY)).extracting(Entity::id).containsExactlyInAnyOrder(ids);
        Iterator<List<Entity>> batches = store().iterate(name, QueryRequest.everything(), 3);
        assertThat((Iterable<List<Entity>>) () -> batches)
                .flatExtracting(batch -> batch)
                .extracting(Entity::id)
                .containsExactlyInAnyOrder(ids);
    }

    private void assertReleased(Runnable call, String which) {
        assertThatIllegalArgumentException()
                .isThrownBy(call::run)
                .withMessage("of collection " + name + " the " + which + " first");
    }

    @Test
    void whatAReleasedPartitionHoldsIsFoundOnlyOnceItIsLoaded() {
        store().releasePartition(name, "a");
        store().releasePartition(name, "a");
        assertFound("0", "1", "20", "21");
        assertThat(searched("b")).containsExactly("20", "21");
        assertReleased(() -> searched("a"), "partition a is not loaded: load it");
        assertReleased(() -> searched("a", "b"), "partition a is not loaded: load it");
        assertReleased(() -> queried("a"), "partition a is not loaded: load it");
        assertThat(store().statistics(name).loaded()).isTrue();
        store().releasePartition(name, "b");
        assertReleased(() -> searched("b", "a"), "partitions a, b are not loaded: load them");
        store().loadPartition(name, "b");
        store().loadPartition(name, "a");
        store().loadPartition(name, "a");
        assertFound("0", "1", "10", "11", "20", "21");
    }

    @Test
    void aReleasedPartitionIsWrittenTo() {
        store().releasePartition(name, "a");
        insert("a", 12);
        store().deleteKeys(name, List.of(Id.of(10)));
        store().loadPartition(name, "a");
        assertThat(searched("a")).containsExactly("11", "12", "13");
    }

    @Test
    void whatAFilterDeletesIsWhatItFinds() {
        store().releasePartition(name, "a");
        store().deleteWhere(name, Path.of("id").between(1, 20));
        store().load(name);
        assertFound("0", "10", "11", "21");
    }

    @Test
    void aCollectionOfWhichAPartIsReleasedIsNotTruncated() {
        store().releasePartition(name, "a");
        assertReleased(() -> store().truncate(name), "partition a is not loaded: load it");
        store().load(name);
        store().truncate(name);
        assertThat(store().count(name)).isZero();
    }

    @Test
    void loadingTheCollectionLoadsWhatWasReleased() {
        store().releasePartition(name, "a");
        store().load(name);
        assertFound("0", "1", "10", "11", "20", "21");
    }

    @Test
    void withItsLastPartitionTheCollectionIsReleased() {
        for (String partition : List.of("a", "b", DEFAULT)) {
            store().releasePartition(name, partition);
        }
        assertThat(store().statistics(name).loaded()).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> searched())
                .withMessageContaining("not loaded: load it first");
        assertThatIllegalArgumentException().isThrownBy(() -> searched("a")).withMessageContaining("not loaded");
        store().loadPartition(name, "b");
        assertThat(store().statistics(name).loaded()).isTrue();
        assertFound("20", "21");
    }

    @Test
    void aPartitionThatIsMadeLaterIsLoadedWithTheCollectionOnly() {
        store().releasePartition(name, "a");
        store().createPartition(name, "of_a_whole");
        insert("of_a_whole", 30);
        assertFound("0", "1", "20", "21", "30", "31");
        store().release(name);
        store().loadPartition(name, "b");
        store().createPartition(name, "of_a_part");
        insert("of_a_part", 40);
        assertFound("20", "21");
        assertReleased(() -> searched("of_a_part"), "partition of_a_part is not loaded: load it");
    }

    @Test
    void aLoadedPartitionIsDropped() {
        store().release(name);
        store().loadPartition(name, "a");
        store().loadPartition(name, "b");
        store().dropPartition(name, "a");
        assertFound("20", "21");
        store().dropPartition(name, "b");
        assertThat(store().statistics(name).loaded()).isFalse();
    }

    @Test
    void creatingItOnceMoreLeavesAPartitionReleased() {
        store().releasePartition(name, "a");
        store().create(schema().build());
        assertFound("0", "1", "20", "21");
    }

    @Test
    void anIndexInPlaceOfAnotherLeavesAPartitionReleased() {
        store().releasePartition(name, "a");
        store().indexes(name).replace("vector", new IndexSpec.Flat());
        assertFound("0", "1", "20", "21");
        assertReleased(() -> searched("a"), "partition a is not loaded: load it");
    }

    @Test
    void anAliasLoadsAndReleasesToo() {
        String alias = name + "_alias";
        store().createAlias(alias, name);
        try {
            store().releasePartition(alias, "a");
            assertFound("0", "1", "20", "21");
            store().loadPartition(alias, "a");
            assertFound("0", "1", "10", "11", "20", "21");
        } finally {
            store().dropAlias(alias);
        }
    }

    @Test
    void whatIsNotThereOrHasNoNameIsRefused() {
        for (Runnable call : List.<Runnable>of(
                () -> store().loadPartition(name, "none"), () -> store().releasePartition(name, "none"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(call::run)
                    .withMessage("collection " + name + " has no partition none");
        }
        for (Runnable call : List.<Runnable>of(
                () -> store().loadPartition("nowhere_" + name, "a"),
                () -> store().releasePartition("nowhere_" + name, "a"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(call::run)
                    .withMessage("there is no collection nowhere_" + name);
        }
        store().drop(name);
        store().create(schema().field("year", Field.Type.INTEGER)
                .partitionKey("year")
                .build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().releasePartition(name, DEFAULT))
                .withMessageContaining("partitioned by its key year: its partitions cannot be named");
    }
}
