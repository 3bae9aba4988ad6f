package dev.milvuso.vector.index;

/**
 * What a search found, best first, equal scores by slot.
 *
 * @param slots each once
 * @param scores of the slots; larger is nearer, so that distances are negative
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Found(int[] slots, float[] scores) {}
