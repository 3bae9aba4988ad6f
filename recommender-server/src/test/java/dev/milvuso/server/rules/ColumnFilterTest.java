package dev.milvuso.server.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.ItemId;
import dev.milvuso.item.Item;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.catalogue.Change;
import dev.milvuso.server.catalogue.ItemTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnFilterTest {
    private static final int ITEMS = 1000;
    private static final double[] SCORES = {0, -0.0, -1, 1, 0.1, Double.MIN_VALUE, -Double.MIN_VALUE, 1e300, -1e300, 7};

    private final Catalogue catalogue = new Catalogue();
    private final ItemFilters filters = new ItemFilters();

    private static Change change(int item, double score, long createdAt) {
        ItemId id = new ItemId("item-" + item);
        return new Change(
                id,
                1,
                Optional.of(new Item(
                        id,
                        Optional.of("c" + item % 3),
                        List.of(),
                        score,
                        Instant.ofEpochMilli(createdAt),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        false,
                        Optional.empty())));
    }

    private void fill() {
        SplittableRandom random = new SplittableRandom(1);
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < ITEMS; i++) {
            changes.add(change(i, SCORES[random.nextInt(SCORES.length)], random.nextLong(-3, 4)));
        }
        catalogue.apply(changes);
        catalogue.apply(List.of(new Change(new ItemId("item-500"), 2, Optional.empty())));
    }

    private List<Integer> byItems(String text) {
        IntPredicate test =
                ItemFilters.test(filters.parse(text), slot -> catalogue.table().item(slot));
        return IntStream.range(0, ITEMS + 24).filter(test).boxed().toList();
    }

    private List<Integer> byColumns(String text) {
        BlockTest test = ColumnFilter.of(filters.parse(text)).orElseThrow();
        List<Integer> fitting = new ArrayList<>();
        for (int from = 0; from < catalogue.table().room(); from += ItemTable.BLOCK) {
            long bits = test.of(catalogue.table(), from, ItemTable.BLOCK);
            for (int i = 0; i < ItemTable.BLOCK; i++) {
                if ((bits >>> i & 1) != 0) {
                    fitting.add(from + i);
                }
            }
        }
        return fitting;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "popularity_score == 0",
                "popularity_score != 0",
                "popularity_score < 0",
                "popularity_score <= -0.0",
                "popularity_score > 0",
                "popularity_score >= 1",
                "popularity_score < -1e300",
                "0 < popularity_score <= 1",
                "popularity_score > 4.9E-324",
                "not (popularity_score > 0.1)",
                "created_at == 0",
                "created_at != -1",
                "created_at < \"1970-01-01T00:00:00Z\"",
                "created_at <= -9223372036854775807",
                "created_at > 9223372036854775807",
                "created_at >= -2 and created_at < 2",
                "popularity_score > 0 and not (created_at > 0) or popularity_score == 7",
                "not (popularity_score > 0 or created_at > 0)",
            })
    void columnsSayWhatItemsSay(String text) {
        fill();
        assertThat(byColumns(text)).isEqualTo(byItems(text)).doesNotContain(500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "category == \"c1\"",
                "available_until > 0",
                "popularity_score in [1, 2]",
                "popularity_score > 0 and category == \"c1\"",
                "not (category == \"c1\")",
            })
    void whatIsInNoColumnIsAskedOfItems(String text) {
        assertThat(ColumnFilter.of(filters.parse(text))).isEmpty();
    }

    @Test
    void aFilterOfAQueryIsTheSameEitherWay() {
        fill();
        QueryFilter filter = new QueryFilter(catalogue);
        for (String text : List.of("popularity_score > 0", "popularity_score > 0 and category == \"c1\"")) {
            IntPredicate test = filter.of(filters.parse(text));
            assertThat(IntStream.range(0, ITEMS).filter(test).boxed().toList()).isEqualTo(byItems(text));
        }
    }
}
