package dev.milvuso.server.catalogue;

import dev.milvuso.action.ItemId;
import dev.milvuso.item.Item;
import java.util.Optional;

/**
 * What became of an item.
 *
 * @param number later changes of one item have larger ones
 * @param item empty: it was deleted
 */
public record Change(ItemId id, long number, Optional<Item> item) {}
