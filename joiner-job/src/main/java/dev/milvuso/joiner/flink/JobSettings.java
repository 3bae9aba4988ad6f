package dev.milvuso.joiner.flink;

import dev.milvuso.config.JoinerConfig;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;

/** Settings of the job wherever it runs. */
final class JobSettings {
    /** Bounds the parallelism that a checkpoint can ever be restored with; a change needs new state. */
    private static final int MAX_PARALLELISM = 1024;

    private JobSettings() {}

    static Configuration of(JoinerConfig config) {
        Configuration settings = new Configuration();
        settings.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        settings.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(50));
        settings.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ofMillis(5));
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        settings.set(StateBackendOptions.STATE_BACKEND, config.stateBackend());
        // Timers of open requests are few and small; on disk each would cost as much as a state access.
        settings.setString("state.backend.rocksdb.timer-service.factory", "HEAP");
        settings.set(
                CheckpointingOptions.INCREMENTAL_CHECKPOINTS,
                config.stateBackend().equals("rocksdb"));
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, config.checkpointInterval());
        settings.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        settings.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 10);
        settings.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        return settings;
    }
}
