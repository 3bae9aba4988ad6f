package dev.milvuso.server.taste;

/**
 * What an action counts, by its age and by whether the learned vector contains it.
 *
 * @param halfLifeMillis in which the head start of the latest actions over older ones halves
 * @param fadeMillis after which an action that the learned vector contains counts nothing beside it
 */
record Weighing(double halfLifeMillis, double fadeMillis) {
    /** What remains of an old action that no learned vector contains. */
    private static final double LEAST = 0.3;

    /** What an action counts beside a learned vector that contains it, at first. */
    private static final double BESIDE = 0.5;

    /** @param age in milliseconds; below 0 counts as 0 */
    double of(double amount, long age, boolean contained) {
        double past = Math.max(0, age);
        if (contained) {
            return amount * BESIDE * Math.max(0, 1 - past / fadeMillis);
        }
        return amount * (LEAST + (1 - LEAST) * Math.pow(2, -past / halfLifeMillis));
    }
}
