package dev.milvuso.server.recommend;

import dev.milvuso.action.ItemId;
import dev.milvuso.vector.Filter;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What is asked for. Equal questions have the same finished list.
 *
 * @param count items, at most
 * @param categories an item must be of one of them; none means any
 * @param tags an item must have one of them; none means any
 * @param filter what an item's fields must fulfil
 * @param excluded items to leave out
 * @param excludeSeen leave out what the user has acted on
 * @param contextItem what the user is looking at
 * @param diversity how much the items should differ, 0 to 1; empty means as configured
 * @param explain say how each item came to its place
 * @param overrides of the configuration, under which the list is made
 */
public record Query(
        int count,
        Set<String> categories,
        Set<String> tags,
        Optional<Filter> filter,
        Set<ItemId> excluded,
        boolean excludeSeen,
        Optional<ItemId> contextItem,
        OptionalDouble diversity,
        boolean explain,
        Map<String, String> overrides) {
    public Query {
        categories = Set.copyOf(categories);
        tags = Set.copyOf(tags);
        excluded = Set.copyOf(excluded);
        overrides = Map.copyOf(overrides);
    }

    /** Under the configuration as it is. */
    public Query(
            int count,
            Set<String> categories,
            Set<String> tags,
            Optional<Filter> filter,
            Set<ItemId> excluded,
            boolean excludeSeen,
            Optional<ItemId> contextItem,
            OptionalDouble diversity,
            boolean explain) {
        this(count, categories, tags, filter, excluded, excludeSeen, contextItem, diversity, explain, Map.of());
    }

    /** The same question under other settings. */
    public Query under(Map<String, String> otherSettings) {
        return otherSettings.equals(overrides)
                ? this
                : new Query(
                        count,
                        categories,
                        tags,
                        filter,
                        excluded,
                        excludeSeen,
                        contextItem,
                        diversity,
                        explain,
                        otherSettings);
    }

    /** So many of any items that the user has not acted on. */
    public static Query of(int count) {
        return new Query(
                count,
                Set.of(),
                Set.of(),
                Optional.empty(),
                Set.of(),
                true,
                Optional.empty(),
                OptionalDouble.empty(),
                false);
    }

    public Query categories(String... any) {
        return new Query(count, Set.of(any), tags, filter, excluded, excludeSeen, contextItem, diversity, explain);
    }

    public Query tags(String... any) {
        return new Query(
                count, categories, Set.of(any), filter, excluded, excludeSeen, contextItem, diversity, explain);
    }

    public Query excludeSeen(boolean exclude) {
        return new Query(count, categories, tags, filter, excluded, exclude, contextItem, diversity, explain);
    }
}
