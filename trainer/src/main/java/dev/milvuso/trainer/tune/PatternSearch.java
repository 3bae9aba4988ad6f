package dev.milvuso.trainer.tune;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigException;
import dev.milvuso.trainer.batch.TrainedModel;
import dev.milvuso.trainer.data.HeldOut;
import dev.milvuso.trainer.data.Histories;
import dev.milvuso.trainer.data.PositivePairs;
import dev.milvuso.trainer.evaluation.Standings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Looks for better values from the configured ones on: one after the other is moved by a factor, up or down, and on as
 * long as it helps (Hooke and Jeeves, "Direct search", JACM 8, 1961). What helps is a mean NDCG@10, of one held-out
 * item of each user among 99 random ones, that is higher by more than its standard error, and by a share of it; so
 * chance alone does not lead away from what was configured. Trials are smaller and shorter than the training they are
 * for. What suits sparse data lies far from what suits others, and steps find no way there: on these the search first
 * looks there.
 */
public final class PatternSearch {
    /** Pairs of a user, on average, below which data are sparse. */
    private static final int SPARSE = 20;

    /** Judges there are at least, if there are so many users, and of how many pairs one is taken from sparser data. */
    private static final int FEWEST_JUDGES = 200;

    private static final int PAIRS_FOR_A_JUDGE = 8;

    private final Function<List<String>, Config> configs;
    private final Config configured;
    private final Watcher watcher;

    /** @param configs the configuration with further settings {@code section.key=value} */
    public PatternSearch(Function<List<String>, Config> configs, Watcher watcher) {
        this.configs = configs;
        this.configured = configs.apply(List.of());
        this.watcher = watcher;
    }

    /** Told after every trial. */
    public interface Watcher {
        void trial(int done, int most, double bestNdcg);
    }

    /**
     * Where a search has led.
     *
     * @param config to train with
     * @param values that were searched; those of the configuration if none was better
     * @param trials 0 if the data were too few to hold anything out or are ratings, or search is off
     * @param before NDCG@10 of the configured values on the held-out part
     * @param ndcg that of the best
     */
    public record Found(Config config, Values values, int trials, double before, double ndcg) {}

    /** @throws IllegalStateException if it was interrupted */
    public Found run(PositivePairs data) {
        Values start = Values.of(configured);
        // Ratings are not what a list is judged by.
        if (configured.search().trials() == 0 || data.isRated()) {
            return new Found(configured, start, 0, 0, 0);
        }
        Histories histories = data.histories();
        if (!anyHasTwo(histories)) {
            return new Found(configs.apply(start.ofPopularity()), start, 0, 0, 0);
        }
        if (!canHoldOut(histories)) {
            return new Found(configured, start, 0, 0, 0);
        }
        int most = Math.max(FEWEST_JUDGES, data.size() / PAIRS_FOR_A_JUDGE);
        boolean sparse = histories.items().length < SPARSE * (long) histories.users();
        return new Run(HeldOut.oneOfSomeUsers(data, configured.training().seed(), most), sparse).from(start);
    }

    private static boolean anyHasTwo(Histories histories) {
        return IntStream.range(0, histories.users())
                .anyMatch(user -> histories.offsets()[user + 1] - histories.offsets()[user] > 1);
    }

    /** Whether there are items enough to tell better from worse. */
    private static boolean canHoldOut(Histories histories) {
        return histories.items().length > 2
                && IntStream.of(histories.items()).distinct().count() > 2;
    }

    /** Evenly from all users: more would make a trial dearer and hardly surer. */
    private static PositivePairs some(PositivePairs heldOut, int most) {
        int count = Math.min(most, heldOut.size());
        PositivePairs some = new PositivePairs();
        for (int i = 0; i < count; i++) {
            int pair = (int) ((long) i * heldOut.size() / count);
            some.add(
                    heldOut.userIds().get(heldOut.user(pair)), heldOut.itemIds().get(heldOut.item(pair)));
        }
        return some;
    }

