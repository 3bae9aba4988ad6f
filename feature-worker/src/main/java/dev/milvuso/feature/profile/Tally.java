package dev.milvuso.feature.profile;

/**
 * How an item was received.
 *
 * @param popularity weights of positive actions, a decayed sum as of {@code at}
 * @param trend the same sum, decayed faster
 * @param at in milliseconds since 1970; 0 when nothing has happened
 */
public record Tally(long actions, long impressions, long clicks, double popularity, double trend, long at) {
    public static final Tally NONE = new Tally(0, 0, 0, 0, 0);

    /** Of what has just happened, so that nothing has decayed. */
    public Tally(long actions, long impressions, long clicks, double weight, long at) {
        this(actions, impressions, clicks, weight, weight, at);
    }

    /** Both together, as of the later of their times. */
    public Tally plus(Tally other, Decay decay) {
        long later = Math.max(at, other.at);
        HalfLife halfLife = decay.popularity();
        HalfLife ofLate = decay.trend();
        return new Tally(
                actions + other.actions,
                impressions + other.impressions,
                clicks + other.clicks,
                popularity * halfLife.left(at, later) + other.popularity * halfLife.left(other.at, later),
                trend * ofLate.left(at, later) + other.trend * ofLate.left(other.at, later),
                later);
    }

    /** Clicks for each impression, drawn towards 0 where little is known. */
    public double ctr() {
        return clicks / (impressions + 10.0);
    }
}
