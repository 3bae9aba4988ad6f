package dev.milvuso.server.taste;

/**
 * What an action counts, by its age and by whether the learned vector contains it.
 *
 * @param halfLifeMillis in which the head start of the latest actions over older ones halves
 * @param fadeMillis after which an action that the learned vector contains does nothing beside it
 */
record Weighing(double halfLifeMillis, double fadeMillis) {
    /** What remains of an old action. */
    private static final double LEAST = 0.3;

    /** How far an action still takes who has just learned from it: lists do not fall back at once. */
    private static final double BESIDE = 0.2;

    /** @param age in milliseconds; below 0 counts as 0 */
    double weight(double amount, long age) {
        return amount * (LEAST + (1 - LEAST) * Math.pow(2, -Math.max(0, age) / halfLifeMillis));
    }

    /** The part of the way that it is to be followed, 0 to 1. */
    double part(long age, boolean contained) {
        return contained ? BESIDE * Math.max(0, 1 - Math.max(0, age) / fadeMillis) : 1;
    }
}