    private record Trial(Values values, Standings.Gains gains) {
        /**
         * Whether the mean difference to another is more than its standard error, and a share of what the other has.
         */
        boolean beats(Trial other, double leastGain) {
            double[] mine = gains.ndcg();
            double sum = 0;
            double squares = 0;
            for (int pair = 0; pair < mine.length; pair++) {
                double difference = mine[pair] - other.gains.ndcg()[pair];
                sum += difference;
                squares += difference * difference;
            }
            double mean = sum / mine.length;
            return mean > leastGain * other.gains.meanNdcg()
                    && mean > Math.sqrt((squares / mine.length - mean * mean) / mine.length);
        }
    }

    private final class Run {
        private final PositivePairs rest;
        private final PositivePairs judges;
        private final boolean sparse;
        private final List<Trial> trials = new ArrayList<>();
        private Trial best;

        Run(HeldOut parts, boolean sparse) {
            this.sparse = sparse;
            this.rest = parts.rest();
            this.judges = some(parts.heldOut(), configured.search().judges());
            this.best = new Trial(Values.of(configured), Standings.Gains.none(judges.size()));
        }

        Found from(Values start) {
            best = trial(start);
            if (sparse) {
                start.far().forEach(this::look);
            }
            int moved;
            do {
                moved = 0;
                for (int way = 0; way < start.ways(); way++) {
                    int up = follow(way, true);
                    moved += up > 0 ? up : follow(way, false);
                }
            } while (moved > 0);
            return new Found(
                    configs.apply(best.values().settings()),
                    best.values(),
                    trials.size(),
                    trials.get(0).gains().meanNdcg(),
                    best.gains().meanNdcg());
        }

        private void look(Values far) {
            if (trials.size() < configured.search().trials() && isAllowed(far)) {
                Trial trial = trial(far);
                best = trial.beats(best, configured.search().leastGain()) ? trial : best;
            }
        }

        /** Goes on as long as it helps; returns by how many steps. */
        private int follow(int way, boolean up) {
            int steps = 0;
            while (trials.size() < configured.search().trials()) {
                Values next = best.values().moved(way, up);
                if (!isAllowed(next)
                        || trials.stream().anyMatch(trial -> trial.values().equals(next))) {
                    break;
                }
                Trial trial = trial(next);
                if (!trial.beats(best, configured.search().leastGain())) {
                    break;
                }
                best = trial;
                steps++;
            }
            return steps;
        }

        private boolean isAllowed(Values values) {
            try {
                Config unused = configs.apply(values.settings());
                return values.isAllowed(configured);
            } catch (ConfigException outOfRange) {
                return false;
            }
        }

        private Trial trial(Values values) {
            Config config = configs.apply(settings(values));
            Trial trial = new Trial(values, gains(config));
            trials.add(trial);
            watcher.trial(
                    trials.size(),
                    configured.search().trials(),
                    Math.max(best.gains().meanNdcg(), trial.gains().meanNdcg()));
            return trial;
        }

        private List<String> settings(Values values) {
            int dimension = Math.min(
                    configured.search().embeddingDim(),
                    configured.recommendation().embeddingDim());
            List<String> settings = new ArrayList<>(values.settings());
            settings.addAll(values.trialSettings(configured, sparse));
            settings.add("recommendation.embedding_dim=" + dimension);
            settings.add("milvus.dimension=" + dimension);
            return settings;
        }

        private Standings.Gains gains(Config config) {
            try {
                TrainedModel model = Trained.by(config, rest).model();
                return Standings.of(model, judges).amongRandom();
            } catch (IllegalStateException failed) {
                if (Thread.currentThread().isInterrupted()) {
                    throw failed;
                }
                // It diverged: as bad as can be, and others may be better.
                return Standings.Gains.none(judges.size());
            }
        }
    }
}
