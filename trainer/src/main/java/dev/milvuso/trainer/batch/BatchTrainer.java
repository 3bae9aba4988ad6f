package dev.milvuso.trainer.batch;

import dev.milvuso.config.TrainingConfig;
import dev.milvuso.trainer.data.PositivePairs;
import dev.milvuso.trainer.model.FactorModel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Gradient descent over all cores, in {@link Strata} in which no two threads share a row. The same seed gives the same
 * model, with any number of threads, also when the run was broken off and went on from a checkpoint.
 */
public final class BatchTrainer {
    private final TrainingConfig config;
    private final int dimension;
    private final Progress progress;
    private final Optional<Path> checkpoint;

    public BatchTrainer(TrainingConfig config, int dimension, Progress progress) {
        this(config, dimension, progress, Optional.empty());
    }

    /** @param checkpoint where checkpoints go, and where to go on from if there is one */
    public BatchTrainer(TrainingConfig config, int dimension, Progress progress, Optional<Path> checkpoint) {
        this.config = config;
        this.dimension = dimension;
        this.progress = progress;
        this.checkpoint = config.checkpointEpochs() == 0 ? Optional.empty() : checkpoint;
    }

    /** A model and what making it took. */
    public record Trained(FactorModel model, TrainingResult result) {}

    /**
     * @throws IllegalArgumentException if there are fewer than two items, or the checkpoint is of another run, or
     *     written by one
     * @throws IllegalStateException if the loss is no longer finite
     */
    public Trained train(PositivePairs data) {
        if (data.itemIds().size() < 2) {
            throw new IllegalArgumentException(
                    "the data holds one item alone: there must be at least two, to learn which is preferred");
        }
        data.sortByUser();
        if (checkpoint.isEmpty()) {
            return trainOn(data);
        }
        CheckpointLock lock = CheckpointLock.of(checkpoint.get());
        try {
            return trainOn(data);
        } finally {
            lock.close();
        }
    }

    private Trained trainOn(PositivePairs data) {
        TrainingPlan plan = new TrainingPlan(config, dimension, data);
        HeldOut heldOut = new HeldOut(config.seed(), config.heldOut(), config.patience());
        Optional<Checkpoint> saved = checkpoint.map(path -> new Checkpoint(path, run(data)));
        Checkpoint.Progressed resumed =
                saved.map(file -> file.read(plan, heldOut)).orElse(new Checkpoint.Progressed(0, 0));
        data.userIds().forEach(plan.model().users()::findOrAdd);
        data.itemIds().forEach(plan.model().items()::findOrAdd);
        ExecutorService pool = Executors.newFixedThreadPool(threads());
        try {
            Trained trained = train(plan, heldOut, pool, saved, resumed);
            saved.ifPresent(Checkpoint::delete);
            return trained;
        } finally {
            pool.shutdownNow();
        }
    }

    private String run(PositivePairs data) {
        return config + " dimension " + dimension + " pairs " + data.size() + " sum " + data.sum();
    }

    private int threads() {
        return config.threads() == 0 ? Runtime.getRuntime().availableProcessors() : config.threads();
    }

    private Trained train(
            TrainingPlan plan,
            HeldOut heldOut,
            ExecutorService pool,
            Optional<Checkpoint> saved,
            Checkpoint.Progressed resumed) {
        progress.begun();
        long started = System.nanoTime();
        long samples = 0;
        double loss = 0;
        int epoch = resumed.epochs();
        boolean ended = heldOut.isOver();
        ItemBlocks blocks = new ItemBlocks(
                plan.model().items(),
                Epoch.blocks(plan.data().size(), plan.model().items().size()));
        while (epoch < config.epochs() && !ended) {
            Epoch.Sum sum = new Epoch(plan, heldOut, blocks, epoch++).run(pool, threads());
            samples += sum.samples();
            loss = sum.loss() / Math.max(1, sum.samples());
            check(loss, epoch);
            double seconds = (System.nanoTime() - started) / 1e9;
            double eachEpoch = seconds / (epoch - resumed.epochs());
            progress.epoch(epoch, loss, samples / seconds, eachEpoch * (config.epochs() - epoch));
            progress.model(
                    epoch, () -> new TrainedModel(plan.trained(), plan.data().histories()));
            ended = heldOut.ends(plan);
            if (saved.isPresent() && epoch % config.checkpointEpochs() == 0) {
                saved.get().write(plan, heldOut, new Checkpoint.Progressed(epoch, resumed.samples() + samples));
            }
        }
        heldOut.restore(plan);
        double seconds = (System.nanoTime() - started) / 1e9;
        return new Trained(plan.trained(), result(plan, epoch, resumed.samples() + samples, samples, seconds, loss));
    }

    private void check(double loss, int epoch) {
        if (!Double.isFinite(loss)) {
            throw new IllegalStateException("training diverged in epoch " + epoch + ": training.learning_rate is "
                    + config.learningRate() + ", a smaller one is needed");
        }
    }

    private static TrainingResult result(
            TrainingPlan plan, int epochs, long samples, long samplesNow, double seconds, double loss) {
        PositivePairs data = plan.data();
        return new TrainingResult(
                plan.model().users().size(),
                plan.model().items().size(),
                data.size(),
                data.notPositive(),
                data.skipped(),
                epochs,
                samples,
                seconds,
                samplesNow / seconds,
                loss,
                PeakMemory.bytes());
    }
}
