package dev.milvuso.server.recommend;

/** One way to come by items for a list. Safe for use by many threads. */
public interface CandidateSource {
    /** What the answer names as an item's {@code source}. */
    String name();

    /** How an item that it found came to its score, in a sentence without its end. */
    String explanation();

    /** Whether what it finds goes by who asks. */
    boolean isPersonal();

    /**
     * Adds items that {@link Visit#fits}, the best first; none if it knows none.
     *
     * @param self its place among the sources, for {@link Candidates#add}
     * @param room how many at most
     */
    void collect(Visit visit, Candidates into, int self, int room);
}
