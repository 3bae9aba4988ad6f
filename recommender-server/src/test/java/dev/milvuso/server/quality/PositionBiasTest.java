package dev.milvuso.server.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.milvuso.action.ItemId;
import dev.milvuso.action.RequestId;
import dev.milvuso.action.ServedList;
import dev.milvuso.action.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionBiasTest {
    private static final double[] TRUTH = {1, 0.7, 0.5, 0.35, 0.2};

    /** Users who look at a position with its probability, and click on what they like of what they look at. */
    private static PositionBias after(int lists, boolean shuffled, Random random) {
        PositionBias bias = new PositionBias(TRUTH.length);
        for (int n = 0; n < lists; n++) {
            List<Integer> items = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                items.add(i);
            }
            Collections.shuffle(items, random);
            List<Integer> top = new ArrayList<>(items.subList(0, TRUTH.length));
            if (!shuffled) {
                // A ranker that knows something: better items tend to stand higher.
                top.sort(Collections.reverseOrder((a, b) -> Double.compare(liking(a), liking(b))));
            }
            OpenList list = open(list(n, top, shuffled));
            bias.served(list);
            for (int k = 0; k < TRUTH.length; k++) {
                if (random.nextDouble() < TRUTH[k] * liking(top.get(k))) {
                    bias.followed(list, k, list.follow(k, Meaning.CLICK));
                }
            }
        }
        bias.estimate();
        return bias;
    }

    private static double liking(int item) {
        return 0.05 + 0.4 * item / 40;
    }

    private static ServedList list(int number, List<Integer> items, boolean shuffled) {
        return new ServedList(
                new RequestId("r" + number),
                new UserId("u"),
                "v",
                Instant.EPOCH,
                items.stream()
                        .map(item -> new ServedList.Shown(new ItemId("i" + item), 1))
                        .toList(),
                new ServedList.Origin("", Map.of(), shuffled));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsLookedAtIsFoundFromRandomOrderAndAcrossItems(boolean shuffled) {
        PositionBias bias = after(60_000, shuffled, new Random(3));
        assertThat(bias.estimated().origin())
                .isEqualTo(shuffled ? PositionBias.Origin.RANDOM_ORDER : PositionBias.Origin.ACROSS_ITEMS);
        for (int k = 0; k < TRUTH.length; k++) {
            assertThat(bias.at(k)).as("position " + k).isCloseTo(TRUTH[k], within(0.05));
        }
        assertThat(bias.at(77)).isEqualTo(bias.at(TRUTH.length - 1));
    }

    private static OpenList open(ServedList list) {
        return new OpenLists(1).add(list, 1, 0, new Bucket(null));
    }

    @Test
    void asLongAsLittleIsKnownNothingIsCorrected() {
        PositionBias bias = after(20, false, new Random(4));
        assertThat(bias.estimated())
                .isEqualTo(new PositionBias.Estimate(PositionBias.Origin.NONE, List.of(1.0, 1.0, 1.0, 1.0, 1.0)));
    }

    @Test
    void moreItemsThanThereIsRoomForDoNotGrowIt() {
        PositionBias bias = new PositionBias(2);
        for (int i = 0; i < 3 * PositionBias.MOST_ITEMS; i++) {
            bias.served(open(list(i, List.of(i), false)));
        }
        bias.estimate();
        assertThat(bias.estimated().origin()).isEqualTo(PositionBias.Origin.NONE);
        assertThat(bias.items()).isLessThanOrEqualTo(PositionBias.MOST_ITEMS);
    }
}
