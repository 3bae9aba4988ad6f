package dev.milvuso.trainer.batch;

import dev.milvuso.config.AlsConfig;
import dev.milvuso.trainer.als.Als;
import dev.milvuso.trainer.data.PositivePairs;
import dev.milvuso.trainer.model.FactorModel;
import java.util.function.Supplier;

/** Alternating least squares as a batch run: an iteration is an epoch, its samples are the positives. */
public record AlsTrainer(AlsConfig config, int dimension, Progress progress) {
    /** @throws IllegalStateException if interrupted, or if the loss is no longer finite */
    public BatchTrainer.Trained train(PositivePairs data) {
        long started = System.nanoTime();
        Als.Trained trained = Als.train(data, config, dimension, new Iterations(data, started));
        double seconds = (System.nanoTime() - started) / 1e9;
        long samples = (long) config.iterations() * data.size();
        return new BatchTrainer.Trained(
                trained.model(),
                new TrainingResult(
                        trained.model().users().size(),
                        trained.model().items().size(),
                        data.size(),
                        data.notPositive(),
                        data.skipped(),
                        config.iterations(),
                        samples,
                        seconds,
                        samples / seconds,
                        trained.loss(),
                        PeakMemory.bytes()));
    }

    private final class Iterations implements Als.Progress {
        private final PositivePairs data;
        private final long started;

        Iterations(PositivePairs data, long started) {
            this.data = data;
            this.started = started;
        }

        @Override
        public void begun() {
            progress.begun();
        }

        @Override
        public void solved(int halves, double loss) {
            if (halves % 2 != 0) {
                return;
            }
            int iteration = halves / 2;
            double seconds = (System.nanoTime() - started) / 1e9;
            double left = seconds / iteration * (config.iterations() - iteration);
            progress.epoch(iteration, loss, (double) iteration * data.size() / seconds, left);
        }

        @Override
        public void model(int iteration, Supplier<FactorModel> model) {
            progress.model(iteration, () -> new TrainedModel(model.get(), data.histories()));
        }
    }
}
