package dev.milvuso.server.tier;

import dev.milvuso.action.ItemId;

/** @param score inner product of user and item, or the item's popularity */
public record Scored(ItemId item, float score) {}
