package dev.milvuso.standalone.command;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigException;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.postgres.Database;
import dev.milvuso.trainer.batch.TrainingResult;
import dev.milvuso.trainer.online.kafka.ExampleSource;
import dev.milvuso.trainer.registry.RegisteredModel;
import dev.milvuso.trainer.registry.Settings;
import dev.milvuso.trainer.registry.postgres.ModelTable;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/**
 * A model that will be added to the registry when it is trained.
 *
 * @param cut what of the log it will have seen, by partition
 */
record Registration(Config config, String version, Map<Integer, Long> cut) {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /**
     * Looks before the long work begins whether the registry can be reached and the name is free.
     *
     * @param name "" makes one of the time
     * @param cut {@code beginning} or {@code now}
     * @throws ConfigException if the name is taken or none, or the cut is neither
     */
    static Registration of(Config config, String name, String cut) {
        String version = ModelVersion.BATCH + (name.isEmpty() ? STAMP.format(Instant.now()) : name);
        try (Database database = new Database(config.postgres(), "train")) {
            database.migrate();
            if (new ModelTable(database).find(new ModelVersion(version).value()).isPresent()) {
                throw new ConfigException("--register " + name + ": " + version + " is registered already");
            }
        }
        return switch (cut) {
            case "beginning" -> new Registration(config, version, Map.of());
            case "now" ->
                new Registration(
                        config,
                        version,
                        ExampleSource.ends(config.topics().trainingExamples(), new KafkaClients(config.kafka())));
            default -> throw new ConfigException("--cut is " + cut + ": must be beginning or now");
        };
    }

    void add(List<Path> files, Path model, TrainingResult result) {
        try (Database database = new Database(config.postgres(), "train")) {
            new ModelTable(database)
                    .add(new RegisteredModel(
                            version,
                            RegisteredModel.Origin.BATCH,
                            System.currentTimeMillis(),
                            Map.of(
                                    "files",
                                    files.stream()
                                            .map(file -> file.toAbsolutePath().toString())
                                            .toList(),
                                    "users",
                                    result.users(),
                                    "items",
                                    result.items(),
                                    "interactions",
                                    result.interactions()),
                            cut,
                            Settings.of(config.training()),
                            config.training().seed(),
                            Map.of("loss", result.loss(), "samples", result.samples(), "seconds", result.seconds()),
                            model.toAbsolutePath().normalize().toString()));
        }
    }
}
