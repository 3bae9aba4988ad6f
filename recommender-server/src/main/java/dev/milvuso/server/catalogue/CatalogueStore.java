package dev.milvuso.server.catalogue;

import dev.milvuso.action.ItemId;
import dev.milvuso.item.Item;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The catalogue's record. Every call may throw {@link dev.milvuso.component.Unavailable}. */
public interface CatalogueStore {
    /** @param created how many of the items were not there before */
    record Written(List<Change> changes, int created) {}

    /** Inserts or replaces, all or none. Of one id given twice the last counts. */
    Written put(List<Item> items);

    /** @return empty if it is not there */
    Optional<Change> delete(ItemId id);

    /**
     * Changes an item as it is now, in one step.
     *
     * @param change may throw; nothing is changed then
     * @return empty if it is not there
     */
    Optional<Change> patch(ItemId id, UnaryOperator<Item> change);

    /** @return changes with a larger number, in the order of their numbers, at most {@code limit} */
    List<Change> changesAfter(long number, int limit);
}
