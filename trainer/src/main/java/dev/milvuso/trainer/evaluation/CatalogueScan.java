package dev.milvuso.trainer.evaluation;

import dev.milvuso.trainer.batch.TrainedModel;
import dev.milvuso.trainer.data.Histories;
import dev.milvuso.trainer.model.TopItems;

/** The best items of one user, found tile by tile, without what the user has in the training data. */
final class CatalogueScan {
    private final int user;
    private final Scorer scorer;
    private final Histories histories;
    private final TopItems top;
    private final Auc auc;
    private int next;
    private final int end;

    /** @param user its number in the model, or -1 for one that the model does not know, who has nothing to leave out */
    CatalogueScan(int user, Scorer scorer, TrainedModel model, int k, Auc auc) {
        this.auc = auc;
        this.user = user;
        this.scorer = scorer;
        this.histories = model.histories();
        this.top = new TopItems(k);
        this.next = user < 0 ? 0 : histories.offsets()[user];
        this.end = user < 0 ? 0 : histories.offsets()[user + 1];
    }

    /** Tiles must come in order: what is left out is sorted, and is passed once. */
    void tile(int from, int to) {
        for (int item = from; item < to; item++) {
            if (next < end && histories.items()[next] == item) {
                next++;
            } else {
                double score = scorer.score(user, item);
                top.offer(item, score);
                auc.offer(score);
            }
        }
    }

    double auc() {
        return auc.value();
    }

    int[] list() {
        return top.items();
    }
}
