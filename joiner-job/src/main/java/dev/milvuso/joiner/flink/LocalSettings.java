package dev.milvuso.joiner.flink;

import dev.milvuso.config.JoinerConfig;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;

/** Settings of the cluster inside this process: small, and reachable from this machine alone. */
public final class LocalSettings {
    private static final String LOOPBACK = "127.0.0.1";

    private final JoinerConfig config;
    private final Path checkpoints;

    public LocalSettings(JoinerConfig config, Path checkpoints) {
        this.config = config;
        this.checkpoints = checkpoints;
    }

    /** @param checkpoint to go on from */
    public Configuration with(Optional<Path> checkpoint) {
        Configuration settings = JobSettings.of(config);
        settings.setString("$internal.pipeline.job-id", Checkpoints.JOB_ID);
        settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        settings.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        settings.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 3);
        checkpoint.ifPresent(path -> {
            settings.set(StateRecoveryOptions.SAVEPOINT_PATH, path.toUri().toString());
            settings.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.CLAIM);
        });
        bindToLoopback(settings);
        keepFiles(settings);
        settings.setString("metrics.reporter.milvuso.factory.class", CounterReporter.class.getName());
        settings.set(TaskManagerOptions.NUM_TASK_SLOTS, config.parallelism());
        settings.set(
                TaskManagerOptions.MANAGED_MEMORY_SIZE,
                MemorySize.ofMebiBytes(config.stateBackend().equals("rocksdb") ? 64 : 1));
        MemorySize network = MemorySize.ofMebiBytes(Math.max(16, 8L * config.parallelism()));
        settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, network);
        settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, network);
        return settings;
    }

    /** RocksDB's files and whatever else Flink would leave in the system's folder of temporary files. */
    private void keepFiles(Configuration settings) {
        String work = Checkpoints.work(checkpoints).toString();
        settings.set(CoreOptions.TMP_DIRS, work);
        settings.set(WebOptions.TMP_DIR, work);
    }

    /** Flink's blob server and its data ports listen on all addresses otherwise. */
    private void bindToLoopback(Configuration settings) {
        settings.set(RestOptions.ADDRESS, LOOPBACK);
        settings.set(RestOptions.BIND_ADDRESS, LOOPBACK);
        settings.set(RestOptions.BIND_PORT, String.valueOf(config.webPort()));
        settings.setString("jobmanager.bind-host", LOOPBACK);
        settings.setString("taskmanager.bind-host", LOOPBACK);
    }
}
