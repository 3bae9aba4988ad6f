package dev.milvuso.trainer.tune;

import dev.milvuso.config.Config;
import dev.milvuso.trainer.batch.AlsTrainer;
import dev.milvuso.trainer.batch.BatchTrainer;
import dev.milvuso.trainer.batch.Progress;
import dev.milvuso.trainer.batch.TrainedModel;
import dev.milvuso.trainer.data.PositivePairs;

/** What a trial has learnt. */
record Trained(TrainedModel model) {
    private static final Progress UNTOLD = (epoch, loss, rate, left) -> {};

    /** @throws IllegalStateException if it diverged or was interrupted */
    static Trained by(Config config, PositivePairs data) {
        int dimension = config.recommendation().embeddingDim();
        BatchTrainer.Trained trained = config.training().algorithm().equals("als")
                ? new AlsTrainer(config.als(), dimension, UNTOLD).train(data)
                : new BatchTrainer(config.training(), dimension, UNTOLD).train(data);
        return new Trained(new TrainedModel(trained.model(), data.histories()));
    }
}
