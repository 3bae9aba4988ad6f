package dev.milvuso.trainer.evaluation;

import dev.milvuso.trainer.model.FactorModel;

/** How much a user is expected to like an item; what is unknown scores 0. */
public interface Scorer {
    double score(String user, String item);

    static Scorer of(FactorModel model) {
        return (user, item) -> {
            int u = model.users().find(user);
            int i = model.items().find(item);
            return u < 0 || i < 0 ? 0 : model.score(u, i);
        };
    }
}
