package dev.milvuso.trainer.replay;

import dev.milvuso.config.Config;
import dev.milvuso.trainer.batch.BatchTrainer;
import dev.milvuso.trainer.batch.Progress;
import dev.milvuso.trainer.batch.TrainedModel;
import dev.milvuso.trainer.data.PositivePairs;
import dev.milvuso.trainer.data.Timeline;
import dev.milvuso.trainer.evaluation.Evaluation;
import dev.milvuso.trainer.evaluation.EvaluationResult;

/** Trains on what lies before a moment and ranks what lies behind it among the whole catalogue. */
public final class TimeSplit {
    private TimeSplit() {}

    /**
     * @param split share of the interactions that is trained on, the oldest; above 0, below 1
     * @param k length of the list, at least 1
     * @throws IllegalArgumentException in one sentence, if a part holds too little
     */
    public static EvaluationResult evaluate(Config config, Timeline events, double split, int k, Progress progress) {
        if (!(split > 0 && split < 1)) {
            throw new IllegalArgumentException("split is " + split + ": must be above 0 and below 1");
        }
        int cut = (int) Math.round(events.size() * split);
        PositivePairs train = events.positives(0, cut);
        PositivePairs test = events.positives(cut, events.size());
        if (train.size() == 0 || test.size() == 0) {
            throw new IllegalArgumentException("of " + events.size() + " interactions " + train.size()
                    + " positive ones lie before the split and " + test.size() + " behind it: both must hold some");
        }
        BatchTrainer trainer =
                new BatchTrainer(config.training(), config.recommendation().embeddingDim(), progress);
        TrainedModel model = new TrainedModel(trainer.train(train).model(), train.histories());
        return Evaluation.fullRanking(model, test, k).under("time-split");
    }
}
