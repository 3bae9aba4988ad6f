package dev.milvuso.server.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.ItemId;
import dev.milvuso.item.Item;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.catalogue.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FilteredSlotsTest {
    private final Catalogue catalogue = new Catalogue();
    private final List<Integer> tested = new ArrayList<>();
    private final FilteredSlots filter = new FilteredSlots(catalogue, slot -> {
        tested.add(slot);
        return Objects.requireNonNull(catalogue.table().item(slot)).hidden();
    });

    private static Change change(int item, long number, boolean hidden) {
        return new Change(
                new ItemId("item-" + item),
                number,
                Optional.of(new Item(
                        new ItemId("item-" + item),
                        Optional.empty(),
                        List.of(),
                        0,
                        Instant.EPOCH,
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        hidden,
                        Optional.empty())));
    }

    private List<Integer> fitting(int items) {
        tested.clear();
        filter.refresh();
        return IntStream.range(0, items).filter(filter).boxed().toList();
    }

    @Test
    void onlyWhatHasChangedIsTestedAgain() {
        catalogue.apply(IntStream.range(0, 100)
                .mapToObj(item -> change(item, 1000 - item, item % 10 == 0))
                .toList());
        assertThat(fitting(100)).hasSize(10);
        assertThat(tested).hasSize(100);
        assertThat(fitting(100)).hasSize(10);
        assertThat(tested).isEmpty();
        // Numbers say in which order the changes of one item came, and nothing of those of another.
        catalogue.apply(List.of(change(70, 940, false), change(71, 935, true)));
        catalogue.apply(List.of(change(72, 934, true)));
        catalogue.apply(List.of(change(3, 5, true)));
        assertThat(fitting(100)).hasSize(11).contains(71, 72).doesNotContain(70, 3);
        assertThat(tested).containsExactly(70, 71, 72);
    }

    @Test
    void aCatalogueThatHasGrownIsTestedAnew() {
        catalogue.apply(List.of(change(0, 1, true)));
        assertThat(fitting(1)).containsExactly(0);
        catalogue.apply(IntStream.range(1, 5_000)
                .mapToObj(item -> change(item, 1, item == 4_999))
                .toList());
        assertThat(fitting(5_000)).containsExactly(0, 4_999);
        assertThat(fitting(5_000)).containsExactly(0, 4_999);
        assertThat(tested).isEmpty();
    }
}
