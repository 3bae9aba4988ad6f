package dev.milvuso.server.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.IdHash;
import dev.milvuso.action.ItemId;
import dev.milvuso.item.Item;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private final Catalogue catalogue = new Catalogue();
    private long number;

    private int put(String id, String category, boolean hidden, String... tags) {
        Item item = new Item(
                new ItemId(id),
                Optional.of(category).filter(text -> !text.isEmpty()),
                List.of(tags),
                0,
                Instant.ofEpochMilli(7),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                hidden,
                Optional.empty());
        number++;
        catalogue.apply(List.of(new Change(item.id(), number, Optional.of(item))));
        return catalogue.slots().find(item.id());
    }

    private int[] ofCategory(String category) {
        return catalogue
                .byCategory()
                .slots(catalogue.categories().find(category))
                .toArray();
    }

    private int[] withTag(String tag) {
        return catalogue.byTag().slots(catalogue.tags().find(tag)).toArray();
    }

    @Test
    void whatIsKnownOfAnItemStandsInItsColumns() {
        int slot = put("a", "books", false, "x", "y");
        ItemTable table = catalogue.table();
        assertThat(table.isVisible(slot)).isTrue();
        assertThat(table.category(slot)).isEqualTo(catalogue.categories().find("books"));
        assertThat(table.hasTag(slot, catalogue.tags().find(List.of("y", "nobody's"))))
                .isTrue();
        assertThat(table.hasTag(slot, catalogue.tags().find(List.of("nobody's"))))
                .isFalse();
        assertThat(table.createdAt(slot)).isEqualTo(7);
        assertThat(table.hash(slot)).isEqualTo(IdHash.of("a"));
        assertThat(table.isVisible(put("b", "books", true))).isFalse();
        assertThat(table.isVisible(999_999)).isFalse();
    }

    @Test
    void anItemThatMovesIsWhereItBelongsAndNowhereElse() {
        int a = put("a", "books", false, "x", "y");
        int b = put("b", "books", false, "y");
        assertThat(ofCategory("books")).containsExactly(a, b);
        put("a", "films", false, "y", "z");
        assertThat(ofCategory("books")).containsExactly(b);
        assertThat(ofCategory("films")).containsExactly(a);
        assertThat(withTag("x")).isEmpty();
        assertThat(withTag("y")).containsExactly(a, b);
        put("a", "", false);
        assertThat(ofCategory("films")).isEmpty();
        assertThat(withTag("y")).containsExactly(b);
        catalogue.apply(List.of(new Change(new ItemId("b"), 99, Optional.empty())));
        assertThat(ofCategory("books")).isEmpty();
        assertThat(catalogue.find(new ItemId("b"))).isEmpty();
        assertThat(ofCategory("never")).isEmpty();
    }

    @Test
    void theLargestNumberCountsInWhateverOrderChangesCome() {
        put("a", "new", false);
        long revision = catalogue.revision();
        number = -1;
        put("a", "old", false);
        assertThat(ofCategory("new")).hasSize(1);
        assertThat(ofCategory("old")).isEmpty();
        assertThat(catalogue.revision()).isEqualTo(revision);
    }

    @Test
    void thousandsOfItemsKeepTheirSlots() {
        IntStream.range(0, 5000).forEach(i -> put("item-" + i, "c" + i % 3, false));
        assertThat(ofCategory("c1")).hasSize(1667).doesNotHaveDuplicates();
        for (int i = 0; i < 5000; i++) {
            int slot = catalogue.slots().find(new ItemId("item-" + i));
            assertThat(catalogue.slots().id(slot).value()).isEqualTo("item-" + i);
            assertThat(catalogue.table().isVisible(slot)).isTrue();
        }
    }
}
