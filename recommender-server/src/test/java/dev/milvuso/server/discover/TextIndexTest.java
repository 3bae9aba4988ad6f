package dev.milvuso.server.discover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.ItemId;
import dev.milvuso.item.Item;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.catalogue.Change;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TextIndexTest {
    private final Catalogue catalogue = new Catalogue();
    private final TextIndex index = new TextIndex(catalogue);
    private long number;

    private void put(String id, String title, String description, String... tags) {
        Item item = new Item(
                new ItemId(id),
                Optional.empty(),
                List.of(tags),
                0,
                Instant.EPOCH,
                Optional.of(title),
                Optional.of(description),
                Map.of(),
                false,
                Optional.empty());
        catalogue.apply(List.of(new Change(item.id(), ++number, Optional.of(item))));
        index.run();
    }

    private List<String> search(String text) {
        return index.search(text, 10, slot -> true).stream()
                .map(found -> catalogue.slots().id(found.slot()).value())
                .toList();
    }

    @Test
    void aWordIsFoundWhereverItStands() {
        put("a", "Dune", "sand and spice");
        put("b", "Emma", "a match is made", "classic");

        assertThat(search("SPICE")).containsExactly("a");
        assertThat(search("classic")).containsExactly("b");
        assertThat(search("nothing of it")).isEmpty();
    }

    @Test
    void theTitleCountsMoreAndRareWordsCountMore() {
        put("a", "whale", "a story");
        put("b", "story", "of a whale and a long voyage");
        put("c", "story", "of nobody");

        assertThat(search("whale")).containsExactly("a", "b");
        assertThat(search("story voyage")).startsWith("b");
    }

    @Test
    void aTextThatWasChangedOrTakenAwayIsNotFoundByItsOldWords() {
        put("a", "Dune", "sand");
        put("a", "Emma", "sand");
        assertThat(search("dune")).isEmpty();
        assertThat(search("sand")).containsExactly("a");

        catalogue.apply(List.of(new Change(new ItemId("a"), ++number, Optional.empty())));
        index.run();
        assertThat(search("sand emma")).isEmpty();
    }

    @Test
    void whatIsNotWantedTakesNobodysPlace() {
        for (int i = 0; i < 2000; i++) {
            put("i" + i, "word", "");
        }
        int last = catalogue.slots().find(new ItemId("i1999"));

        assertThat(index.search("word", 1, slot -> slot == last))
                .extracting(Ranked::slot)
                .containsExactly(last);
    }
}
