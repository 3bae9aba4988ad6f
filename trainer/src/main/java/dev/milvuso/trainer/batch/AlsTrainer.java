package dev.milvuso.trainer.batch;

import dev.milvuso.config.AlsConfig;
import dev.milvuso.trainer.als.Als;
import dev.milvuso.trainer.data.PositivePairs;

/** Alternating least squares as a batch run: an iteration is an epoch, its samples are the positives. */
record AlsTrainer(AlsConfig config, int dimension, Progress progress) {
    BatchTrainer.Trained train(PositivePairs data) {
        long started = System.nanoTime();
        Als.Trained trained = Als.train(data, config, dimension, (halves, loss) -> {
            if (halves % 2 == 0) {
                tell(halves / 2, loss, data.size(), (System.nanoTime() - started) / 1e9);
            }
        });
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

    private void tell(int iteration, double loss, int pairs, double seconds) {
        double left = seconds / iteration * (config.iterations() - iteration);
        progress.epoch(iteration, loss, (double) iteration * pairs / seconds, left);
    }
}
