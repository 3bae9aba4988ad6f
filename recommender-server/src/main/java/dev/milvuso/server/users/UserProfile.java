package dev.milvuso.server.users;

import dev.milvuso.action.ItemId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the feature worker knows of a user.
 *
 * @param actions but Impressions
 * @param positive those of them that speak for their item
 * @param days on which there was something, by UTC
 * @param recent items acted on last, the newest first
 * @param interests decayed sums of weights by category ({@code c:…}) and tag ({@code t:…}), as of {@code interestsAt}
 */
public record UserProfile(
        long actions,
        long positive,
        long days,
        Instant firstAt,
        Instant lastAt,
        List<ItemId> recent,
        Map<String, Double> interests,
        Instant interestsAt) {
    public UserProfile {
        recent = List.copyOf(recent);
        interests = Map.copyOf(interests);
    }
}
