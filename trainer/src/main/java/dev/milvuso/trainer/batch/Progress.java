package dev.milvuso.trainer.batch;

import java.util.function.Supplier;

/** Told how a batch run comes along. */
public interface Progress {
    /** Told once, when the data lies ready and the first step is about to be taken. */
    default void begun() {}

    /**
     * Told after every epoch.
     *
     * @param secondsLeft estimate for the remaining epochs
     */
    void epoch(int epoch, double loss, double samplesPerSecond, double secondsLeft);

    /**
     * Offered the model after every epoch, while no step is being taken.
     *
     * @param model costs something to make and may change once this method has returned
     */
    default void model(int epoch, Supplier<TrainedModel> model) {}
}
