package dev.milvuso.trainer.model;

import dev.milvuso.config.TrainingConfig;
import dev.milvuso.trainer.parameter.Rows;
import dev.milvuso.vector.Metric;

/**
 * How two rows make a score, such that a search by the same metric over the same rows gives the model's order:
 * {@code score = globalBias + scale · nearness}, where the nearness is the inner product, the cosine, or minus the
 * squared distance of the rows as they are.
 *
 * <p>Biases are numbers of the rows. An item's is its last, against a constant 1 in the user's; a user's is its last
 * but one, against a constant 1 in the item's. To an inner product they add {@code b}. To minus a squared distance they
 * add {@code -(1 - b)²}, at most 0, and the global bias is what the best get. Of a cosine they are part of the
 * direction: how much a row points to where everybody points.
 *
 * @param userBiases whether the last but one number is the user's bias
 * @param globalBias added to every score: of no influence on an order, but on ratings and probabilities
 * @param scale above 0; 1 unless the metric is the cosine
 */
public record Scoring(Metric metric, boolean userBiases, float globalBias, float scale) {
    /** The inner product alone. */
    public static final Scoring INNER_PRODUCT = new Scoring(Metric.INNER_PRODUCT, false, 0, 1);

    /** What the loss sees of cosines at first, where the scale is learnt: about e⁵ between likely and unlikely. */
    private static final float FIRST_SCALE = 10;

    /** What a run with this configuration begins with. */
    public static Scoring of(TrainingConfig config, double globalBias) {
        Metric metric = Metric.named(config.metric());
        float scale = metric != Metric.COSINE ? 1 : config.scale() > 0 ? (float) config.scale() : FIRST_SCALE;
        return new Scoring(metric, config.biases().equals("all"), (float) globalBias, scale);
    }

    /** Numbers of a row that are no bias. */
    public int factors(int dimension) {
        return dimension - (userBiases ? 2 : 1);
    }

    /** The same with a larger global bias. */
    public Scoring plus(double bias) {
        return with(globalBias + bias, scale);
    }

    /** How near an item is to a user, larger is nearer. */
    public float nearness(Rows users, int user, Rows items, int item) {
        return Nearness.of(
                metric,
                users.chunk(user),
                users.offset(user),
                items.chunk(item),
                items.offset(item),
                users.dimension());
    }

    Scoring with(double bias, double factor) {
        return new Scoring(metric, userBiases, (float) bias, (float) factor);
    }
}
