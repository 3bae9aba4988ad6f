package dev.milvuso.server.ranking.learned;

import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.embedding.RankerWeights;
import dev.milvuso.ranker.Matching;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The weights that can be used here: those of a trainer that weighs the same. Safe for use by many threads. */
public final class LearnedWeights {
    private static final Logger LOG = LoggerFactory.getLogger(LearnedWeights.class);

    private final Function<ModelVersion, Optional<RankerWeights>> published;
    private final Set<ModelVersion> refused = ConcurrentHashMap.newKeySet();

    /** @param published the newest of a version */
    public LearnedWeights(Function<ModelVersion, Optional<RankerWeights>> published) {
        this.published = published;
    }

    /**
     * What lists of a version are ordered by; empty: they stay as retrieval has them.
     *
     * @param learned {@code ranking.learned}
     */
    Optional<RankerWeights> used(String learned, ModelVersion version) {
        return learned.equals("off")
                ? Optional.empty()
                : published
                        .apply(version)
                        .filter(weights -> (learned.equals("on") || weights.isBetter()) && isKnown(weights));
    }

    /** Whether lists of the version, if one is served, are ordered by the ranker. */
    public boolean isUsed(String learned, Optional<ModelVersion> version) {
        return version.flatMap(served -> used(learned, served)).isPresent();
    }

    /**
     * How the ranker of a version is doing; empty while the trainer has published none.
     *
     * @param learned {@code ranking.learned}
     */
    public Optional<RankerState> state(String learned, Optional<ModelVersion> version) {
        return version.flatMap(published)
                .map(weights -> new RankerState(
                        isUsed(learned, version),
                        weights.isBetter(),
                        weights.lists(),
                        weights.retrieval(),
                        weights.ranker()));
    }

    private boolean isKnown(RankerWeights weights) {
        if (weights.names().equals(Matching.NAMES)) {
            return true;
        }
        if (refused.add(weights.version())) {
            LOG.warn(
                    "the ranker of {} is not used: it weighs {}, this server {}; trainer and server must be of one release",
                    weights.version(),
                    weights.names(),
                    Matching.NAMES);
        }
        return false;
    }
}
