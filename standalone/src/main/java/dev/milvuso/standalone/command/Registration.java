package dev.milvuso.standalone.command;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigException;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.postgres.Database;
import dev.milvuso.trainer.batch.ModelDirectory;
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
 * @param cut what of the log its files hold, by partition; an archive's comes with the model
 */
record Registration(Config config, String version, Source source, Map<Integer, Long> cut) {
    /** What it is trained on. */
    sealed interface Source {
        /** As the registry shows it. */
        Map.Entry<String, Object> shown();
    }

    /** @param cut {@code beginning} or {@code now} */
    record Files(List<Path> files, String cut) implements Source {
        @Override
        public Map.Entry<String, Object> shown() {
            return Map.entry(
                    "files",
                    files.stream().map(file -> file.toAbsolutePath().toString()).toList());
        }
    }

    /** A trainer's archive, which says itself how far it goes. */
    record Archive(String uri) implements Source {
        @Override
        public Map.Entry<String, Object> shown() {
            return Map.entry("archive", uri);
        }
    }

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /**
     * Looks before the long work begins whether the registry can be reached and the name is free.
     *
     * @param name "" makes one of the time
     * @throws ConfigException if the name is taken or none, or the cut is neither {@code beginning} nor {@code now}
     */
    static Registration of(Config config, String name, Source source) {
        String version = ModelVersion.BATCH + (name.isEmpty() ? STAMP.format(Instant.now()) : name);
        try (Database database = new Database(config.postgres(), "train")) {
            database.migrate();
            if (new ModelTable(database).find(new ModelVersion(version).value()).isPresent()) {
                throw new ConfigException("--register " + name + ": " + version + " is registered already");
            }
        }
        return new Registration(
                config, version, source, source instanceof Files files ? cut(config, files.cut()) : Map.of());
    }

    private static Map<Integer, Long> cut(Config config, String cut) {
        return switch (cut) {
            case "beginning" -> Map.of();
            case "now" -> ExampleSource.ends(config.topics().trainingExamples(), new KafkaClients(config.kafka()));
            default -> throw new ConfigException("--cut is " + cut + ": must be beginning or now");
        };
    }

    private Map<Integer, Long> cutOf(Path model) {
        String topic = config.topics().trainingExamples().name();
        return source instanceof Archive
                ? new ModelDirectory(model).cut().next().getOrDefault(topic, Map.of())
                : cut;
    }

    void add(Path model, TrainingResult result) {
        try (Database database = new Database(config.postgres(), "train")) {
            new ModelTable(database)
                    .add(new RegisteredModel(
                            version,
                            RegisteredModel.Origin.BATCH,
                            System.currentTimeMillis(),
                            Map.ofEntries(
                                    source.shown(),
                                    Map.entry("users", result.users()),
                                    Map.entry("items", result.items()),
                                    Map.entry("interactions", result.interactions())),
                            cutOf(model),
                            Settings.of(config.training()),
                            config.training().seed(),
                            Map.of("loss", result.loss(), "samples", result.samples(), "seconds", result.seconds()),
                            model.toAbsolutePath().normalize().toString()));
        }
    }
}
