package dev.milvuso.server.recommend;

import java.util.List;

/**
 * What a list is made by.
 *
 * @param sources asked for all lists, in this order
 * @param filler asked for what is missing in the end, and for everything if the others know nothing
 * @param rankings each in turn; none leaves the candidates as their sources found them
 * @param pool candidates that rankings and choice begin with, at least as many as are asked for
 */
public record Pipeline(
        Visitors visitors,
        List<Restriction> restrictions,
        List<Share> sources,
        CandidateSource filler,
        List<Ranking> rankings,
        Choice choice,
        int pool) {
    /** @param share of the pool that the source may fill, above 0 and up to 1 */
    public record Share(CandidateSource source, double share) {
        int of(int pool) {
            return (int) Math.ceil(share * pool);
        }
    }

    public Pipeline {
        restrictions = List.copyOf(restrictions);
        sources = List.copyOf(sources);
        rankings = List.copyOf(rankings);
    }

    /** Of its place in {@link Candidates#source}. */
    CandidateSource source(int place) {
        return place == sources.size() ? filler : sources.get(place).source();
    }
}
