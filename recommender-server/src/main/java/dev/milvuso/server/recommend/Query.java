package dev.milvuso.server.recommend;

import dev.milvuso.item.Item;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked for.
 *
 * @param count items, at most
 * @param tags an item must have one of them; none means any item
 * @param excludeSeen leave out what the user has acted on
 */
public record Query(int count, Optional<String> category, Set<String> tags, boolean excludeSeen) {
    public Query {
        tags = Set.copyOf(tags);
    }

    /** Whether the item is of the category and tags asked for, and not hidden. */
    public boolean matches(Item item) {
        return !item.hidden()
                && (category.isEmpty() || category.equals(item.category()))
                && (tags.isEmpty() || !Collections.disjoint(tags, item.tags()));
    }
}
