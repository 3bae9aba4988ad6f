package dev.milvuso.trainer.tune;

import dev.milvuso.config.Config;
import dev.milvuso.trainer.batch.TrainedModel;
import dev.milvuso.trainer.batch.Training;
import dev.milvuso.trainer.data.HeldOut;
import dev.milvuso.trainer.data.PositivePairs;
import dev.milvuso.trainer.evaluation.Evaluation;
import dev.milvuso.trainer.evaluation.EvaluationResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Random search (Bergstra and Bengio, JMLR 13, 2012) and successive halving (Jamieson and Talwalkar, AISTATS 2016),
 * which trains many choices for few epochs and only the better ones for more. Each trial trains on one thread, several
 * at a time, so that one seed gives one result.
 */
public final class Search {
    private static final int LIST = 10;

    private final Function<List<String>, Config> configs;
    private final List<Range> ranges;
    private final int trials;
    private final int eta;

    /**
     * @param configs the configuration with further settings {@code section.key=value}
     * @param trials how many choices are drawn, at least 1
     * @param eta of that many choices the best goes on, at least 2; 1: all are trained for the full number of epochs
     */
    public Search(Function<List<String>, Config> configs, List<Range> ranges, int trials, int eta) {
        this.configs = configs;
        this.ranges = List.copyOf(ranges);
        this.trials = trials;
        this.eta = eta;
    }

    /** Told after every trial. */
    public interface Watcher {
        void trial(int done, int all, double bestNdcg);
    }

    private record Choice(int number, Map<String, String> values) {}

    /**
     * @throws IllegalArgumentException in one sentence, if the data are too few or a range leaves that of its key
     * @throws IllegalStateException if every trial diverged, or it was interrupted
     */
    public TuneResult run(PositivePairs data, Watcher watcher) {
        long started = System.nanoTime();
        Config config = configs.apply(List.of());
        HeldOut parts = HeldOut.oneOfEachUser(data, config.training().seed());
        List<Choice> choices = draw(config.training().seed());
        List<Integer> rungs = rungs(Training.epochs(config));
        int all = 0;
        for (int r = 0, left = trials; r < rungs.size(); r++, left = kept(left)) {
            all += left;
        }
        List<TuneResult.Trial> done = new ArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            for (int epochs : rungs) {
                List<TuneResult.Trial> ended = rung(pool, choices, epochs, parts, done, all, watcher);
                int keep = kept(choices.size());
                List<Integer> best =
                        ended.stream().limit(keep).map(TuneResult.Trial::number).toList();
                choices = choices.stream()
                        .filter(choice -> best.contains(choice.number()))
                        .toList();
            }
        } finally {
            pool.shutdownNow();
        }
        TuneResult.Trial best = done.stream().min(TuneResult.Trial.BEST_FIRST).orElseThrow();
        if (!best.fault().isEmpty()) {
            throw new IllegalStateException("every trial failed, the first: " + best.fault());
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        return new TuneResult(
                eta > 1 ? "halving" : "random", data.size(), parts.heldOut().size(), seconds, best, done);
    }

    private int kept(int choices) {
        return Math.max(1, choices / Math.max(1, eta));
    }

    /** Epochs of each round, the last the full number. */
    private List<Integer> rungs(int epochs) {
        List<Integer> rungs = new ArrayList<>(List.of(epochs));
        for (int left = trials; eta > 1 && left >= eta && rungs.get(0) > 1; left /= eta) {
            rungs.add(0, Math.max(1, rungs.get(0) / eta));
        }
        return rungs;
    }

    private List<Choice> draw(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Choice> choices = new ArrayList<>();
        for (int number = 1; number <= trials; number++) {
            Map<String, String> values = new LinkedHashMap<>();
            ranges.forEach(range -> values.put(range.key(), range.draw(random)));
            Choice choice = new Choice(number, values);
            // Before any work: a range that leaves what its key may be is the user's mistake.
            Config unused = configs.apply(settings(choice, 1));
            choices.add(choice);
        }
        return choices;
    }

    private static List<String> settings(Choice choice, int epochs) {
        List<String> settings = new ArrayList<>();
        choice.values()
                .forEach((key, value) -> settings.add((key.contains(".") ? "" : "training.") + key + "=" + value));
        settings.add("training.epochs=" + epochs);
        settings.add("training.threads=1");
        settings.add("als.iterations=" + epochs);
        settings.add("als.threads=1");
        return settings;
    }

    /** Trains every choice for so many epochs; the best first. */
    private List<TuneResult.Trial> rung(
            ExecutorService pool,
            List<Choice> choices,
            int epochs,
            HeldOut parts,
            List<TuneResult.Trial> done,
            int all,
            Watcher watcher) {
        List<Future<TuneResult.Trial>> running = choices.stream()
                .map(choice -> pool.submit((Callable<TuneResult.Trial>) () -> trial(choice, epochs, parts)))
                .toList();
        List<TuneResult.Trial> ended = new ArrayList<>();
        for (Future<TuneResult.Trial> trial : running) {
            TuneResult.Trial one = get(trial);
            ended.add(one);
            done.add(one);
            watcher.trial(
                    done.size(),
                    all,
                    done.stream().mapToDouble(TuneResult.Trial::ndcg).max().orElse(0));
        }
        ended.sort(TuneResult.Trial.BEST_FIRST);
        return ended;
    }

    private static TuneResult.Trial get(Future<TuneResult.Trial> trial) {
        try {
            return trial.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the search was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IllegalArgumentException wrong) {
                throw wrong;
            }
            throw new IllegalStateException("a trial failed: " + e.getCause(), e);
        }
    }

    private TuneResult.Trial trial(Choice choice, int epochs, HeldOut parts) {
        long started = System.nanoTime();
        Config config = configs.apply(settings(choice, epochs));
        try {
            TrainedModel model = Trained.by(config, parts.rest()).model();
            EvaluationResult quality = Evaluation.fullRanking(model, parts.heldOut(), LIST);
            return ended(config, choice, epochs, quality.ndcg(), quality.hr(), started, "");
        } catch (IllegalStateException diverged) {
            return ended(config, choice, epochs, 0, 0, started, String.valueOf(diverged.getMessage()));
        }
    }

    private static TuneResult.Trial ended(
            Config config, Choice choice, int epochs, double ndcg, double hr, long started, String fault) {
        String algorithm = config.training().algorithm();
        return new TuneResult.Trial(
                choice.number(),
                algorithm,
                epochs,
                choice.values(),
                ndcg,
                hr,
                (System.nanoTime() - started) / 1e9,
                fault);
    }
}
