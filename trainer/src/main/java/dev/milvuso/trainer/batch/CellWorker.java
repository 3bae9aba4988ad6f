package dev.milvuso.trainer.batch;

import java.util.Optional;
import java.util.concurrent.Callable;

/** One thread's work in an epoch: cell after cell, as long as there are any. */
record CellWorker(TrainingPlan plan, Epoch epoch) implements Callable<Void> {
    @Override
    public Void call() throws InterruptedException {
        Strata strata = epoch.strata();
        boolean over = false;
        try {
            // Made by the thread that works with it: what two threads write to should not lie side by side.
            CellLearner learner = new CellLearner(plan, epoch);
            for (Optional<Strata.Cell> next = strata.take(); next.isPresent(); next = strata.take()) {
                learner.learn(next.get());
                strata.done(next.get());
            }
            over = true;
        } finally {
            if (!over) {
                strata.fail();
            }
        }
        return null;
    }
}
