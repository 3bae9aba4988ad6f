package dev.milvuso.trainer.batch;

import dev.milvuso.config.ArchiveConfig;
import dev.milvuso.config.Config;
import dev.milvuso.trainer.archive.ArchivedExamples;
import dev.milvuso.trainer.data.Cut;
import dev.milvuso.trainer.data.DataFormat;
import dev.milvuso.trainer.data.OnError;
import dev.milvuso.trainer.data.PositivePairs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Files in, a model directory out. */
public final class Training {
    private Training() {}

    /**
     * Learns from the files' positive interactions and writes the model once it has learned.
     *
     * @throws IllegalArgumentException if the files or the place of the model are wrong, in one sentence
     * @throws IllegalStateException if it diverged or was interrupted; nothing is written then
     */
    public static TrainingResult run(
            Config config, List<Path> files, DataFormat format, OnError onError, Path modelOut, Progress progress) {
        ModelDirectory directory = new ModelDirectory(modelOut);
        directory.checkReplaceable();
        return learn(
                config, PositivePairs.read(files, format, onError, config.actions()), Cut.NONE, directory, progress);
    }

    /**
     * Learns from the positive examples of an archive, each id once; the model's cut says how far on the log they go.
     *
     * @param archive with its {@code uri}
     * @param environment holds the credentials of the store
     * @throws IllegalArgumentException if the archive or the place of the model are wrong, in one sentence
     * @throws IllegalStateException if it diverged, was interrupted, or the archive's libraries are not there
     */
    public static TrainingResult runFromArchive(
            Config config, ArchiveConfig archive, Map<String, String> environment, Path modelOut, Progress progress) {
        ModelDirectory directory = new ModelDirectory(modelOut);
        directory.checkReplaceable();
        ArchivedExamples examples = ArchivedExamples.read(
                archive, environment, config.topics().trainingExamples().name());
        return learn(config, examples.pairs(), examples.cut(), directory, progress);
    }

    private static TrainingResult learn(
            Config config, PositivePairs data, Cut cut, ModelDirectory directory, Progress progress) {
        BatchTrainer trainer =
                new BatchTrainer(config.training(), config.recommendation().embeddingDim(), progress);
        BatchTrainer.Trained trained = trainer.train(data);
        directory.write(new TrainedModel(trained.model(), data.histories()), cut);
        return trained.result();
    }
}
