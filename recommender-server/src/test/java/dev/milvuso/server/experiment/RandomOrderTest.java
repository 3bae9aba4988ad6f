package dev.milvuso.server.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.ItemId;
import dev.milvuso.action.RequestId;
import dev.milvuso.action.ServedList;
import dev.milvuso.action.UserId;
import dev.milvuso.server.quality.offpolicy.Logged;
import dev.milvuso.server.quality.offpolicy.OffPolicy;
import dev.milvuso.server.quality.offpolicy.RandomOrder;
import dev.milvuso.server.recommend.Recommendation;
import dev.milvuso.server.recommend.Recommended;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomOrderTest {
    private static Recommendation list(int items) {
        return new Recommendation(
                "v1",
                "memory",
                List.of(),
                0,
                IntStream.range(0, items)
                        .mapToObj(i -> new Recommended(new ItemId("i" + i), items - i, "personal"))
                        .toList());
    }

    /** As it is logged. */
    private static ServedList served(Recommendation list, boolean shuffled) {
        return new ServedList(
                new RequestId("r"),
                new UserId("u"),
                "v1",
                Instant.EPOCH,
                list.items().stream()
                        .map(each -> new ServedList.Shown(each.item(), each.probability(), each.source(), ""))
                        .toList(),
                new ServedList.Origin("here", Map.of(), shuffled));
    }

    @Test
    void eachOfTheFirstItemsIsLoggedWithItsShareOfTheOrderAndTheOthersAsBefore() {
        Recommendation shuffled = Lists.shuffled(list(12), 10, new Random(1));
        assertThat(shuffled.items())
                .extracting(Recommended::item)
                .doesNotHaveDuplicates()
                .hasSize(12);
        assertThat(shuffled.items().subList(0, 10)).allMatch(each -> each.probability() == 0.1f);
        assertThat(shuffled.items().subList(10, 12)).isEqualTo(list(12).items().subList(10, 12));
        assertThat(RandomOrder.items(served(shuffled, true))).isEqualTo(10);
        assertThat(RandomOrder.items(served(Lists.shuffled(list(4), 10, new Random(1)), true)))
                .isEqualTo(4);
    }

    @Test
    void whatWasDrawnBesidesHasBothProbabilities() {
        Recommendation plain = list(4);
        List<Recommended> items = new java.util.ArrayList<>(plain.items());
        items.set(3, items.get(3).at(0.2f));
        Recommendation shuffled = Lists.shuffled(plain.with(items), 4, new Random(2));
        assertThat(shuffled.items().stream().filter(each -> each.item().equals(new ItemId("i3"))))
                .singleElement()
                .satisfies(drawn -> assertThat(drawn.probability()).isEqualTo(0.05f));
        assertThat(RandomOrder.items(served(shuffled, true))).isEqualTo(4);
    }

    @Test
    void listsInTheirOwnOrderAndThoseLoggedWithoutProbabilitiesHaveNone() {
        assertThat(RandomOrder.items(served(list(5), false))).isZero();
        assertThat(RandomOrder.items(served(list(5), true))).isZero();
    }

    /** A click depends on the item and on its place; the target has the items in their reverse order. */
    @Test
    void whatAnotherOrderIsWorthIsFoundFromListsInRandomOrder() {
        int items = 4;
        Random random = new Random(5);
        double[][] clicks = new double[items][items];
        double truth = 0;
        for (int place = 0; place < items; place++) {
            for (int item = 0; item < items; item++) {
                clicks[place][item] = (0.1 + 0.2 * item) / (place + 1);
            }
            truth += clicks[place][items - 1 - place] / items;
        }
        int covered = 0;
        for (int round = 0; round < 40; round++) {
            OffPolicy estimator = new OffPolicy(Double.POSITIVE_INFINITY);
            for (int n = 0; n < 2000; n++) {
                List<Recommended> shown =
                        Lists.shuffled(list(items), items, random).items();
                for (int place = 0; place < items; place++) {
                    int item = Integer.parseInt(shown.get(place).item().value().substring(1));
                    boolean clicked = random.nextDouble() < clicks[place][item];
                    estimator.add(new Logged(
                            clicked ? 1 : 0,
                            shown.get(place).probability(),
                            item == items - 1 - place ? 1 : 0,
                            0,
                            0,
                            Optional.of("list " + n)));
                }
            }
            OffPolicy.Estimate ips = estimator.result(0.95).ips();
            covered += ips.low() <= truth && truth <= ips.high() ? 1 : 0;
        }
        assertThat(covered).isGreaterThanOrEqualTo(35);
    }
}
