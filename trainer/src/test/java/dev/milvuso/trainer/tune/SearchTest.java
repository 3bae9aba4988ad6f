package dev.milvuso.trainer.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigException;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.trainer.data.DataFormat;
import dev.milvuso.trainer.data.OnError;
import dev.milvuso.trainer.data.PositivePairs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users who each like one of two kinds of items. */
final class SearchTest {
    private static final List<Range> RANGES = List.of(Range.parse("learning_rate=0.00001..0.3"));

    @TempDir
    Path directory;

    private static Config config(List<String> further) {
        List<String> settings = new ArrayList<>(List.of("training.epochs=9"));
        settings.addAll(further);
        return ConfigLoader.load(Optional.empty(), Map.of(), settings);
    }

    private PositivePairs data() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 1200; i++) {
            int user = i % 80;
            lines.append("u")
                    .append(user)
                    .append(" i")
                    .append(2 * random.nextInt(20) + user % 2)
                    .append('\n');
        }
        Path file = Files.writeString(directory.resolve("data"), lines);
        return PositivePairs.read(
                List.of(file),
                DataFormat.ADJACENCY,
                OnError.FAIL,
                config(List.of()).actions());
    }

    @Test
    void halvingTrainsTheBetterThirdForLonger() throws IOException {
        List<Integer> told = new ArrayList<>();
        TuneResult result =
                new Search(SearchTest::config, RANGES, 9, 3).run(data(), (done, all, best) -> told.add(all - done));
        // 9 choices for 1 epoch, 3 for 3, 1 for 9.
        assertThat(result.trials().stream().map(TuneResult.Trial::epochs))
                .containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 3, 3, 9);
        assertThat(told).startsWith(12).endsWith(0).hasSize(13);
        List<Integer> best = result.trials().subList(0, 9).stream()
                .sorted(Comparator.comparingDouble(TuneResult.Trial::ndcg).reversed())
                .limit(3)
                .map(TuneResult.Trial::number)
                .toList();
        assertThat(result.trials().subList(9, 12).stream().map(TuneResult.Trial::number))
                .containsExactlyInAnyOrderElementsOf(best);
        assertThat(result.trials())
                .as("longer is not always better")
                .contains(result.best())
                .allMatch(trial -> trial.ndcg() <= result.best().ndcg());
        assertThat(result.best().ndcg()).isPositive();
        assertThat(result.heldOut()).isEqualTo(80);
    }

    @Test
    void theSameSeedFindsTheSameAndItsBestIsAConfiguration() throws IOException {
        TuneResult one = new Search(SearchTest::config, RANGES, 4, 1).run(data(), (done, all, best) -> {});
        TuneResult other = new Search(SearchTest::config, RANGES, 4, 1).run(data(), (done, all, best) -> {});
        assertThat(other.best().values()).isEqualTo(one.best().values());
        assertThat(other.best().ndcg()).isEqualTo(one.best().ndcg());
        assertThat(one.search()).isEqualTo("random");
        assertThat(one.trials())
                .hasSize(4)
                .allMatch(trial -> trial.ndcg() <= one.best().ndcg());
        Path file = Files.writeString(directory.resolve("best.toml"), one.best().toml());
        Config best = ConfigLoader.load(Optional.of(file), Map.of(), List.of());
        assertThat(best.training().epochs()).isEqualTo(9);
        assertThat(String.valueOf(best.training().learningRate()))
                .isEqualTo(String.valueOf(Double.parseDouble(one.best().values().getOrDefault("learning_rate", ""))));
        assertThat(new Report(one, RANGES).html()).contains("<svg", "learning_rate, logarithmic", "<table>");
    }

    @Test
    void aTextIsQuotedInTheConfigurationThatIsWritten() {
        var trial = new TuneResult.Trial(1, "sgd", 3, Map.of("optimizer", "adagrad"), 0, 0, 0, "");
        assertThat(trial.toml()).isEqualTo("[training]\noptimizer = \"adagrad\"\nepochs = 3\n");
    }

    @Test
    void leastSquaresAreSearchedInTheirOwnSection() throws IOException {
        List<Range> ranges =
                List.of(Range.parse("als.regularization=0.001..0.1"), Range.parse("als.solver=cholesky,block"));
        TuneResult result = new Search(
                        further -> {
                            List<String> settings =
                                    new ArrayList<>(List.of("training.algorithm=als", "als.iterations=3"));
                            settings.addAll(further);
                            return config(settings);
                        },
                        ranges,
                        3,
                        3)
                .run(data(), (done, all, best) -> {});
        assertThat(result.trials().stream().map(TuneResult.Trial::epochs)).containsExactly(1, 1, 1, 3);
        assertThat(result.best().ndcg()).isPositive();
        Path file =
                Files.writeString(directory.resolve("best.toml"), result.best().toml());
        Config best = ConfigLoader.load(Optional.of(file), Map.of(), List.of());
        assertThat(best.training().algorithm()).isEqualTo("als");
        assertThat(best.als().iterations()).isEqualTo(3);
        assertThat(best.als().solver()).isEqualTo(result.best().values().get("als.solver"));
        assertThat(best.als().regularization())
                .isEqualTo(Double.parseDouble(result.best().values().getOrDefault("als.regularization", "")));
    }

    @Test
    void aRangeThatLeavesItsKeysOwnIsRefusedBeforeAnyWork() throws IOException {
        PositivePairs data = data();
        Search search = new Search(SearchTest::config, List.of(Range.parse("regularization=2..3")), 1, 1);
        assertThatThrownBy(() -> search.run(data, (done, all, best) -> {}))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("training.regularization is");
        Search unknown = new Search(SearchTest::config, List.of(Range.parse("rate=1,2")), 1, 1);
        assertThatThrownBy(() -> unknown.run(data, (done, all, best) -> {}))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("unknown key training.rate");
    }

    @Test
    void rangesDrawWhatTheySay() {
        SplittableRandom random = new SplittableRandom(5);
        int small = 0;
        for (int n = 0; n < 1000; n++) {
            double rate = Double.parseDouble(
                    Range.parse("training.learning_rate=0.001..0.1").draw(random));
            assertThat(rate).isBetween(0.001, 0.1);
            small += rate < 0.01 ? 1 : 0;
            assertThat(Range.parse("negative_sampling_ratio=2..4").draw(random)).matches("[234]");
            assertThat(Range.parse("optimizer=sgd,adam").draw(random)).matches("sgd|adam");
        }
        // Half of the logarithmic range lies below 0.01.
        assertThat(small).isBetween(430, 570);
    }
}
