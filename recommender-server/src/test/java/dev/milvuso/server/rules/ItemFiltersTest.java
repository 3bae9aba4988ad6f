package dev.milvuso.server.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.milvuso.action.ItemId;
import dev.milvuso.item.Item;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ItemFiltersTest {
    private static final Item FULL = new Item(
            new ItemId("a"),
            Optional.of("novel"),
            List.of("sale", "new"),
            2.5,
            Instant.parse("2026-01-31T12:00:00Z"),
            Optional.of("Dune"),
            Optional.empty(),
            Map.of("year", 1965, "price", new BigDecimal("9.90"), "langs", List.of("en", "de")),
            false,
            Optional.empty());
    private static final Item BARE = new Item(
            new ItemId("b"),
            Optional.empty(),
            List.of(),
            0,
            Instant.EPOCH,
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            true,
            Optional.empty());
    private static final List<Item> ITEMS = List.of(FULL, BARE);

    private final ItemFilters filters = new ItemFilters();

    private boolean test(String text, int slot) {
        return ItemFilters.test(filters.parse(text), each -> each < ITEMS.size() ? ITEMS.get(each) : null)
                .test(slot);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "item_id == \"a\"",
                "category in [\"novel\", \"essay\"]",
                "array_contains(tags, \"sale\")",
                "popularity_score > 2 and popularity_score <= 2.5",
                "title like \"Du%\"",
                "hidden == false",
                "attributes[\"year\"] >= 1965 and attributes[\"price\"] < 10",
                "attributes[\"langs\"][1] == \"de\"",
                "created_at >= \"2026-01-31T13:00:00+01:00\" and created_at < \"2026-02-01T00:00:00Z\"",
                "created_at == 1769860800000",
                "not (category == \"essay\")",
                "available_until is null",
            })
    void everyFieldCanBeAskedFor(String text) {
        assertThat(test(text, 0)).isTrue();
    }

    @Test
    void whatAnItemDoesNotHaveFulfilsNothing() {
        assertThat(test("category == \"novel\"", 1)).isFalse();
        assertThat(test("not (category == \"novel\")", 1)).isFalse();
        assertThat(test("attributes[\"year\"] > 0", 1)).isFalse();
        assertThat(test("hidden == true", 1)).isTrue();
    }

    @Test
    void noItemFulfilsNoFilter() {
        assertThat(test("not (item_id == \"a\")", 2)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "year > 5 | no field year",
                "category > | character 11",
                "category == 5 | category is compared with '5'",
                "embedding == 5 | embedding is a vector",
                "created_at > \"yesterday\" | created_at is compared with 'yesterday'",
                "attributes == 5 | attributes",
            })
    void aBadFilterIsRefusedWithItsPlace(String text, String place) {
        assertThatThrownBy(() -> filters.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(place);
    }

    @Test
    void aFilterOfAnyLengthIsNotRead() {
        assertThatThrownBy(() -> filters.parse("a".repeat(ItemFilters.LONGEST + 1)))
                .hasMessageContaining("at most 4096");
    }
}
