package dev.milvuso.server.ranking.learned;

import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.embedding.RankerWeights;
import dev.milvuso.server.ranking.ItemSpace;
import dev.milvuso.server.recommend.Candidates;
import dev.milvuso.server.recommend.Ranking;
import dev.milvuso.server.recommend.Visit;
import dev.milvuso.vector.Metric;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;

/**
 * Brings what some sources have found into the ranker's order: the item that it likes best gets the best of their
 * scores, the next one the next, so that items of other sources stand among them as before. The ranker goes by the
 * user's vector as the trainer has learned it; what the latest actions, folded in since, add to an item's score is
 * added to the score that it has by the ranker. Where a succession speaks for an item the ranker has less to say: what
 * came last is among the things that it goes by, and would count twice. While there are no weights, or they are no
 * better than retrieval, nothing changes.
 */
public final class LearnedRanking implements Ranking {
    private final String learned;
    private final LearnedWeights weights;
    private final Function<ModelVersion, ItemSpace.Vectors> vectors;
    private final Heat heat;
    private final Metric metric;
    private final int factors;
    private final IntPredicate sources;
    private final Function<Visit, IntToDoubleFunction> lifts;
    private final Clock clock;
    private final ConcurrentLinkedQueue<Scoring> rooms = new ConcurrentLinkedQueue<>();

    /**
     * @param learned {@code ranking.learned}
     * @param vectors that items are served by
     * @param metric of the model
     * @param factors how many numbers at a vector's beginning are taste
     * @param sources whose items are ordered, by their places in the pipeline; the model has scored those items
     * @param lifts of items by slot: how much likelier they are next, by what the visitor did last, than they are
     *     otherwise, as a logarithm; asked on the thread that made them, before others are made on it
     */
    public LearnedRanking(
            String learned,
            LearnedWeights weights,
            Function<ModelVersion, ItemSpace.Vectors> vectors,
            Heat heat,
            Metric metric,
            int factors,
            IntPredicate sources,
            Function<Visit, IntToDoubleFunction> lifts,
            Clock clock) {
        this.learned = learned;
        this.weights = weights;
        this.vectors = vectors;
        this.heat = heat;
        this.metric = metric;
        this.factors = factors;
        this.sources = sources;
        this.lifts = lifts;
        this.clock = clock;
    }

    @Override
    public void rank(Visit visit, Candidates candidates) {
        float[] taste = visit.visitor().taste();
        if (taste == null || visit.version().isEmpty()) {
            return;
        }
        ModelVersion version = visit.version().get();
        Optional<RankerWeights> used = weights.used(learned, version);
        if (used.isPresent()) {
            Scoring free = rooms.poll();
            Scoring room = free == null || !free.fits(taste) ? new Scoring(metric, taste.length, factors) : free;
            room.begin(visit.visitor(), vectors.apply(version), heat.items(), lifts.apply(visit), clock.millis());
            room.rank(used.get().parameters(), candidates, sources);
            rooms.add(room);
        }
    }
}
