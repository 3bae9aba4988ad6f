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

/**
 * Brings what one source has found into the ranker's order: the item that it likes best gets the best of their scores,
 * the next one the next, so that items of other sources stand among them as before. While there are no weights, or they
 * are no better than retrieval, nothing changes.
 */
public final class LearnedRanking implements Ranking {
    private final String learned;
    private final LearnedWeights weights;
    private final Function<ModelVersion, ItemSpace.Vectors> vectors;
    private final Heat heat;
    private final Metric metric;
    private final int factors;
    private final int source;
    private final Clock clock;
    private final ConcurrentLinkedQueue<Scoring> rooms = new ConcurrentLinkedQueue<>();

    /**
     * @param learned {@code ranking.learned}
     * @param vectors that items are served by
     * @param metric of the model
     * @param factors how many numbers at a vector's beginning are taste
     * @param source whose items are ordered, by its place in the pipeline
     */
    public LearnedRanking(
            String learned,
            LearnedWeights weights,
            Function<ModelVersion, ItemSpace.Vectors> vectors,
            Heat heat,
            Metric metric,
            int factors,
            int source,
            Clock clock) {
        this.learned = learned;
        this.weights = weights;
        this.vectors = vectors;
        this.heat = heat;
        this.metric = metric;
        this.factors = factors;
        this.source = source;
        this.clock = clock;
    }

    @Override
    public void rank(Visit visit, Candidates candidates) {
        float[] taste = visit.visitor().taste();
        float[] learnedTaste = visit.visitor().learned();
        if (taste == null || learnedTaste == null || visit.version().isEmpty()) {
            return;
        }
        ModelVersion version = visit.version().get();
        Optional<RankerWeights> used = weights.used(learned, version);
        if (used.isPresent()) {
            Scoring free = rooms.poll();
            Scoring room = free == null || !free.fits(taste) ? new Scoring(metric, taste.length, factors) : free;
            room.begin("old".equals(System.getProperty("folded.mode")) ? taste : learnedTaste, visit.visitor().recent(), vectors.apply(version), heat.items(), clock.millis());
            room.rank(used.get().parameters(), taste, candidates, source);
            rooms.add(room);
        }
    }
}
