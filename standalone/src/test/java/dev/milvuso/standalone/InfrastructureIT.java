package dev.milvuso.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.milvuso.component.Health;
import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.feature.worker.FeatureWorker;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.postgres.Database;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfrastructureIT {
    @Test
    void aDeployableRunsOnTheEmbeddedServersAndTheDirectoryIsTaken(@TempDir Path directory) {
        try (Infrastructure infrastructure = Infrastructure.start(directory, ConfigLoader.defaults())) {
            Config config = ConfigLoader.load(Optional.empty(), Map.of(), infrastructure.settings());
            try (Database database = new Database(config.postgres(), "test");
                    FeatureWorker worker = new FeatureWorker(
                            config, new KafkaClients(config.kafka()), database, new SimpleMeterRegistry())) {
                worker.start();
                assertThat(worker.health()).isNotInstanceOf(Health.Down.class);
            }
            assertThatThrownBy(() -> Infrastructure.start(directory, ConfigLoader.defaults()))
                    .hasMessageContaining("in use by process");
        }
    }
}
