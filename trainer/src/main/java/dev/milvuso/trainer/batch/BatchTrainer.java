package dev.milvuso.trainer.batch;

import dev.milvuso.config.TrainingConfig;
import dev.milvuso.trainer.data.PositivePairs;
import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.model.Learner;
import dev.milvuso.trainer.optimizer.Optimizer;
import dev.milvuso.trainer.sampling.NegativeSampler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Stochastic gradient descent over all cores without locks (Niu et al., Hogwild, NeurIPS 2011), the learning rate
 * falling linearly. With one thread the same seed gives the same model.
 */
public final class BatchTrainer {
    private final TrainingConfig config;
    private final int dimension;
    private final Progress progress;

    public BatchTrainer(TrainingConfig config, int dimension, Progress progress) {
        this.config = config;
        this.dimension = dimension;
        this.progress = progress;
    }

    /** A model and what making it took. */
    public record Trained(FactorModel model, TrainingResult result) {}

    private record Part(double loss, long samples) {}

    /**
     * @throws IllegalArgumentException if there are fewer than two items
     * @throws IllegalStateException if the loss is no longer finite
     */
    public Trained train(PositivePairs data) {
        if (data.itemIds().size() < 2) {
            throw new IllegalArgumentException(
                    "the data holds one item alone: there must be at least two, to learn which is preferred");
        }
        Optimizer optimizer = Optimizer.named(config.optimizer());
        FactorModel model = FactorModel.empty(dimension, optimizer, config.seed());
        data.userIds().forEach(model.users()::findOrAdd);
        data.itemIds().forEach(model.items()::findOrAdd);
        int threads = config.threads() == 0 ? Runtime.getRuntime().availableProcessors() : config.threads();
        SplittableRandom random = new SplittableRandom(config.seed());
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        long started = System.nanoTime();
        long samples = 0;
        double loss = 0;
        progress.begun();
        try {
            for (int epoch = 0; epoch < config.epochs(); epoch++) {
                Permutation order = new Permutation(data.size(), random.nextLong());
                Part sum = epoch(pool, threads, epoch, order, data, model, optimizer, random);
                samples += sum.samples();
                loss = sum.loss() / sum.samples();
                if (!Double.isFinite(loss)) {
                    throw new IllegalStateException("training diverged in epoch " + (epoch + 1)
                            + ": training.learning_rate is " + config.learningRate() + ", a smaller one is needed");
                }
                double seconds = (System.nanoTime() - started) / 1e9;
                progress.epoch(
                        epoch + 1, loss, samples / seconds, seconds / (epoch + 1) * (config.epochs() - epoch - 1));
                progress.model(epoch + 1, () -> new TrainedModel(model, data.histories()));
            }
        } finally {
            pool.shutdownNow();
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        return new Trained(
                model,
                new TrainingResult(
                        model.users().size(),
                        model.items().size(),
                        data.size(),
                        data.notPositive(),
                        data.skipped(),
                        config.epochs(),
                        samples,
                        seconds,
                        samples / seconds,
                        loss,
                        peakRssBytes()));
    }

    private Part epoch(
            ExecutorService pool,
            int threads,
            int epoch,
            Permutation order,
            PositivePairs data,
            FactorModel model,
            Optimizer optimizer,
            SplittableRandom random) {
        List<Callable<Part>> parts = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int from = (int) ((long) order.size() * t / threads);
            int to = (int) ((long) order.size() * (t + 1) / threads);
            SplittableRandom own = random.split();
            parts.add(() -> slice(epoch, order, from, to, data, model, optimizer, own));
        }
        double loss = 0;
        long samples = 0;
        try {
            for (Future<Part> part : pool.invokeAll(parts)) {
                loss += part.get().loss();
                samples += part.get().samples();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("training was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("training failed: " + e.getCause(), e);
        }
        return new Part(loss, samples);
    }

    private Part slice(
            int epoch,
            Permutation order,
            int from,
            int to,
            PositivePairs data,
            FactorModel model,
            Optimizer optimizer,
            SplittableRandom random) {
        double ratio = config.negativeSamplingRatio();
        Learner learner = new Learner(model, optimizer, config.regularization(), Learner.intercept(ratio));
        NegativeSampler sampler = new NegativeSampler(ratio, random);
        int items = model.items().size();
        double loss = 0;
        long samples = 0;
        int[] negatives = new int[(int) Math.ceil(ratio)];
        for (int i = from; i < to; i++) {
            double done = (epoch + (double) (i - from) / (to - from)) / config.epochs();
            float rate = (float) (config.learningRate() * Math.max(1 - done, 1e-3));
            int pair = order.at(i);
            int item = data.item(pair);
            int count = sampler.count();
            for (int n = 0; n < count; n++) {
                negatives[n] = sampler.draw(items, item);
            }
            loss += (1 + count) * learner.step(data.user(pair), item, negatives, count, 1, rate);
            samples += 1 + count;
        }
        return new Part(loss, samples);
    }

    /** As the kernel counts it; the heap in use where there is no such file. */
    private static long peakRssBytes() {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return Runtime.getRuntime().totalMemory();
        }
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
