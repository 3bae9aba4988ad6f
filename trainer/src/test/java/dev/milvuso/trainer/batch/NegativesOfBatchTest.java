package dev.milvuso.trainer.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.milvuso.config.ConfigLoader;
import dev.milvuso.config.TrainingConfig;
import dev.milvuso.trainer.data.Histories;
import dev.milvuso.trainer.data.PositivePairs;
import dev.milvuso.trainer.model.FactorModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What batch training learns against, and how much of the data it takes. */
final class NegativesOfBatchTest {
    private static TrainingConfig config(String... settings) {
        Stream<String> base = Stream.of("training.threads=1", "training.epochs=20");
        return ConfigLoader.load(
                        Optional.empty(),
                        Map.of(),
                        Stream.concat(base, Stream.of(settings)).toList())
                .training();
    }

    private static BatchTrainer.Trained train(PositivePairs data, int dimension, String... settings) {
        return new BatchTrainer(config(settings), dimension, (epoch, loss, rate, left) -> {}).train(data);
    }

    @Test
    void dropoutLeavesOutItsShareOfThePairsAndAnotherOneInEveryEpoch() {
        PositivePairs data = new Tastes(3).pairs();
        long all = train(data, 8, "training.negative_sampling_ratio=0").result().samples();
        long left = train(data, 8, "training.negative_sampling_ratio=0", "training.dropout=0.3")
                .result()
                .samples();
        assertThat(all).isEqualTo(20L * data.size());
        assertThat(left / (double) all).isCloseTo(0.7, within(5 * Math.sqrt(0.21 / all)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"uniform", "popularity", "in_batch"})
    void whatAUserHasChosenIsNeverANegativeWhereItIsExcluded(String sampler) {
        PositivePairs data = new Tastes(3).pairs();
        Histories histories = data.histories();
        String[] settings = {
            "training.negative_sampler=" + sampler, "training.exclude_known=true", "training.hard_candidates=2"
        };
        assertThat(known(new TrainingPlan(config(settings), 8, data), histories))
                .isZero();
        settings[1] = "training.exclude_known=false";
        assertThat(known(new TrainingPlan(config(settings), 8, data), histories))
                .isPositive();
    }

    private static int known(TrainingPlan plan, Histories histories) {
        PositivePairs data = plan.data();
        data.userIds().forEach(plan.model().users()::findOrAdd);
        data.itemIds().forEach(plan.model().items()::findOrAdd);
        HeldOut none = new HeldOut(1, 0, 1);
        Epoch epoch = new Epoch(plan, none, new ItemBlocks(plan.model().items(), 2), 0);
        BlockNegatives negatives = new BlockNegatives(plan, epoch, 1, new SplittableRandom(1));
        int known = 0;
        // The first user has chosen all there is.
        for (int pair = 200; pair < data.size(); pair++) {
            int user = data.user(pair);
            int place = epoch.blocks().place(data.item(pair));
            if (place >= epoch.blocks().from(1)) {
                int drawn = negatives.draw(user, place);
                assertThat(drawn)
                        .isBetween(epoch.blocks().from(1), epoch.blocks().to(1) - 1)
                        .isNotEqualTo(place);
                known += histories.contains(user, epoch.blocks().item(drawn)) ? 1 : 0;
            }
        }
        return known;
    }

    /** The scores of a softmax are logarithms of how likely an item is, whatever the negatives were drawn by. */
    @ParameterizedTest
    @ValueSource(strings = {"uniform", "popularity", "in_batch"})
    void theCorrectionUndoesHowOftenAnItemWasDrawn(String sampler) {
        PositivePairs data = new PositivePairs();
        SplittableRandom random = new SplittableRandom(4);
        for (int choice = 0; choice < 8000; choice++) {
            int item = random.nextInt(11) == 0 ? 10 + random.nextInt(10) : random.nextInt(10);
            data.add("u" + random.nextInt(100), "i" + item);
        }
        FactorModel model = train(
                        data,
                        2,
                        "training.loss=softmax",
                        "training.negative_sampler=" + sampler,
                        "training.batch_size=2000",
                        "training.regularization=0",
                        "training.initializer=normal",
                        "training.initializer_gain=0.0001",
                        "training.learning_rate=0.05")
                .model();
        double difference = 0;
        for (int item = 0; item < 10; item++) {
            difference += score(model, "i" + item) - score(model, "i" + (item + 10));
        }
        assertThat(difference / 10).isCloseTo(Math.log(10), within(0.35));
    }

    private static double score(FactorModel model, String item) {
        return List.of("u1", "u2", "u3", "u4").stream()
                .mapToDouble(user ->
                        model.score(model.users().find(user), model.items().find(item)))
                .average()
                .orElseThrow();
    }
}
