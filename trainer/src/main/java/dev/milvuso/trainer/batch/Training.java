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
import java.util.Optional;

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
        return run(config, data -> config, files, format, onError, modelOut, progress);
    }

    /**
     * As above, with a configuration that is chosen when the data are known.
     *
     * @param config says what is positive; the rest is for {@code choice} to say
     */
    public static TrainingResult run(
            Config config,
            Choice choice,
            List<Path> files,
            DataFormat format,
            OnError onError,
            Path modelOut,
            Progress progress) {
        new ModelDirectory(modelOut).checkReplaceable();
        PositivePairs data = learnsRatings(config)
                ? PositivePairs.readRatings(files, format, onError, config.actions())
                : PositivePairs.read(files, format, onError, config.actions());
        return learn(choice.of(data), data, Cut.NONE, modelOut, progress);
    }

    /** How to train, now that the data are known. */
    public interface Choice {
        Config of(PositivePairs data);
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
        return runFromArchive(config, data -> config, archive, environment, modelOut, progress);
    }

    /** As above, with a configuration that is chosen when the data are known. */
    public static TrainingResult runFromArchive(
            Config config,
            Choice choice,
            ArchiveConfig archive,
            Map<String, String> environment,
            Path modelOut,
            Progress progress) {
        new ModelDirectory(modelOut).checkReplaceable();
        ArchivedExamples examples = ArchivedExamples.read(
                archive,
                environment,
                config.topics().trainingExamples().name(),
                config.online().rememberedExamples());
        return learn(choice.of(examples.pairs()), examples.pairs(), examples.cut(), modelOut, progress);
    }

    private static TrainingResult learn(Config config, PositivePairs data, Cut cut, Path modelOut, Progress progress) {
        BatchTrainer.Trained trained = train(config, data, modelOut, progress);
        if (!trained.model().isServable()) {
            throw new IllegalStateException("training diverged: a row has become too large, a smaller learning rate or"
                    + " a larger regularization is needed; no model was written");
        }
        new ModelDirectory(modelOut).write(new TrainedModel(trained.model(), data.histories()), cut);
        return trained.result();
    }

    private static BatchTrainer.Trained train(Config config, PositivePairs data, Path modelOut, Progress progress) {
        int dimension = config.recommendation().embeddingDim();
        if (config.training().algorithm().equals("als")) {
            return new AlsTrainer(config.als(), dimension, progress).train(data);
        }
        Path checkpoint = modelOut.resolveSibling(modelOut.getFileName() + ".checkpoint");
        return new BatchTrainer(config.training(), dimension, progress, Optional.of(checkpoint)).train(data);
    }

    /** Whether the loss is half the mean squared error of ratings. */
    public static boolean learnsRatings(Config config) {
        return config.training().algorithm().equals("sgd")
                && config.training().loss().equals("squared");
    }

    /** How often a run will tell its progress. */
    public static int epochs(Config config) {
        return config.training().algorithm().equals("als")
                ? config.als().iterations()
                : config.training().epochs();
    }
}
