package dev.milvuso.feature.profile;

import dev.milvuso.config.FeaturesConfig;

/** The numbers that a snapshot carries, as one flat JSON object. */
public final class Features {
    private final HalfLife interest;
    private final Decay decay;

    public Features(FeaturesConfig config) {
        interest = HalfLife.of(config.interestHalfLife());
        decay = Decay.of(config);
    }

    /** @param time of the action, in milliseconds since 1970 */
    public String of(Profile profile, ItemState item, long time) {
        Interests interests = profile.interests();
        double category = item.categoryKey()
                .map(key -> interests.get(key, time, interest))
                .orElse(0.0);
        double tags = item.interestKeys().stream()
                .filter(key -> key.startsWith("t:"))
                .mapToDouble(key -> interests.get(key, time, interest))
                .average()
                .orElse(0);
        Tally tally = item.total(decay);
        StringBuilder json = new StringBuilder(320).append('{');
        put(json, "user_actions", profile.actions());
        put(json, "user_positive_actions", profile.positive());
        put(json, "user_days_active", profile.days());
        put(json, "user_recent_items", profile.recentCount());
        put(json, "user_seen_item", profile.hasRecent(item.id()) ? 1L : 0L);
        put(json, "interest_category", category);
        put(json, "interest_tags_mean", tags);
        put(json, "item_popularity", tally.popularity() * decay.popularity().left(tally.at(), time));
        put(json, "item_actions", tally.actions());
        put(json, "item_impressions", tally.impressions());
        put(json, "item_clicks", tally.clicks());
        put(json, "item_ctr", tally.ctr());
        json.setCharAt(json.length() - 1, '}');
        return json.toString();
    }

    private static void put(StringBuilder json, String name, long value) {
        json.append('"').append(name).append("\":").append(value).append(',');
    }

    private static void put(StringBuilder json, String name, double value) {
        json.append('"').append(name).append("\":").append(value).append(',');
    }
}
