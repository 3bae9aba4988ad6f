package dev.milvuso.feature.profile;

/**
 * How an item was received.
 *
 * @param popularity weights of positive actions, a decayed sum as of {@code at}
 * @param at in milliseconds since 1970; 0 when nothing has happened
 */
public record Tally(long actions, long impressions, long clicks, double popularity, long at) {
    public static final Tally NONE = new Tally(0, 0, 0, 0, 0);

    /** Both together, as of the later of their times. */
    public Tally plus(Tally other, HalfLife halfLife) {
        long later = Math.max(at, other.at);
        return new Tally(
                actions + other.actions,
                impressions + other.impressions,
                clicks + other.clicks,
                popularity * halfLife.left(at, later) + other.popularity * halfLife.left(other.at, later),
                later);
    }

    /** Clicks for each impression, drawn towards 0 where little is known. */
    public double ctr() {
        return clicks / (impressions + 10.0);
    }
}
