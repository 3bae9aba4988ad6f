package dev.milvuso.trainer.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.trainer.data.DataFormat;
import dev.milvuso.trainer.data.OnError;
import dev.milvuso.trainer.evaluation.Evaluation;
import dev.milvuso.trainer.evaluation.RatingResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ratings whose mean, biases and tastes are known. */
final class RatingsTest {
    private static final double MEAN = 2.8;
    private static final double NOISE = 0.2;

    @TempDir
    Path directory;

    private final List<String> training = new ArrayList<>();
    private final List<String> test = new ArrayList<>();
    private double testSquares;

    /** 200 users and 80 items; a quarter of all pairs is rated, every tenth of these for the test. */
    private void generate() {
        SplittableRandom random = new SplittableRandom(5);
        for (int user = 0; user < 200; user++) {
            for (int item = 0; item < 80; item++) {
                if (random.nextInt(4) == 0) {
                    double bias = 0.5 * Math.sin(user) + 0.5 * Math.cos(3 * item);
                    double taste = 0.5 * ((user % 2) * 2 - 1) * ((item % 2) * 2 - 1);
                    double rating = Math.min(5, Math.max(0.5, MEAN + bias + taste + NOISE * random.nextGaussian()));
                    boolean held = random.nextInt(10) == 0;
                    (held ? test : training).add("u" + user + "::i" + item + "::" + rating + "::1");
                    testSquares += held ? (bias + taste) * (bias + taste) : 0;
                }
            }
        }
    }

    private Path file(String name, List<String> lines) {
        try {
            return Files.write(directory.resolve(name), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Config config(String... settings) {
        Stream<String> base = Stream.of(
                "training.loss=squared",
                "training.biases=all",
                "training.epochs=60",
                "training.threads=1",
                "training.learning_rate=0.05",
                "training.regularization=0.01",
                "recommendation.embedding_dim=8",
                "milvus.dimension=8");
        return ConfigLoader.load(
                Optional.empty(),
                Map.of(),
                Stream.concat(base, Stream.of(settings)).toList());
    }

    private TrainingResult train(Config config, DataFormat format, Path data, Path model) {
        return Training.run(config, List.of(data), format, OnError.FAIL, model, (epoch, loss, rate, left) -> {});
    }

    @ParameterizedTest
    @CsvSource({"inner_product, all, 0.35", "inner_product, item, 0.45", "euclidean, all, 0.4", "cosine, all, 0.55"})
    void ratingsAreForetoldAlmostAsWellAsTheirNoiseAllows(String metric, String biases, double most) {
        generate();
        Path model = directory.resolve("model");
        Config config = config("training.metric=" + metric, "training.biases=" + biases);
        TrainingResult trained = train(config, DataFormat.MOVIELENS, file("ratings", training), model);
        RatingResult result =
                Evaluation.ratings(model, file("test", test), DataFormat.MOVIELENS, OnError.FAIL, config.actions());

        assertThat(trained.samples()).isEqualTo(60L * training.size());
        assertThat(result.ratings()).isEqualTo(test.size());
        assertThat(result.rmse()).isBetween(NOISE, most).isLessThan(0.7 * Math.sqrt(testSquares / test.size()));
        assertThat(result.mae()).isLessThan(result.rmse());
        assertThat(result.unknown()).isZero();
    }

    @Test
    void theGlobalBiasBeginsAtTheMeanAndIsWhatAnUnknownUserIsExpectedToRate() {
        Path model = directory.resolve("model");
        Path data = file("ratings.csv", List.of("user_id,item_id,value", "a,x,5", "b,y,3", "a,y,4"));
        Config config = config("training.epochs=1", "training.learning_rate=0.000001");
        train(config, DataFormat.CSV, data, model);
        Path unknown = file("test.csv", List.of("user_id,item_id,value", "z,x,5", "a,z,3"));
        RatingResult result = Evaluation.ratings(model, unknown, DataFormat.CSV, OnError.FAIL, config.actions());

        assertThat(result.unknown()).isEqualTo(2);
        assertThat(result.rmse()).isCloseTo(1, within(0.05));
    }

    @Test
    void whatIsNoRatingIsLeftOutAndNoneAtAllIsRefused() {
        Path model = directory.resolve("model");
        Path mixed = file(
                "mixed.csv",
                List.of("user_id,item_id,action_type,value", "a,x,Rate,1", "b,y,Rate,3", "a,y,Click,", "b,x,View,7"));
        assertThat(train(config(), DataFormat.CSV, mixed, model).interactions()).isEqualTo(2);
        assertThat(train(config(), DataFormat.CSV, mixed, model).notPositive()).isEqualTo(2);
        Path none = file("none.csv", List.of("user_id,item_id", "a,x", "b,y"));
        assertThatThrownBy(() -> train(config(), DataFormat.CSV, none, model))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no rating in it, must hold at least one where training.loss is");
    }
}
