package dev.milvuso.config;

import java.time.Duration;

/** {@code [online]}, see config/default.toml. */
public record OnlineConfig(
        String loss,
        String optimizer,
        double learningRate,
        String userOptimizer,
        double userLearningRate,
        double regularization,
        double clipValue,
        double clipNorm,
        double maxNorm,
        String initializer,
        double initializerGain,
        double userInitializerGain,
        double negativeSamplingRatio,
        String negativeSampler,
        double popularityPower,
        int hardCandidates,
        boolean excludeKnown,
        Duration batchWait,
        int rehearsals,
        int rehearsalExamples,
        double rehearsedUserRate,
        Duration syncInterval,
        Duration backgroundSyncInterval,
        Duration storeInterval,
        Duration snapshotInterval,
        String snapshotDirectory,
        int rememberedExamples,
        int rowAfterSightings,
        Duration rowExpiry,
        int maxRows) {
    public OnlineConfig {
        Check.oneOf("online.loss", loss, "logistic", "bpr", "warp", "softmax");
        Check.oneOf("online.optimizer", optimizer, Choices.OPTIMIZERS);
        Check.range("online.learning_rate", learningRate, 1e-9, 10.0);
        Check.oneOf("online.user_optimizer", userOptimizer, Choices.OPTIMIZERS);
        Check.range("online.user_learning_rate", userLearningRate, 1e-9, 10.0);
        Check.range("online.rehearsed_user_rate", rehearsedUserRate, 0.0, 1.0);
        Check.range("online.regularization", regularization, 0.0, 1.0);
        Check.range("online.clip_value", clipValue, 0.0, 1e6);
        Check.range("online.clip_norm", clipNorm, 0.0, 1e6);
        Check.range("online.max_norm", maxNorm, 0.0, 1e6);
        Check.oneOf("online.initializer", initializer, Choices.INITIALIZERS);
        Check.above("online.initializer_gain", initializerGain, 0, 100);
        Check.above("online.user_initializer_gain", userInitializerGain, 0, 100);
        Check.range("online.negative_sampling_ratio", negativeSamplingRatio, 0.0, 1000.0);
        if (negativeSamplingRatio == 0 && !loss.equals("logistic")) {
            throw new ConfigException("online.negative_sampling_ratio is 0: must be above 0, since online.loss is \""
                    + loss + "\", which compares a positive with negatives");
        }
        Check.oneOf("online.negative_sampler", negativeSampler, "uniform", "popularity", "in_batch");
        Check.range("online.popularity_power", popularityPower, 0.0, 1.0);
        Check.range("online.hard_candidates", hardCandidates, 1, 100);
        Check.range("online.batch_wait", batchWait, "0ms", "1m");
        Check.range("online.rehearsals", rehearsals, 0, 100);
        Check.range("online.rehearsal_examples", rehearsalExamples, 1, 100000000);
        Check.range("online.sync_interval", syncInterval, "1ms", "1m");
        Check.range("online.background_sync_interval", backgroundSyncInterval, "1ms", "1m");
        Check.range("online.store_interval", storeInterval, "10ms", "10m");
        Check.range("online.snapshot_interval", snapshotInterval, "100ms", "1d");
        Check.matches("online.snapshot_directory", snapshotDirectory, ".*\\S.*", "the path of a directory");
        Check.range("online.remembered_examples", rememberedExamples, 1000, 100000000);
        Check.range("online.row_after_sightings", rowAfterSightings, 1, 100);
        Check.range("online.row_expiry", rowExpiry, "0s", "3650d");
        Check.range("online.max_rows", maxRows, 0, 1000000000);
    }
}
