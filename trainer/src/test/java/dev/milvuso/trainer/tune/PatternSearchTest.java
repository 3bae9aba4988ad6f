package dev.milvuso.trainer.tune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.trainer.batch.TrainedModel;
import dev.milvuso.trainer.data.PositivePairs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Users who each like one of four kinds of items. */
final class PatternSearchTest {
    private static PatternSearch search(List<Integer> told, String... own) {
        return new PatternSearch(
                further -> {
                    List<String> settings = new ArrayList<>(List.of(
                            "training.threads=1",
                            "training.epochs=12",
                            "search.trials=20",
                            "search.epochs=4",
                            "search.embedding_dim=8"));
                    settings.addAll(List.of(own));
                    settings.addAll(further);
                    return ConfigLoader.load(Optional.empty(), Map.of(), settings);
                },
                (done, most, best) -> told.add(done));
    }

    private static PositivePairs data(int count) {
        SplittableRandom random = new SplittableRandom(1);
        PositivePairs data = new PositivePairs();
        for (int i = 0; i < count; i++) {
            int user = i % 400;
            data.add("u" + user, "i" + (4 * random.nextInt(40) + user % 4));
        }
        return data;
    }

    @Test
    void aPenaltyThatIsFarTooHighIsLoweredAsLongAsItHelps() {
        List<Integer> told = new ArrayList<>();
        PatternSearch.Found found = search(told, "training.learning_rate=0.1", "training.regularization=0.1")
                .run(data(8000));
        assertThat(found.ndcg()).isGreaterThan(1.2 * found.before());
        assertThat(regularization(found)).isLessThan(0.07);
        assertThat(found.trials()).isEqualTo(told.size()).isLessThanOrEqualTo(20);
        Config config = found.config();
        assertThat(found.values().settings()).contains("training.regularization=" + regularization(found));
        assertThat(config.training().learningRate()).isEqualTo(0.1);
        // What only the trials have is gone.
        assertThat(config.training().epochs()).isEqualTo(12);
        assertThat(config.recommendation().embeddingDim()).isEqualTo(64);
    }

    private static double regularization(PatternSearch.Found found) {
        return found.config().training().regularization();
    }

    @Test
    void leastSquaresAreSearchedInTheirOwnKeys() {
        PatternSearch.Found found = search(
                        new ArrayList<>(),
                        "training.algorithm=als",
                        "als.unobserved_weight=8",
                        "als.regularization=0.02",
                        "als.iterations=6",
                        "search.embedding_dim=32")
                .run(data(2400));
        assertThat(found.ndcg()).isGreaterThan(1.02 * found.before());
        assertThat(found.config().als().regularization()).isGreaterThan(0.02);
        assertThat(found.config().als().iterations()).isEqualTo(6);
        assertThat(found.values().settings())
                .containsExactly(
                        "als.regularization=" + found.config().als().regularization(),
                        "als.unobserved_weight=" + found.config().als().unobservedWeight());
        assertThat(Values.of(search(new ArrayList<>(), "training.algorithm=als", "search.trials=0")
                                .run(data(4000))
                                .config())
                        .settings())
                .containsExactly("als.regularization=0.005", "als.alpha=0.25");
    }

    /** Two items of one kind each: what was held out of every user would leave nothing to learn from. */
    @Test
    void whereUsersHaveTwoItemsThePenaltyThatSuitsThemIsFound() {
        SplittableRandom random = new SplittableRandom(3);
        PositivePairs data = new PositivePairs();
        for (int user = 0; user < 2000; user++) {
            for (int i = 0; i < 2; i++) {
                data.add("u" + user, "i" + (4 * random.nextInt(10) + user % 4));
            }
        }
        PatternSearch.Found found = search(
                        new ArrayList<>(),
                        "training.algorithm=als",
                        "als.unobserved_weight=6",
                        "als.regularization=0.015",
                        "als.iterations=8",
                        "search.embedding_dim=32",
                        "search.trials=10")
                .run(data);
        assertThat(found.config().als().regularization()).isBetween(0.04, 0.3);
        assertThat(found.ndcg()).isGreaterThan(1.1 * found.before());
    }

    @Test
    void whereNobodyHasTwoItemsLeastSquaresLearnWhatIsPopular() {
        PositivePairs data = new PositivePairs();
        for (int user = 0; user < 60; user++) {
            data.add("u" + user, "i" + (user % 3 == 0 ? user % 7 : 99));
        }
        Config config =
                search(new ArrayList<>(), "training.algorithm=als").run(data).config();
        TrainedModel model = Trained.by(config, data).model();
        int popular = model.factors().items().find("i99");
        for (int user = 0; user < 60; user++) {
            for (int item = 0; item < model.factors().items().size(); item++) {
                assertThat(model.factors().score(user, popular))
                        .isGreaterThanOrEqualTo(model.factors().score(user, item));
            }
        }
        PatternSearch.Found steps = search(new ArrayList<>()).run(data);
        assertThat(regularization(steps)).as("steps learn biases anyway").isEqualTo(0.005);
    }

    @Test
    void theSameSeedLeadsToTheSameValues() {
        PatternSearch.Found one = search(new ArrayList<>()).run(data(2000));
        PatternSearch.Found other = search(new ArrayList<>()).run(data(2000));
        assertThat(other.values()).isEqualTo(one.values());
        assertThat(other.ndcg()).isEqualTo(one.ndcg());
    }

    @Test
    void whatNothingBeatsStaysAsConfigured() {
        PatternSearch.Found found = search(new ArrayList<>(), "search.trials=1").run(data(2000));
        assertThat(found.trials()).isEqualTo(1);
        assertThat(found.ndcg()).isEqualTo(found.before());
        assertThat(found.values().settings())
                .containsExactly("training.regularization=0.005", "training.negative_sampling_ratio=8.0");
    }

    @Test
    void aStepThatGainsLessThanAskedForIsNotTaken() {
        String[] tooHigh = {"training.learning_rate=0.1", "training.regularization=0.1", "search.least_gain=1"};
        PatternSearch.Found found = search(new ArrayList<>(), tooHigh).run(data(2000));
        assertThat(found.ndcg()).isEqualTo(found.before());
        assertThat(regularization(found)).isEqualTo(0.1);
    }

    @Test
    void withoutTrialsOrWithNothingToHoldOutNothingIsSearched() {
        assertThat(search(new ArrayList<>(), "search.trials=0").run(data(2000)).trials())
                .isZero();
        PositivePairs one = new PositivePairs();
        one.add("u", "a");
        one.add("v", "b");
        one.add("w", "c");
        assertThat(search(new ArrayList<>()).run(one).trials()).isZero();
    }

    @Test
    void aRunThatDivergesIsAsBadAsCanBe() {
        PatternSearch.Found found = search(new ArrayList<>(), "training.learning_rate=10", "training.max_norm=0")
                .run(data(2000));
        assertThat(found.ndcg()).isGreaterThanOrEqualTo(found.before());
        assertThat(found.trials()).isPositive();
    }

    @Test
    void aStepOfNegativesTakesTheirShareOfL2AndTheWayBackLeadsHome() {
        GradientValues start = new GradientValues(0.0045, 8);
        assertThat(start.moved(1, true)).isEqualTo(new GradientValues(0.003, 16));
        assertThat(start.moved(0, true).moved(0, false)).isEqualTo(start);
    }
}
