package dev.milvuso.config;

import java.util.Set;

/** {@code [training]}, see config/default.toml. */
public record TrainingConfig(
        String algorithm,
        String metric,
        double scale,
        String loss,
        String optimizer,
        double learningRate,
        String schedule,
        double warmUp,
        double clipValue,
        double clipNorm,
        double regularization,
        double regularizationExponent,
        double maxNorm,
        double dropout,
        String initializer,
        double initializerGain,
        String biases,
        double negativeSamplingRatio,
        String negativeSampler,
        double popularityPower,
        int hardCandidates,
        boolean excludeKnown,
        int batchSize,
        int epochs,
        double heldOut,
        int patience,
        int checkpointEpochs,
        int threads,
        long seed) {
    public TrainingConfig {
        Check.oneOf("training.algorithm", algorithm, "sgd", "als");
        Check.oneOf("training.metric", metric, "inner_product", "cosine", "euclidean");
        Check.range("training.scale", scale, 0.0, 1000.0);
        if (algorithm.equals("als") && !metric.equals("inner_product")) {
            throw new ConfigException("training.metric is \"" + metric
                    + "\": must be \"inner_product\" where training.algorithm is \"als\"");
        }
        Check.oneOf("training.loss", loss, "logistic", "bpr", "warp", "softmax", "squared");
        Check.oneOf("training.optimizer", optimizer, Choices.OPTIMIZERS);
        Check.range("training.learning_rate", learningRate, 1e-9, 10.0);
        Check.oneOf("training.schedule", schedule, "constant", "linear", "cosine", "step", "exponential");
        Check.range("training.warm_up", warmUp, 0.0, 0.9);
        Check.range("training.clip_value", clipValue, 0.0, 1e6);
        Check.range("training.clip_norm", clipNorm, 0.0, 1e6);
        Check.range("training.regularization", regularization, 0.0, 1.0);
        Check.range("training.regularization_exponent", regularizationExponent, 0.0, 2.0);
        Check.range("training.max_norm", maxNorm, 0.0, 1e6);
        Check.range("training.dropout", dropout, 0.0, 0.9);
        Check.oneOf("training.initializer", initializer, Choices.INITIALIZERS);
        Check.above("training.initializer_gain", initializerGain, 0, 100);
        Check.oneOf("training.biases", biases, "item", "all", "off");
        Check.range("training.negative_sampling_ratio", negativeSamplingRatio, 0.0, 1000.0);
        if (negativeSamplingRatio == 0 && Set.of("bpr", "warp", "softmax").contains(loss)) {
            throw new ConfigException(
                    "training.negative_sampling_ratio is 0: must be above 0, since training.loss is \"" + loss
                            + "\", which compares a positive with negatives");
        }
        Check.oneOf("training.negative_sampler", negativeSampler, "uniform", "popularity", "in_batch");
        Check.range("training.popularity_power", popularityPower, 0.0, 1.0);
        Check.range("training.hard_candidates", hardCandidates, 1, 100);
        Check.range("training.batch_size", batchSize, 1, 100000);
        Check.range("training.epochs", epochs, 1, 10000);
        Check.range("training.held_out", heldOut, 0.0, 0.5);
        Check.range("training.patience", patience, 1, 10000);
        Check.range("training.checkpoint_epochs", checkpointEpochs, 0, 10000);
        Check.range("training.threads", threads, 0, 1024);
    }
}
