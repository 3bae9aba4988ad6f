package dev.milvuso.embedding;

import java.util.List;

/**
 * What the second-stage ranker of a version has learned; see {@link dev.milvuso.ranker.Machine}.
 *
 * @param epoch of the trainer's lease, and
 * @param step of the trainer when it was written; readers keep what is newest by (epoch, step)
 * @param isBetter whether it ranks better than retrieval alone, as far as anybody can be sure
 * @param lists that it was judged by so far
 * @param retrieval mean NDCG@10 of retrieval's order of the last of them, and
 * @param ranker of the ranker's
 * @param names of what is weighed, see {@link dev.milvuso.ranker.Matching#NAMES}
 * @param parameters finite; not to be changed after they were given away
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record RankerWeights(
        ModelVersion version,
        long epoch,
        long step,
        boolean isBetter,
        long lists,
        float retrieval,
        float ranker,
        List<String> names,
        float[] parameters)
        implements EmbeddingRecord {
    /** @throws IllegalArgumentException if a number is not servable, or there are not as many as the names ask for */
    public RankerWeights {
        names = List.copyOf(names);
        if (names.isEmpty() || parameters.length % names.size() != 0 || parameters.length < 2 * names.size()) {
            throw new IllegalArgumentException("the ranker of " + version + " has " + parameters.length
                    + " numbers for " + names.size() + " features: must be a multiple, at least twice as many");
        }
        for (float value : parameters) {
            if (!Embedding.isServable(value)) {
                throw new IllegalArgumentException("the ranker of " + version + " holds " + value
                        + ": it must be finite and at most " + Embedding.LARGEST + " in magnitude");
            }
        }
    }

    @Override
    public String key() {
        return version + ":ranker";
    }

    /** Whether this one replaces the other. */
    public boolean isNewerThan(RankerWeights other) {
        return epoch != other.epoch ? epoch > other.epoch : step > other.step;
    }
}
