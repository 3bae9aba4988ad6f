package dev.milvuso.trainer.replay;

import dev.milvuso.config.TrainingConfig;
import dev.milvuso.trainer.batch.BatchTrainer;
import dev.milvuso.trainer.data.PositivePairs;
import dev.milvuso.trainer.data.Timeline;
import dev.milvuso.trainer.model.FactorModel;

/**
 * A model trained on everything before an event, under the timeline's numbers. Users whom it does not know get the
 * popular items, as the product would do.
 *
 * @param users rows in the model, -1 for one that it does not know, shape [all users]
 * @param items so for items
 * @param chosen how often each item was chosen before the event, shape [all items]
 */
record BatchModel(FactorModel factors, int[] users, int[] items, int[] chosen) {
    static BatchModel train(TrainingConfig config, int dimension, Timeline events, int to) {
        PositivePairs pairs = events.positives(0, to);
        BatchTrainer trainer = new BatchTrainer(config, dimension, (epoch, loss, rate, left) -> {});
        FactorModel factors = trainer.train(pairs).model();
        int[] chosen = new int[events.itemIds().size()];
        for (int event = 0; event < to; event++) {
            chosen[events.item(event)] += events.isPositive(event) ? 1 : 0;
        }
        return new BatchModel(
                factors,
                events.userIds().stream().mapToInt(factors.users()::find).toArray(),
                events.itemIds().stream().mapToInt(factors.items()::find).toArray(),
                chosen);
    }

    double score(int user, int item) {
        if (items[item] < 0) {
            return Contestant.UNKNOWN;
        }
        return users[user] < 0 ? chosen[item] : factors.score(users[user], items[item]);
    }
}
