package dev.milvuso.ranker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MatchingTest {
    private static final Offset<Float> LITTLE = within(1e-6f);

    private static final long HOUR = 3_600_000;

    private final Matching matching = new Matching(3, Matching.factors(3, "item"));
    private final float[] numbers = new float[Matching.SIZE];

    private float number(String name) {
        return numbers[Matching.NAMES.indexOf(name)];
    }

    @Test
    void theNumbersAreWhatTheirNamesSay() {
        matching.begin(new float[] {9, 3, 4, 1}, 1, 0, 0);
        matching.liked(new float[] {0, 5, 7}, 0);
        matching.liked(new float[] {2, 0, 7}, 0);
        matching.item(new float[] {6, 8, 0.5f}, 0, Math.E - 1, 0, numbers);
        assertThat(number("inner_product")).isCloseTo(50.5f, LITTLE);
        assertThat(number("cosine")).isCloseTo(1, LITTLE);
        assertThat(number("item_bias")).isEqualTo(0.5f);
        assertThat(number("popularity")).isCloseTo(1, LITTLE);
        assertThat(number("trend")).isZero();
        assertThat(number("like_last")).isCloseTo(0.8f, LITTLE);
        // (0, 1) and 0.8 of (1, 0), against (0.6, 0.8).
        assertThat(number("like_recent")).isCloseTo((float) ((0.8 + 0.8 * 0.6) / Math.sqrt(1.64)), LITTLE);
        assertThat(number("user_length")).isCloseTo((float) Math.log(6), LITTLE);
        assertThat(number("recent_likes")).isEqualTo(0.2f);
    }

    @Test
    void theMomentIsTheHourOfTheDayAndHowLongAgoTheLastLikeWas() {
        long sixInTheMorning = 6 * HOUR;
        matching.begin(new float[] {1, 1, 1}, 0, sixInTheMorning + 9 * 24 * HOUR, sixInTheMorning + 9 * 24 * HOUR);
        matching.item(new float[] {1, 0, 0}, 0, 0, 0, numbers);
        assertThat(number("hour_sin")).isCloseTo(1, LITTLE);
        assertThat(number("hour_cos")).isCloseTo(0, LITTLE);
        assertThat(number("liked_lately")).isEqualTo(1);
        matching.begin(new float[] {1, 1, 1}, 0, 12 * HOUR, 9 * HOUR);
        matching.item(new float[] {1, 0, 0}, 0, 0, 0, numbers);
        assertThat(number("hour_sin")).isCloseTo(0, LITTLE);
        assertThat(number("hour_cos")).isCloseTo(-1, LITTLE);
        assertThat(number("liked_lately")).isEqualTo(0.25f);
        matching.begin(new float[] {1, 1, 1}, 0, 12 * HOUR, 0);
        matching.item(new float[] {1, 0, 0}, 0, 0, 0, numbers);
        assertThat(number("liked_lately")).as("no like is known").isZero();
        matching.begin(new float[] {1, 1, 1}, 0, 12 * HOUR, 13 * HOUR);
        matching.item(new float[] {1, 0, 0}, 0, 0, 0, numbers);
        assertThat(number("liked_lately")).as("by a clock that is ahead").isEqualTo(1);
    }

    @Test
    void likesBeyondTheLatestTenSayNothing() {
        matching.begin(new float[] {1, 1, 1}, 0, 0, 0);
        for (int n = 0; n < Matching.RECENT; n++) {
            assertThat(matching.liked(new float[] {1, 0, 0}, 0)).isEqualTo(n < Matching.RECENT - 1);
        }
        matching.liked(new float[] {0, 1, 0}, 0);
        matching.item(new float[] {1, 0, 0}, 0, 0, 0, numbers);
        assertThat(number("like_recent")).isCloseTo(1, LITTLE);
        matching.begin(new float[] {1, 1, 1}, 0, 0, 0);
        matching.item(new float[] {1, 0, 0}, 0, 0, 0, numbers);
        assertThat(number("like_recent")).as("another visitor").isZero();
        assertThat(number("like_last")).isZero();
    }

    @Test
    void aVectorThatHasDivergedLeavesNothingThatIsNotFinite() {
        matching.begin(new float[] {Float.POSITIVE_INFINITY, Float.NaN, 1}, 0, 0, 0);
        matching.liked(new float[] {Float.MAX_VALUE, Float.MAX_VALUE, 0}, 0);
        matching.item(new float[] {-1, Float.NEGATIVE_INFINITY, Float.NaN}, 0, Double.POSITIVE_INFINITY, 1, numbers);
        for (float number : numbers) {
            assertThat(number).isFinite();
        }
    }

    @Test
    void factorsAreWhatBiasesLeave() {
        assertThat(Matching.factors(8, "all")).isEqualTo(6);
        assertThat(Matching.factors(8, "item")).isEqualTo(7);
        assertThat(Matching.factors(8, "off")).isEqualTo(8);
    }
}
