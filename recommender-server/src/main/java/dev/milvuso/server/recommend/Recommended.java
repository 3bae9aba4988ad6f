package dev.milvuso.server.recommend;

import dev.milvuso.action.ItemId;

/** @param source {@code personal} or {@code popular} */
public record Recommended(ItemId item, float score, String source) {}
