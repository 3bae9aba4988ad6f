package dev.milvuso.trainer.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.milvuso.config.ConfigLoader;
import dev.milvuso.config.TrainingConfig;
import dev.milvuso.trainer.data.Histories;
import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.parameter.ParameterTable;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is trained is what is searched. */
final class MetricsTest {
    private static final int DIMENSION = 16;

    private final Tastes tastes = new Tastes(3);

    @TempDir
    Path directory;

    private FactorModel train(String... settings) {
        Stream<String> base = Stream.of("training.epochs=40", "training.threads=1", "training.learning_rate=0.05");
        TrainingConfig config = ConfigLoader.load(
                        Optional.empty(),
                        Map.of(),
                        Stream.concat(base, Stream.of(settings)).toList())
                .training();
        return new BatchTrainer(config, DIMENSION, (epoch, loss, rate, left) -> {})
                .train(tastes.pairs())
                .model();
    }

    @ParameterizedTest
    @CsvSource({
        "inner_product, off", "inner_product, item", "inner_product, all",
        "cosine, off", "cosine, item", "cosine, all",
        "euclidean, off", "euclidean, item", "euclidean, all"
    })
    void anExactSearchGivesTheModelsOrderAndTheModelKnowsTastes(String metric, String biases) {
        FactorModel model = train("training.metric=" + metric, "training.biases=" + biases);

        assertThat(tastes.hitRate(model)).isGreaterThan(2 * tastes.hitRateOfPopularity());
        try (EmbeddedVectorStore store = EmbeddedVectorStore.inMemory()) {
            store.create(
                    new CollectionSchema("items", DIMENSION, model.scoring().metric(), List.of()));
            store.upsert("items", entities(model.items()));
            for (int user = 0; user < 40; user++) {
                List<String> found = search(store, model, user);
                assertThat(found).hasSize(model.items().size()).doesNotHaveDuplicates();
                assertOrdered(found, model, user);
            }
        }
    }

    /** But for what two ways to add up the same numbers make different. */
    private static void assertOrdered(List<String> found, FactorModel model, int user) {
        double before = Double.POSITIVE_INFINITY;
        for (String id : found) {
            double score = model.score(user, model.items().find(id));
            assertThat(score).isLessThan(before + 2e-6 * Math.max(1, Math.abs(score)));
            before = score;
        }
    }

    private static List<Entity> entities(ParameterTable items) {
        return IntStream.range(0, items.size())
                .mapToObj(item -> new Entity(items.id(item), items.vector(item), Map.of()))
                .toList();
    }

    private static List<String> search(EmbeddedVectorStore store, FactorModel model, int user) {
        SearchRequest request =
                SearchRequest.nearest(model.users().vector(user), model.items().size());
        return store.search("items", request).stream().map(Hit::id).toList();
    }

    @ParameterizedTest
    @CsvSource({"inner_product", "cosine", "euclidean"})
    void aModelDirectoryKeepsHowItScores(String metric) {
        FactorModel model = train("training.metric=" + metric, "training.biases=all", "training.epochs=2");
        ModelDirectory place = new ModelDirectory(directory.resolve(metric));
        place.write(new TrainedModel(model, tastes.pairs().histories()));
        FactorModel read = place.read().factors();

        assertThat(read.scoring()).isEqualTo(model.scoring());
        assertThat(read.estimate(3, 4)).isEqualTo(model.estimate(3, 4));
        String manifest = manifest(place);
        assertThat(manifest).contains("\"format\" : " + (metric.equals("inner_product") ? 1 : 2));
    }

    private static String manifest(ModelDirectory place) {
        try {
            return Files.readString(place.path().resolve("model.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As often as they are drawn, the negatives stand for all that was not chosen. */
    @ParameterizedTest
    @CsvSource({"inner_product, 2", "inner_product, 8", "euclidean, 4"})
    void theMeanProbabilityOfAllPairsIsTheShareThatWasChosen(String metric, double ratio) {
        FactorModel model = train(
                "training.metric=" + metric,
                "training.biases=all",
                "training.negative_sampling_ratio=" + ratio,
                "training.exclude_known=true");
        Histories histories = tastes.pairs().histories();
        double sum = 0;
        double pairs = (double) model.users().size() * model.items().size();
        for (int user = 0; user < model.users().size(); user++) {
            for (int item = 0; item < model.items().size(); item++) {
                sum += 1 / (1 + Math.exp(-model.estimate(user, item)));
            }
        }
        double share = histories.items().length / pairs;
        assertThat(sum / pairs).isCloseTo(share, within(0.25 * share));
    }

    @Test
    void whereThereAreUserBiasesBothConstantsStayOne() {
        FactorModel model = train("training.biases=all", "training.optimizer=adamw", "training.learning_rate=0.005");
        for (int row = 0; row < model.items().size(); row++) {
            assertThat(model.items().vector(row)[DIMENSION - 2]).isEqualTo(1);
            assertThat(model.items().vector(row)[DIMENSION - 1]).isNotZero();
            assertThat(model.users().vector(row)[DIMENSION - 1]).isEqualTo(1);
            assertThat(model.users().vector(row)[DIMENSION - 2]).isNotZero();
        }
    }
}
