package dev.milvuso.trainer.online;

import dev.milvuso.trainer.batch.TrainedModel;
import dev.milvuso.trainer.data.Histories;
import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.model.Scoring;
import dev.milvuso.trainer.parameter.ParameterTable;

/** The rows of a model that was trained from files, for one that goes on learning online. */
record Adoption(TrainedModel trained) {
    /** Takes a pair that the model was trained on. */
    interface Pair {
        void take(int user, int item);
    }

    /**
     * Puts the rows into a model without any, under the same numbers.
     *
     * @param now when they count as used last, in ticks of {@link Expiry}
     * @throws IllegalArgumentException if they have another length, or are not compared as there
     */
    void copyTo(FactorModel model, int now) {
        Scoring own = model.scoring();
        Scoring its = trained.factors().scoring();
        if (its.metric() != own.metric() || its.userBiases() != own.userBiases()) {
            throw new IllegalArgumentException("it was trained with another training.metric or other training.biases: "
                    + its.metric().label() + (its.userBiases() ? ", all" : "") + ", here it is "
                    + own.metric().label() + (own.userBiases() ? ", all" : ""));
        }
        copy(trained.factors().users(), model.users(), now);
        copy(trained.factors().items(), model.items(), now);
    }

    private static void copy(ParameterTable from, ParameterTable to, int now) {
        if (from.dimension() != to.dimension()) {
            throw new IllegalArgumentException("its rows have " + from.dimension()
                    + " numbers, recommendation.embedding_dim is " + to.dimension());
        }
        for (int row = 0; row < from.size(); row++) {
            int added = to.findOrAdd(from.id(row));
            to.used(added, now);
            System.arraycopy(from.chunk(row), from.offset(row), to.chunk(added), to.offset(added), to.dimension());
        }
    }

    /** Hands over what it was trained on, user by user. */
    void pairs(Pair pairs) {
        Histories histories = trained.histories();
        for (int user = 0; user < histories.users(); user++) {
            for (int i = histories.offsets()[user]; i < histories.offsets()[user + 1]; i++) {
                pairs.take(user, histories.items()[i]);
            }
        }
    }
}
