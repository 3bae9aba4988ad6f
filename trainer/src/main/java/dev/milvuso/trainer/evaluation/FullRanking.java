package dev.milvuso.trainer.evaluation;

import dev.milvuso.trainer.batch.TrainedModel;
import dev.milvuso.trainer.data.PositivePairs;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Ranks the whole catalogue for every test user, on all cores. What a user has in the training data is left out, of the
 * list and of the test items alike; a test item that the model has never seen counts as missed. A user whom the model
 * has never seen gets the popular list; of items that score alike, the one seen first in training comes first.
 */
record FullRanking(TrainedModel model, Scorer scorer, int k) {
    /** Enough that all cores are busy to the end; a fixed number, so that sums are the same on every machine. */
    private static final int PARTS = 64;

    /** Users that are ranked together: the rows of a tile of items are then in the cache for all but the first. */
    private static final int USERS_OF_BLOCK = 16;

    private static final int ITEMS_OF_TILE = 512;

    EvaluationResult evaluate(PositivePairs test) {
        long started = System.nanoTime();
        int[] usersOfItems =
                model.histories().usersOfItems(model.factors().items().size());
        TestItems items = TestItems.of(model, test);
        int users = items.users().length;
        int parts = Math.min(PARTS, users);
        EvaluationSums sums = newSums(usersOfItems);
        IntStream.range(0, parts)
                .parallel()
                .mapToObj(p -> part(
                        items, usersOfItems, (int) ((long) users * p / parts), (int) ((long) users * (p + 1) / parts)))
                .toList()
                .forEach(sums::add);
        return sums.mean("full-ranking", (System.nanoTime() - started) / 1e9);
    }

    private EvaluationSums newSums(int[] usersOfItems) {
        return new EvaluationSums(model, usersOfItems, k);
    }

    private EvaluationSums part(TestItems items, int[] usersOfItems, int from, int to) {
        EvaluationSums sums = newSums(usersOfItems);
        for (int block = from; block < to; block += USERS_OF_BLOCK) {
            List<CatalogueScan> scans = scan(items, usersOfItems, block, Math.min(to, block + USERS_OF_BLOCK));
            for (int i = 0; i < scans.size(); i++) {
                measure(items, block + i, scans.get(i), sums);
            }
        }
        return sums;
    }

    private List<CatalogueScan> scan(TestItems items, int[] usersOfItems, int from, int to) {
        List<CatalogueScan> scans = new ArrayList<>(to - from);
        for (int tested = from; tested < to; tested++) {
            int user = items.users()[tested];
            Scorer own = user < 0 ? Scorer.popularity(usersOfItems) : scorer;
            scans.add(new CatalogueScan(user, own, model, k, items.auc(tested, own)));
        }
        for (int tile = 0; tile < usersOfItems.length; tile += ITEMS_OF_TILE) {
            int end = Math.min(usersOfItems.length, tile + ITEMS_OF_TILE);
            for (CatalogueScan scan : scans) {
                scan.tile(tile, end);
            }
        }
        return scans;
    }

    private void measure(TestItems items, int tested, CatalogueScan scan, EvaluationSums sums) {
        int relevant = items.relevant(tested);
        if (relevant > 0) {
            int[] list = scan.list();
            sums.add(ListMeasures.of(items.hits(tested, list), relevant, k), 1);
            sums.addAuc(scan.auc());
            sums.addList(list);
            sums.addUnknown(items.users()[tested] < 0, items.unknown(tested));
        }
    }
}
