package dev.milvuso.server.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.milvuso.action.ItemId;
import dev.milvuso.action.ServedList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecommendedItemsTest {
    private static final Explanation WHY = new Explanation("since", Map.of("nearness", 0.5), List.of());
    private static final List<Recommended> PLAIN = List.of(
            new Recommended(new ItemId("a"), 3, "personal", 1, WHY),
            new Recommended(new ItemId("b"), 2, "new", 0.25f, null));

    private final RecommendedItems items = RecommendedItems.copyOf(PLAIN);

    @Test
    void aCopyHoldsWhatTheListHeld() {
        assertThat(items).isEqualTo(PLAIN);
        assertThat(RecommendedItems.copyOf(items)).isSameAs(items);
        assertThatThrownBy(items::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void whatIsShownIsMadeOnceUnlessTwoRankingsWereInterleaved() {
        List<ServedList.Shown> both = List.of(
                new ServedList.Shown(new ItemId("a"), 1, "personal", ""),
                new ServedList.Shown(new ItemId("b"), 0.25f, "new", ""));
        assertThat(items.shown(20, List.of())).isEqualTo(both);
        assertThat(items.shown(2, List.of())).isSameAs(items.shown(20, List.of()));
        assertThat(items.shown(1, List.of())).isEqualTo(both.subList(0, 1));
        assertThat(items.shown(2, List.of("red", "blue")))
                .extracting(ServedList.Shown::team)
                .containsExactly("red", "blue");
        assertThat(items.shown(2, List.of())).isEqualTo(both);
    }

    @Test
    void aScoreIsFinite() {
        RecommendedItems one = new RecommendedItems(1);
        assertThatThrownBy(() -> one.put(0, new ItemId("a"), Float.NaN, "personal", 1, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it must be finite");
    }
}
