package dev.milvuso.server.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.ItemId;
import dev.milvuso.server.recommend.Choice;
import dev.milvuso.server.recommend.EmptyStore;
import dev.milvuso.server.recommend.LeastCosine;
import dev.milvuso.server.recommend.PersonalItems;
import dev.milvuso.server.recommend.Pipeline;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.recommend.Recommendation;
import dev.milvuso.server.recommend.Recommended;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WholeListTest {
    private final WholeLists lists = new WholeLists(400);

    @AfterEach
    void close() {
        lists.close();
    }

    private static List<ItemId> items(Recommendation list) {
        return list.items().stream().map(Recommended::item).toList();
    }

    private Map<Integer, Long> byCategory(Recommendation list) {
        return list.items().stream()
                .collect(Collectors.groupingBy(
                        each -> lists.shelf.catalogue.slots().find(each.item()) % WholeLists.CATEGORIES,
                        Collectors.counting()));
    }

    @Test
    void byDefaultTheListIsTheOneWithoutAnyArrangement() {
        Recommendation plain = lists.recommender(
                        List.of(new Pipeline.Share(
                                new PersonalItems(
                                        lists.model,
                                        EmptyStore.beyond(lists.slow, lists.shelf.catalogue.slots()),
                                        () -> true,
                                        new LeastCosine(lists.model, -1)),
                                1)),
                        Choice.BEST)
                .recommend(Shelf.USER, Query.of(10));
        assertThat(items(lists.list("u", 10, OptionalDouble.empty()))).isEqualTo(items(plain));
        assertThat(plain.items()).hasSize(10);
    }

    @Test
    void theRequestsDiversityWinsAndTheBestItemStaysFirst() {
        Recommendation plain = lists.list("u", 10, OptionalDouble.empty());
        Recommendation diverse = lists.list("u", 10, OptionalDouble.of(0.6));
        assertThat(items(diverse)).isNotEqualTo(items(plain)).hasSize(10).doesNotHaveDuplicates();
        assertThat(items(diverse).get(0)).isEqualTo(items(plain).get(0));
        assertThat(items(lists.list("u", 10, OptionalDouble.of(0), "ranking.diversity=0.6")))
                .isEqualTo(items(plain));
        assertThat(items(lists.list("u", 10, OptionalDouble.empty(), "ranking.diversity=0.6")))
                .isEqualTo(items(diverse));
    }

    @Test
    void aCapHoldsForPersonalListsAndForStrangersAndWhatIsMissingIsPopularWithinIt() {
        for (String user : List.of("u", "stranger")) {
            Recommendation list = lists.list(user, 14, OptionalDouble.empty(), "ranking.category_cap=2");
            assertThat(list.items()).hasSize(14);
            assertThat(byCategory(list).values()).containsOnly(2L);
        }
        assertThat(lists.list("u", 100, OptionalDouble.empty(), "ranking.category_cap=3")
                        .items())
                .hasSize(3 * WholeLists.CATEGORIES);
    }

    @Test
    void theNewestHaveTheirPlacesForAllAndTheRestIsAsItWas() {
        lists.shelf.clock.goOn(Duration.ofDays(1));
        lists.shelf.put(200, Optional.of("c0"), lists.shelf.clock.instant());
        lists.shelf.put(201, Optional.of("c1"), lists.shelf.clock.instant());
        lists.latest.run();
        lists.popular.run();
        List<ItemId> plain = items(lists.list("u", 10, OptionalDouble.empty()));
        Recommendation list = lists.list("u", 10, OptionalDouble.empty(), "ranking.latest_quota=0.2");
        assertThat(list.items().stream().filter(each -> each.source().equals("latest")))
                .extracting(Recommended::item)
                .hasSize(2);
        assertThat(list.items().stream()
                        .filter(each -> each.source().equals("personal"))
                        .map(Recommended::item))
                .isEqualTo(plain.subList(0, 8));
        assertThat(items(lists.list("stranger", 10, OptionalDouble.empty(), "ranking.latest_quota=0.2")))
                .contains(Shelf.id(200), Shelf.id(201))
                .hasSize(10);
    }
}
