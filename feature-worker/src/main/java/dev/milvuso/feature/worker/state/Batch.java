package dev.milvuso.feature.worker.state;

import dev.milvuso.feature.profile.Tally;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction writes. Immutable, so that it can be written again as it is when PostgreSQL was away.
 *
 * @param erased users whose rows go before anything is written
 * @param profiles by user id, and
 * @param tallies to be added to what is stored, by item: sorted, so that workers lock rows in the same order
 * @param offsets by partition
 */
public record Batch(
        Set<String> erased,
        List<ProfileRow> profiles,
        Collection<UserItem> userItems,
        SortedMap<String, Tally> tallies,
        Map<Integer, OffsetStep> offsets) {
    /**
     * A row of {@code user_profile}; times are milliseconds since 1970.
     *
     * @param version one more than that of the row it replaces; else somebody else has written that
     */
    public record ProfileRow(
            String userId,
            long version,
            long actions,
            long firstAt,
            long lastAt,
            List<String> recentItems,
            String profile) {}

    /** One that moves offsets and nothing else. */
    public static Batch of(Map<Integer, OffsetStep> offsets) {
        return new Batch(Set.of(), List.of(), List.of(), new TreeMap<>(), offsets);
    }

    /**
     * A row of {@code user_item}.
     *
     * @param at milliseconds since 1970
     * @param type of the action
     * @param value that it carries; null if it carries none
     */
    public record UserItem(
            String userId,
            String itemId,
            long at,
            String type,
            @Nullable Double value) {}

    /**
     * How far a partition has been read.
     *
     * @param from what is stored before, else somebody else has taken the partition over
     * @param to what is stored afterwards
     */
    public record OffsetStep(long from, long to) {}
}
