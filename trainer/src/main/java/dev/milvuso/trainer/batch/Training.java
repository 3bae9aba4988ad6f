package dev.milvuso.trainer.batch;

import dev.milvuso.config.Config;
import dev.milvuso.trainer.data.DataFormat;
import dev.milvuso.trainer.data.OnError;
import dev.milvuso.trainer.data.PositivePairs;
import java.nio.file.Path;
import java.util.List;
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
        ModelDirectory directory = new ModelDirectory(modelOut);
        directory.checkReplaceable();
        PositivePairs data = PositivePairs.read(files, format, onError, config.actions());
        Optional<Path> checkpoint = Optional.of(modelOut.resolveSibling(modelOut.getFileName() + ".checkpoint"));
        BatchTrainer trainer =
                new BatchTrainer(config.training(), config.recommendation().embeddingDim(), progress, checkpoint);
        BatchTrainer.Trained trained = trainer.train(data);
        directory.write(new TrainedModel(trained.model(), data.histories()));
        return trained.result();
    }
}
