package dev.milvuso.server.discover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.item.Item;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.catalogue.Change;
import dev.milvuso.server.recommend.Candidates;
import dev.milvuso.server.recommend.LeastCosine;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.recommend.SlotSums;
import dev.milvuso.server.recommend.Visitor;
import dev.milvuso.server.recommend.Visits;
import dev.milvuso.server.sync.ServedModel;
import dev.milvuso.server.tier.UserVectors;
import dev.milvuso.server.tier.memory.BoundedCache;
import dev.milvuso.server.tier.memory.MemoryUserVectors;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TextIndexTest {
    private final Catalogue catalogue = new Catalogue();
    private final TextIndex index = new TextIndex(catalogue);
    private static final UserVectors NO_USERS = new MemoryUserVectors(BoundedCache.Policy.LRU, 1);

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

    private List<String> alike(String item) {
        Candidates into = new Candidates();
        SlotSums sums = new SlotSums();
        index.alike(catalogue.slots().find(new ItemId(item)), sums);
        sums.best(into, 0, 10, slot -> true);
        return Visits.slots(into).stream()
                .map(slot -> catalogue.slots().id(slot).value())
                .toList();
    }

    @Test
    void itemsAreAlikeByTheRareWordsTheyShare() {
        put("a", "Moby Dick", "a whale", "sea", "classic");
        put("b", "White whale", "hunted", "sea");
        put("c", "Emma", "a match", "classic");
        put("d", "Dune", "sand");

        assertThat(alike("a")).containsExactly("a", "b", "c");
        assertThat(alike("d")).as("nobody else has a word of it").isEmpty();
        put("a", "Arrakis", "sand");
        assertThat(alike("a")).as("by its words of now").containsExactlyInAnyOrder("a", "d");
        assertThat(alike("d")).containsExactlyInAnyOrder("d", "a");
    }

    @Test
    void wordsThatVeryManyItemsHaveAreNotLookedAt() {
        for (int i = 0; i < 20_001; i++) {
            put("i" + i, i < 2 ? "rare common" : "common", "");
        }
        assertThat(alike("i0")).containsExactly("i0", "i1");
    }

    @Test
    void theSourceLeavesOutWhatWasLikedAndWhatDoesNotFit() {
        put("a", "Moby Dick", "a whale");
        put("b", "White whale", "hunted");
        put("c", "Whale song", "heard");
        ServedModel model = new ServedModel(
                2,
                () -> {
                    throw new IllegalStateException("no vectors");
                },
                NO_USERS,
                user -> {});
        AlikeInContent source = new AlikeInContent(index, new LeastCosine(model, -1));
        int[] liked = {catalogue.slots().find(new ItemId("b"))};
        Visitor visitor = new Visitor(new UserId("u"), null, null, "memory", liked, 0);
        Candidates into = new Candidates();
        source.collect(new Visits(catalogue, Optional.empty()).of(visitor, Query.of(10)), into, 0, 10);
        assertThat(Visits.slots(into)).hasSize(2).doesNotContain(1);
    }
}
