package dev.milvuso.trainer.evaluation;

import dev.milvuso.trainer.batch.TrainedModel;
import dev.milvuso.trainer.data.Histories;
import dev.milvuso.trainer.data.PositivePairs;
import dev.milvuso.trainer.model.TopItems;
import java.util.stream.IntStream;

/**
 * Ranks the whole catalogue for every test user, all cores at once. What a user has in the training data is left out,
 * of the list and of the test items alike; a test item that the model has never seen counts as missed. A user whom the
 * model has never seen gets the popular list.
 */
record FullRanking(TrainedModel model, Scorer scorer, int k) {
    /** Enough for many cores to be busy to the end; a fixed number, so that sums are the same on every machine. */
    private static final int PARTS = 64;

    EvaluationResult evaluate(PositivePairs test) {
        long started = System.nanoTime();
        int items = model.factors().items().size();
        int[] usersOfItems = model.histories().usersOfItems(items);
        Run run = new Run(test, test.histories(), knownItems(test), usersOfItems);
        int users = test.userIds().size();
        int parts = Math.min(users, PARTS);
        EvaluationSums sums = newSums(usersOfItems);
        IntStream.range(0, parts)
                .parallel()
                .mapToObj(part ->
                        part(run, (int) ((long) users * part / parts), (int) ((long) users * (part + 1) / parts)))
                .toList()
                .forEach(sums::add);
        return sums.mean("full-ranking", (System.nanoTime() - started) / 1e9);
    }

    private record Run(PositivePairs test, Histories relevant, int[] known, int[] usersOfItems) {}

    private EvaluationSums newSums(int[] usersOfItems) {
        return new EvaluationSums(k, usersOfItems, model.histories().users());
    }

    /** The model's number of every test item, -1 if it has none. */
    private int[] knownItems(PositivePairs test) {
        return test.itemIds().stream().mapToInt(model.factors().items()::find).toArray();
    }

    private EvaluationSums part(Run run, int from, int to) {
        EvaluationSums sums = newSums(run.usersOfItems());
        TopItems top = new TopItems(k);
        for (int tested = from; tested < to; tested++) {
            user(run, tested, top, sums);
        }
        return sums;
    }

    private void user(Run run, int tested, TopItems top, EvaluationSums sums) {
        int user = model.factors().users().find(run.test().userIds().get(tested));
        boolean[] wanted = new boolean[run.usersOfItems().length];
        int relevant = 0;
        for (int i = run.relevant().offsets()[tested]; i < run.relevant().offsets()[tested + 1]; i++) {
            int item = run.known()[run.relevant().items()[i]];
            if (item < 0) {
                relevant++;
            } else if (user < 0 || !model.histories().contains(user, item)) {
                relevant++;
                wanted[item] = true;
            }
        }
        if (relevant == 0) {
            return;
        }
        top.clear();
        for (int item = 0; item < wanted.length; item++) {
            if (user < 0) {
                top.offer(item, run.usersOfItems()[item]);
            } else if (!model.histories().contains(user, item)) {
                top.offer(item, scorer.score(user, item));
            }
        }
        int[] list = top.items();
        boolean[] hits = new boolean[list.length];
        for (int place = 0; place < list.length; place++) {
            hits[place] = wanted[list[place]];
        }
        sums.add(ListMeasures.of(hits, relevant, k), 1);
        sums.addList(list);
    }
}
