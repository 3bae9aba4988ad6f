package dev.milvuso.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShownItemsTest {
    private static final List<ServedList.Shown> PLAIN = List.of(
            new ServedList.Shown(new ItemId("a"), 1, "personal", ""),
            new ServedList.Shown(new ItemId("b"), 0.25f, "new", ""),
            new ServedList.Shown(new ItemId("c"), 0.5f));

    @Test
    void aCopyHoldsWhatTheListHeld() {
        ShownItems copy = ShownItems.copyOf(PLAIN);
        assertThat(copy).isEqualTo(PLAIN).hasSameHashCodeAs(PLAIN);
        assertThat(ShownItems.copyOf(copy)).isSameAs(copy);
        for (int i = 0; i < PLAIN.size(); i++) {
            assertThat(copy.id(i)).isEqualTo(PLAIN.get(i).itemId());
            assertThat(copy.hash(i)).isEqualTo(IdHash.of(PLAIN.get(i).itemId().value()));
        }
    }

    @Test
    void teamsAreKept() {
        List<ServedList.Shown> drafted = List.of(
                new ServedList.Shown(new ItemId("a"), 1, "personal", "red"),
                new ServedList.Shown(new ItemId("b"), 1, "personal", ""));
        assertThat(ShownItems.copyOf(drafted)).isEqualTo(drafted);
        assertThat(ShownItems.copyOf(PLAIN).team(0)).isEmpty();
    }

    @Test
    void onlyTheFirstItemsOfLongerColumnsAreThere() {
        ItemId[] ids = {new ItemId("a"), new ItemId("b")};
        ShownItems first = new ShownItems(1, ids, new float[] {1, 1}, new String[] {"s", "s"}, null);
        assertThat(first).containsExactly(new ServedList.Shown(ids[0], 1, "s", ""));
        assertThatThrownBy(() -> first.id(1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> first.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aProbabilityIsAboveZeroAndUpToOne() {
        for (float wrong : new float[] {0, -1, 1.5f, Float.NaN}) {
            assertThatThrownBy(() -> new ShownItems(
                            1, new ItemId[] {new ItemId("a")}, new float[] {wrong}, new String[] {"s"}, null))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("probability is " + wrong + ": must be above 0 and up to 1");
        }
    }
}
