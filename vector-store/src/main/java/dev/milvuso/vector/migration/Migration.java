package dev.milvuso.vector.migration;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import java.util.Optional;
import java.util.function.Function;

/**
 * A version of a collection, and how its rows come from those of the version before.
 *
 * @param version 1 and up
 * @param schema whose name does not count
 * @param change of a row of the version before, which keeps its key; nothing leaves the row out. Run again and again,
 *     it must always give the same
 */
public record Migration(int version, CollectionSchema schema, Function<Entity, Optional<Entity>> change) {
    /** @throws IllegalArgumentException if the version is not 1 or more */
    public Migration {
        if (version < 1) {
            throw new IllegalArgumentException("version " + version + " of a collection: must be 1 or more");
        }
    }

    /** One that takes rows as they are. */
    public Migration(int version, CollectionSchema schema) {
        this(version, schema, Optional::of);
    }
}
