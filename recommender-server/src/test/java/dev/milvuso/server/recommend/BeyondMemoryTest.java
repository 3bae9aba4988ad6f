package dev.milvuso.server.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.ItemId;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.server.tier.Scored;
import dev.milvuso.server.tier.StoredItems;
import dev.milvuso.vector.SwitchedStore;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BeyondMemoryTest {
    private final SwitchedStore store = new SwitchedStore();
    private final SplitCatalogue items = new SplitCatalogue(store, 20, 10);
    private final BeyondMemory beyond =
            new BeyondMemory(new Counted(items.beyond.stored()), items.beyond.bulkhead(), items.catalogue.slots());
    private int asked;

    @AfterEach
    void close() {
        items.close();
    }

    private Making lend(int... slots) {
        Making making = new Making(0, new Deadline(Duration.ofMinutes(1)));
        beyond.lend(items.index(), SplitCatalogue.VERSION, IntStream.of(slots), making);
        return making;
    }

    private int[] outside() {
        return IntStream.range(0, 20).filter(items.index()::lacks).toArray();
    }

    @Test
    void whatIsMissedIsReadAtOnceAndThenThere() {
        int[] outside = outside();
        lend(outside);
        lend(outside);
        assertThat(asked).isEqualTo(1);
        assertThat(outside).hasSize(10);
        for (int slot : outside) {
            assertThat(items.index().vector(slot))
                    .isEqualTo(items.vector(items.catalogue.slots().id(slot)));
        }
    }

    @Test
    void nobodyIsAskedForWhatMemoryHoldsOrNobodyKnows() {
        int held = IntStream.range(0, 20)
                .filter(slot -> !items.index().lacks(slot))
                .findFirst()
                .orElseThrow();
        lend(held, -1, 4711);
        assertThat(asked).isZero();
    }

    @Test
    void whatTheStoreDoesNotHaveIsNotAskedForAgainAtOnce() {
        int slot = outside()[0];
        store.delete("test_items", List.of(items.catalogue.slots().id(slot).value()));
        lend(slot);
        lend(slot);
        assertThat(asked).isEqualTo(1);
        assertThat(items.index().vector(slot)).isNull();
    }

    @Test
    void aStoreThatIsAwayIsNotedAndAskedAgainNextTime() {
        int slot = outside()[0];
        store.goAway();
        assertThat(lend(slot).isDegraded()).isTrue();
        assertThat(items.index().vector(slot)).isNull();
        store.comeBack();
        assertThat(lend(slot).isDegraded()).isFalse();
        assertThat(items.index().vector(slot)).isNotNull();
    }

    private final class Counted implements StoredItems {
        private final StoredItems inner;

        private Counted(StoredItems inner) {
            this.inner = inner;
        }

        @Override
        public List<Scored> search(float[] query, int k, ModelVersion version, Set<ItemId> leftOut, boolean located) {
            return inner.search(query, k, version, leftOut, located);
        }

        @Override
        public Map<ItemId, float[]> items(Collection<ItemId> wanted, ModelVersion version) {
            asked++;
            return inner.items(wanted, version);
        }
    }
}
