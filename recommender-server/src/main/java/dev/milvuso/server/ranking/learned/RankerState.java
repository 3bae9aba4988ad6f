package dev.milvuso.server.ranking.learned;

/**
 * How the ranker of the served version is doing.
 *
 * @param isUsed whether lists are ordered by it
 * @param isBetter whether it ranks better than retrieval alone, as the trainer judges
 * @param lists that it was judged by so far
 * @param retrieval mean NDCG@10 of retrieval's order of the last of them, and
 * @param ranker of the ranker's
 */
public record RankerState(boolean isUsed, boolean isBetter, long lists, float retrieval, float ranker) {}
