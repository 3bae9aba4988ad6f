package dev.milvuso.trainer.evaluation;

import dev.milvuso.trainer.batch.TrainedModel;
import dev.milvuso.trainer.data.Histories;
import dev.milvuso.trainer.data.PositivePairs;
import java.util.stream.IntStream;

/**
 * The test pairs in the model's numbers; -1 is what the model does not know.
 *
 * @param users shape [test users]
 * @param items shape [test items]
 * @param pairs in the numbers of the test file
 */
record TestItems(TrainedModel model, int[] users, int[] items, Histories pairs) {
    static TestItems of(TrainedModel model, PositivePairs test) {
        return new TestItems(
                model,
                test.userIds().stream().mapToInt(model.factors().users()::find).toArray(),
                test.itemIds().stream().mapToInt(model.factors().items()::find).toArray(),
                test.histories());
    }

    /** How many items a list for this test user could hit, were the catalogue complete: all that are not trained on. */
    int relevant(int tested) {
        int count = 0;
        for (int i = pairs.offsets()[tested]; i < pairs.offsets()[tested + 1]; i++) {
            count += isTrainedOn(tested, items[pairs.items()[i]]) ? 0 : 1;
        }
        return count;
    }

    /** How many of this test user's items the model does not know. */
    int unknown(int tested) {
        int count = 0;
        for (int i = pairs.offsets()[tested]; i < pairs.offsets()[tested + 1]; i++) {
            count += items[pairs.items()[i]] < 0 ? 1 : 0;
        }
        return count;
    }

    /** Ready for the candidates of this test user. */
    Auc auc(int tested, Scorer scorer) {
        double[] wanted = IntStream.range(pairs.offsets()[tested], pairs.offsets()[tested + 1])
                .map(i -> items[pairs.items()[i]])
                .filter(item -> item >= 0 && !isTrainedOn(tested, item))
                .mapToDouble(item -> scorer.score(users[tested], item))
                .toArray();
        return new Auc(wanted, unknown(tested));
    }

    private boolean isTrainedOn(int tested, int item) {
        return users[tested] >= 0 && item >= 0 && model.histories().contains(users[tested], item);
    }

    /** Which places of a list hold test items of this user; the list must hold nothing that was trained on. */
    boolean[] hits(int tested, int[] list) {
        boolean[] hits = new boolean[list.length];
        for (int i = pairs.offsets()[tested]; i < pairs.offsets()[tested + 1]; i++) {
            int item = items[pairs.items()[i]];
            for (int place = 0; place < list.length; place++) {
                hits[place] |= list[place] == item;
            }
        }
        return hits;
    }
}
