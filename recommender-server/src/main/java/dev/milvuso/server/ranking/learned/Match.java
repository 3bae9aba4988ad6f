package dev.milvuso.server.ranking.learned;

/**
 * What is known of one user and one item when a list is made; NaN is not known.
 *
 * @param innerProduct of their learned vectors, and
 * @param cosine theirs
 * @param popularity decayed sum of what was done with the item
 * @param ageDays since the item came
 * @param clickRate of the item, 0 to 1
 * @param categoryShare of the user's latest likes that are of the item's category, 0 to 1
 * @param recentActions of the user
 * @param hour of the day, 0 to 23, of the request
 * @param category the item's; empty if it has none
 */
public record Match(
        double innerProduct,
        double cosine,
        double popularity,
        double ageDays,
        double clickRate,
        double categoryShare,
        int recentActions,
        int hour,
        String category) {
    /** Adds all of it; what spreads over magnitudes as its logarithm. */
    public void into(Features features, FeatureNames names) {
        features.add(names.of("inner_product"), innerProduct);
        features.add(names.of("cosine"), cosine);
        features.add(names.of("popularity"), Math.log1p(Math.max(0, popularity)));
        features.add(names.of("age"), Math.log1p(Math.max(0, ageDays)));
        features.add(names.of("click_rate"), clickRate);
        features.add(names.of("category_share"), categoryShare);
        features.add(names.of("recent_actions"), Math.log1p(recentActions));
        features.add(names.of("hour=" + hour), 1);
        if (!category.isEmpty()) {
            features.add(names.of("category=" + category), 1);
        }
    }
}
