package dev.milvuso.trainer.evaluation;

import dev.milvuso.trainer.model.FactorModel;

/** How much a user is expected to like an item. */
public interface Scorer {
    /**
     * A larger score is a better one; the scale is the scorer's own.
     *
     * @param user its number in the model, or -1 if the model does not know it; so for the item
     */
    double score(int user, int item);

    /** The model's own scores; what it does not know scores 0. */
    static Scorer of(FactorModel model) {
        return (user, item) -> user < 0 || item < 0 ? 0 : model.score(user, item);
    }

    /**
     * The baseline that every model must beat: the same order for everybody.
     *
     * @param usersOfItems how many training users have chosen each item, shape [catalogue]
     */
    static Scorer popularity(int[] usersOfItems) {
        return (user, item) -> item < 0 ? 0 : usersOfItems[item];
    }
}
