package dev.milvuso.server.taste;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.milvuso.action.ItemId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecentActionsTest {
    private static final long NOW = 1_000_000_000_000L;
    private static final long MINUTE = 60_000;

    private final Weighing weighing = new Weighing(10 * MINUTE, 10 * MINUTE);
    private final Map<ItemId, float[]> vectors = new HashMap<>();
    private final RecentActions actions = new RecentActions(8);

    private ItemId item(int number) {
        ItemId item = new ItemId("i" + number);
        vectors.computeIfAbsent(item, unused -> new float[] {number});
        return item;
    }

    /** What each item counts, times the part that it is followed, by its number. */
    private Map<Integer, Double> counted(RecentActions of, boolean learned) {
        Evidence evidence = new Evidence();
        ItemVectors known = new ItemVectors() {
            @Override
            public float @Nullable [] find(ItemId item) {
                return vectors.get(item);
            }

            @Override
            public List<float[]> sample(int most) {
                return List.copyOf(vectors.values());
            }
        };
        of.collect(known, weighing, NOW, learned, evidence);
        Map<Integer, Double> counted = new HashMap<>();
        for (int i = 0; i < evidence.size(); i++) {
            assertThat(counted.put((int) evidence.vector(i)[0], evidence.weight(i) * evidence.part(i)))
                    .isNull();
        }
        return counted;
    }

    private void act(int item, double amount, long ago, long event) {
        actions.add(item(item), (float) amount, NOW - ago, NOW - ago, event);
    }

    @Test
    void anActionCountsOnceHoweverOftenItComes() {
        act(1, 1, 0, 17);
        act(1, 1, 0, 17);
        assertThat(counted(actions, true)).containsExactly(Map.entry(1, 1.0));
    }

    @Test
    void theLastLikeIsTheLatestOfWhateverCameForAnItem() {
        assertThat(actions.likedAt()).isZero();
        act(1, 1, 50, 1);
        act(2, 1, 90, 2);
        act(3, -1, 0, 3);
        assertThat(actions.likedAt()).isEqualTo(NOW - 50);
    }

    @Test
    void theOldestGoesForTheNewest() {
        for (int i = 0; i < 100; i++) {
            act(i, 1, 0, i);
        }
        assertThat(counted(actions, true)).containsOnlyKeys(92, 93, 94, 95, 96, 97, 98, 99);
        assertThat(actions.size()).isEqualTo(8);
    }

    @Test
    void ofTheFewestTheLatestIsKept() {
        RecentActions one = new RecentActions(1);
        one.add(item(1), 1, NOW, NOW, 1);
        one.add(item(2), 1, NOW, NOW, 2);
        assertThat(counted(one, true)).containsOnlyKeys(2);
    }

    @Test
    void theLatestVerdictOnAnItemCounts() {
        act(1, 1, 3, 1);
        act(1, 0.5, 2, 2);
        assertThat(counted(actions, true).get(1)).isCloseTo(1.5, within(1e-3));
        act(1, -1, 1, 3);
        assertThat(counted(actions, true).get(1)).isCloseTo(-1, within(1e-3));
        act(1, 0.5, 0, 4);
        assertThat(counted(actions, true).get(1)).isCloseTo(0.5, within(1e-3));
    }

    @Test
    void theLastMinutesCountMore() {
        act(1, 1, 60 * MINUTE, 1);
        act(2, 1, 10 * MINUTE, 2);
        act(3, 1, 0, 3);
        Map<Integer, Double> counted = counted(actions, true);
        assertThat(counted.get(3)).isEqualTo(1);
        assertThat(counted.get(2)).isCloseTo(0.65, within(1e-6));
        assertThat(counted.get(1)).isBetween(0.3, 0.32);
    }

    @Test
    void whatTheLearnedVectorContainsIsFollowedLessAndThenNotAtAll() {
        act(1, 1, 12 * MINUTE, 1);
        act(2, 1, 5 * MINUTE, 2);
        act(3, 1, MINUTE, 3);
        actions.containedUntil(NOW - 2 * MINUTE);
        Map<Integer, Double> counted = counted(actions, true);
        assertThat(counted).containsOnlyKeys(2, 3);
        assertThat(counted.get(2)).isCloseTo(0.1 * (0.3 + 0.7 / Math.sqrt(2)), within(1e-6));
        assertThat(counted.get(3)).isGreaterThan(0.9);
        // Another model may not know the user: then nothing is contained.
        assertThat(counted(actions, false)).containsOnlyKeys(1, 2, 3);
    }

    @Test
    void itemsWithoutVectorsSayNothing() {
        actions.add(new ItemId("unknown"), 1, NOW, NOW, 1);
        assertThat(counted(actions, true)).isEmpty();
    }

    private RecentActions.Past past(int item, double amount, long ago) {
        return new RecentActions.Past(item(item), (float) amount, NOW - ago);
    }

    @Test
    void whatIsOnRecordComesBeforeWhatHasHappenedSince() {
        act(1, 1, 0, 17);
        assertThat(actions.remember(List.of(past(3, 1, 60 * MINUTE), past(2, -1, 30 * MINUTE)), 0))
                .isTrue();
        assertThat(counted(actions, false)).containsOnlyKeys(1, 2, 3);
        assertThat(counted(actions, false).get(2)).isNegative();
        for (int i = 0; i < 6; i++) {
            act(10 + i, 1, 0, 100 + i);
        }
        assertThat(counted(actions, false)).hasSize(8).doesNotContainKey(3);
    }

    @Test
    void whatIsHereIsNotPutOnceMore() {
        act(1, -1, 0, 17);
        assertThat(actions.remember(List.of(past(1, 1, 30 * MINUTE)), 0)).isFalse();
        assertThat(counted(actions, false)).containsExactly(Map.entry(1, -1.0));
    }

    @Test
    void besideALearnedVectorWhatIsOnRecordForLongDoesNothing() {
        actions.remember(List.of(past(1, 1, 30 * MINUTE), past(2, 1, MINUTE)), NOW - 5 * MINUTE);
        assertThat(counted(actions, true)).containsOnlyKeys(2);
        assertThat(counted(actions, true).get(2)).isGreaterThan(0.9);
        assertThat(counted(actions, false).get(1)).isPositive();
    }
}
