package dev.milvuso.trainer.archive.store;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What a record says, for those who read columns; named as in the CSV files that training takes. All of it is empty for
 * what is no action and no example, whose bytes are in the archive all the same.
 *
 * @param id the example's, or the action's event id; empty if the record says nothing
 * @param timestampMillis since 1970
 * @param label 1 for the item, 0 against it; -1 where there is none
 * @param weight of an example
 */
public record Columns(
        @Nullable String id,
        String userId,
        String itemId,
        String actionType,
        long timestampMillis,
        OptionalDouble value,
        int label,
        float weight) {
    public static final Columns NONE = new Columns(null, "", "", "", 0, OptionalDouble.empty(), -1, 0);
}
