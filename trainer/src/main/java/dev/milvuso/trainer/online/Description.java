package dev.milvuso.trainer.online;

import dev.milvuso.config.Config;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.trainer.registry.RegisteredModel;
import dev.milvuso.trainer.registry.Settings;
import java.nio.file.Path;
import java.util.Map;

/** What the registry is told of a version that learns online. */
record Description(Config config) {
    /** @param quality mean NDCG@10 of its latest positives; NaN before the first */
    RegisteredModel of(Lane lane, double quality) {
        String version = lane.version().value();
        OnlineCore core = lane.core();
        return new RegisteredModel(
                version,
                version.startsWith(ModelVersion.BATCH) ? RegisteredModel.Origin.BATCH : RegisteredModel.Origin.ONLINE,
                System.currentTimeMillis(),
                Map.of("topic", config.kafka().trainingTopic(), "examples", core.applied()),
                lane.source().next(),
                Settings.of(config.online()),
                config.training().seed(),
                Double.isFinite(quality)
                        ? Map.of("online_ndcg", quality, "loss", core.loss())
                        : Map.of("loss", core.loss()),
                Path.of(config.online().snapshotDirectory())
                        .resolve("versions")
                        .resolve(version)
                        .toAbsolutePath()
                        .toString());
    }
}
