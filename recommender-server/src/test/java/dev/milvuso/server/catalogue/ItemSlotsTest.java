package dev.milvuso.server.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.ItemId;
import org.junit.jupiter.api.Test;

class ItemSlotsTest {
    private final ItemSlots slots = new ItemSlots();

    @Test
    void itemsAreNumberedAsTheyCome() {
        assertThat(slots.find(new ItemId("a"))).isEqualTo(ItemSlots.NONE);
        for (int i = 0; i < 3_000; i++) {
            assertThat(slots.of(new ItemId("item-" + i))).isEqualTo(i);
        }
        assertThat(slots.of(new ItemId("item-7"))).isEqualTo(7);
        assertThat(slots.id(2_999)).isEqualTo(new ItemId("item-2999"));
        assertThat(slots.size()).isEqualTo(3_000);
    }

    @Test
    void madeUpItemsTakeSoMuchRoomAndNoMore() {
        ItemSlots slots = new ItemSlots(10);
        int known = slots.of(new ItemId("known"));
        for (int i = 0; i < 10; i++) {
            assertThat(slots.ofUnheardOf(new ItemId("made-up-" + i))).isEqualTo(i + 1);
        }
        assertThat(slots.ofUnheardOf(new ItemId("eleventh"))).isEqualTo(ItemSlots.NONE);
        assertThat(slots.ofUnheardOf(new ItemId("made-up-5"))).isEqualTo(6);
        assertThat(slots.ofUnheardOf(new ItemId("known"))).isEqualTo(known);
        assertThat(slots.of(new ItemId("eleventh"))).isEqualTo(10 + 1);
        assertThat(slots.ofUnheardOf(new ItemId("eleventh"))).isEqualTo(10 + 1);
    }
}
