package dev.milvuso.trainer.loss;

/** How wrong the scores of a group are, and which way each of them should go. */
public interface Loss {
    /**
     * Fills the group's slopes, d loss / d score.
     *
     * @return the loss, in nats where it is a likelihood; NaN if a score is
     */
    double slopes(Group group);

    /** The same, with the loss added to others. */
    default void slopes(Group group, Tally lost) {
        lost.add(slopes(group));
    }

    /**
     * The mean score that this loss asks of a model that knows nothing yet.
     *
     * @param negatives for each positive, 0 or more
     */
    default double intercept(double negatives) {
        return 0;
    }

    /** @param name {@code logistic}, {@code bpr}, {@code warp}, {@code softmax} or {@code squared} */
    static Loss named(String name) {
        return switch (name) {
            case "logistic" -> new LogisticLoss();
            case "bpr" -> new BprLoss();
            case "warp" -> new WarpLoss(1);
            case "softmax" -> new SampledSoftmaxLoss();
            case "squared" -> new SquaredLoss();
            default ->
                throw new IllegalArgumentException(
                        "loss is '" + name + "': must be logistic, bpr, warp, softmax or squared");
        };
    }
}
