package dev.milvuso.server.taste;

import dev.milvuso.action.ItemId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The items of one model version, as they are in memory. Safe for use by many threads. */
public interface ItemVectors {
    /** @return shape [embedding_dim], not to be changed; null if nothing is known of the item */
    float @Nullable [] find(ItemId item);

    /** Some of the items' vectors, at most so many, spread over all of them. */
    List<float[]> sample(int most);
}
