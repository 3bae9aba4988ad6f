package dev.milvuso.server.recommend;

/** Picks the final list out of ranked candidates. Safe for use by many threads. */
@FunctionalInterface
public interface Choice {
    /** The best first, as they are ranked. */
    Choice BEST = (visit, candidates) -> candidates.cut(visit.query().count());

    /** Leaves at most {@link Query#count} candidates, in the order in which they are to be shown. */
    void choose(Visit visit, Candidates candidates);

    /** How many candidates it wants to choose from, at least. */
    default int pool(Query query) {
        return query.count();
    }

    /** Has the last word, when the list has been topped up. */
    default void finish(Visit visit, Candidates candidates) {}
}
