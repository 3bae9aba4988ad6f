package dev.milvuso.server.experiment;

import java.time.Instant;

/**
 * What has come of one list of one user, since it was last written down.
 *
 * @param servedAt of the list
 */
public record UserSums(
        String experiment,
        String user,
        String variant,
        Instant servedAt,
        long lists,
        long shown,
        long clicks,
        long conversions,
        long favours,
        long againsts,
        long firstClicks,
        long secondClicks,
        double seconds,
        long degraded) {
    UserSums plus(UserSums other) {
        return new UserSums(
                experiment,
                user,
                variant,
                servedAt,
                lists + other.lists,
                shown + other.shown,
                clicks + other.clicks,
                conversions + other.conversions,
                favours + other.favours,
                againsts + other.againsts,
                firstClicks + other.firstClicks,
                secondClicks + other.secondClicks,
                seconds + other.seconds,
                degraded + other.degraded);
    }
}
