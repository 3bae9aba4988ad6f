package dev.milvuso.config;

/** {@code [training]}, see config/default.toml. */
public record TrainingConfig(
        String algorithm,
        String optimizer,
        double learningRate,
        double regularization,
        double negativeSamplingRatio,
        int batchSize,
        int epochs,
        int threads,
        long seed) {
    public TrainingConfig {
        Check.oneOf("training.algorithm", algorithm, "sgd", "als");
        Check.oneOf("training.optimizer", optimizer, "sgd", "adagrad", "rowwise_adagrad", "adam");
        Check.above("training.learning_rate", learningRate, 0, 10);
        Check.range("training.regularization", regularization, 0.0, 1.0);
        Check.range("training.negative_sampling_ratio", negativeSamplingRatio, 0.0, 1000.0);
        Check.range("training.batch_size", batchSize, 1, 100000);
        Check.range("training.epochs", epochs, 1, 10000);
        Check.range("training.threads", threads, 0, 1024);
    }
}
