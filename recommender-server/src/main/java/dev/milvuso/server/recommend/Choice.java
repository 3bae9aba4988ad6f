package dev.milvuso.server.recommend;

/** Picks the final list out of ranked candidates. Safe for use by many threads. */
@FunctionalInterface
public interface Choice {
    /** The best first, as they are ranked. */
    Choice BEST = (visit, candidates) -> candidates.cut(visit.query().count());

    /** Leaves at most {@link Query#count} candidates, in the order in which they are to be shown. */
    void choose(Visit visit, Candidates candidates);
}
