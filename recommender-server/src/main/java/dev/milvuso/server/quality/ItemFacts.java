package dev.milvuso.server.quality;

import dev.milvuso.action.ItemId;
import dev.milvuso.action.ShownItems;

/** What must be known of the items of a list beside what followed it. Quick: it is asked a thousand times a second. */
public interface ItemFacts {
    /** Bits: -log2 of the item's share of the popularity of all items (Zhou et al., PNAS 107, 2010). Finite. */
    double surprise(ItemId item);

    /** How far two of the first {@code k} items lie apart on average over pairs, 0 to 1 or more; NaN if unknown. */
    double distance(ShownItems items, int k);

    /** How many items may be recommended. */
    int catalogue();
}
