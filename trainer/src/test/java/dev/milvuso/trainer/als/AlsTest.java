package dev.milvuso.trainer.als;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.milvuso.config.AlsConfig;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.trainer.data.DataFormat;
import dev.milvuso.trainer.data.OnError;
import dev.milvuso.trainer.data.PositivePairs;
import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.parameter.ParameterTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AlsTest {
    private static final Als.Progress SILENT = (halves, loss) -> {};

    @TempDir
    Path directory;

    private PositivePairs pairs(String lines) {
        try {
            Path file = Files.writeString(directory.resolve("pairs"), lines);
            return PositivePairs.read(
                    List.of(file),
                    DataFormat.ADJACENCY,
                    OnError.FAIL,
                    ConfigLoader.defaults().actions());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Users who have each chosen some of 70 items, about a third of their own half of the catalogue. */
    private PositivePairs tastes(int users) {
        SplittableRandom random = new SplittableRandom(3);
        StringBuilder lines = new StringBuilder();
        for (int user = 0; user < users; user++) {
            lines.append("u").append(user).append(" i").append(user % 70);
            for (int item = user % 2; item < 70; item += 2) {
                lines.append(random.nextInt(3) == 0 ? " i" + item : "");
            }
            lines.append('\n');
        }
        return pairs(lines.toString());
    }

    private static AlsConfig config(String... settings) {
        return ConfigLoader.load(Optional.empty(), Map.of(), List.of(settings)).als();
    }

    private static List<float[]> rows(FactorModel model) {
        return Stream.of(model.users(), model.items())
                .flatMap(table -> IntStream.range(0, table.size()).mapToObj(table::vector))
                .toList();
    }

    /** The loss of Als, in double precision, over all pairs one by one. */
    private static double loss(FactorModel model, PositivePairs data, AlsConfig config) {
        ParameterTable users = model.users();
        ParameterTable items = model.items();
        double loss = 0;
        int[] ofItem = data.histories().usersOfItems(items.size());
        for (int u = 0; u < users.size(); u++) {
            int count = 0;
            for (int i = 0; i < items.size(); i++) {
                double score = dot(users.vector(u), items.vector(i));
                boolean observed = data.histories().contains(u, i);
                count += observed ? 1 : 0;
                loss += config.alpha() * score * score + (observed ? (1 - score) * (1 - score) : 0);
            }
            loss += ridge(config, count, items.size()) * dot(users.vector(u), users.vector(u));
        }
        for (int i = 0; i < items.size(); i++) {
            loss += ridge(config, ofItem[i], users.size()) * dot(items.vector(i), items.vector(i));
        }
        return loss / data.histories().items().length;
    }

    private static double ridge(AlsConfig config, int observed, int others) {
        return config.regularization() * Math.pow(observed + config.alpha() * others, config.regularizationExponent());
    }

    private static double dot(float[] a, float[] b) {
        return IntStream.range(0, a.length)
                .mapToDouble(i -> (double) a[i] * b[i])
                .sum();
    }

    @ParameterizedTest
    @ValueSource(strings = {"conjugate_gradient", "cholesky", "block"})
    void oneUserAndOneItemAreTheClosedForm(String solver) {
        // One free number each: u = i by symmetry at the end, and i (u² (1 + a) + r) = u gives u² = (1 - r) / (1 + a).
        AlsConfig config = config(
                "als.solver=" + solver,
                "als.bias=false",
                "als.iterations=200",
                "als.alpha=0.25",
                "als.regularization=0.1",
                "als.regularization_exponent=0");
        FactorModel model = Als.train(pairs("u i\n"), config, 2, SILENT).model();
        assertThat(model.score(0, 0)).isCloseTo((1 - 0.1f) / 1.25f, within(1e-5f));
        assertThat(model.users().vector(0)[1]).isEqualTo(1);
        assertThat(model.items().vector(0)[1]).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "conjugate_gradient, true",
        "conjugate_gradient, false",
        "cholesky, true",
        "cholesky, false",
        "block, true",
        "block, false"
    })
    void theLossToldIsThatOfAllPairsAndFallsWithEveryHalf(String solver, boolean bias) {
        AlsConfig config = config("als.solver=" + solver, "als.bias=" + bias, "als.iterations=6", "als.block_size=8");
        PositivePairs data = tastes(60);
        List<Double> losses = new ArrayList<>();
        Als.Trained trained = Als.train(data, config, 19, (halves, loss) -> losses.add(loss));
        assertThat(losses).hasSize(12).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        assertThat(losses.get(11)).isLessThan(0.9 * losses.get(0));
        assertThat(trained.loss())
                .isEqualTo(losses.get(11))
                .isCloseTo(loss(trained.model(), data, config), within(1e-5 * losses.get(11)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"conjugate_gradient", "cholesky", "block"})
    void anyNumberOfThreadsGivesTheSameBytes(String solver) {
        PositivePairs data = tastes(200);
        List<float[]> one = rows(Als.train(data, config("als.solver=" + solver, "als.threads=1"), 24, SILENT)
                .model());
        for (int threads : new int[] {2, 4, 7}) {
            AlsConfig config = config("als.solver=" + solver, "als.threads=" + threads);
            assertThat(rows(Als.train(data, config, 24, SILENT).model()))
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactlyElementsOf(one);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"conjugate_gradient", "block"})
    void aSolverTakenToTheLimitGivesTheExactSolversScores(String solver) {
        String[] base = {
            "als.iterations=400", "als.regularization=0.02", "als.conjugate_gradient_steps=60", "als.block_size=8"
        };
        PositivePairs data = tastes(80);
        Als.Trained exact = Als.train(data, with(base, "als.solver=cholesky"), 17, SILENT);
        Als.Trained other = Als.train(data, with(base, "als.solver=" + solver), 17, SILENT);
        assertThat(other.loss()).isCloseTo(exact.loss(), within(1e-4 * exact.loss()));
    }

    private static AlsConfig with(String[] settings, String one) {
        return config(Stream.concat(Stream.of(settings), Stream.of(one)).toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({"conjugate_gradient", "cholesky", "block"})
    void dataOfOneUserOrOneItemOrAllPairsIsLearntAndFinite(String solver) {
        StringBuilder all = new StringBuilder();
        for (int user = 0; user < 9; user++) {
            all.append("u").append(user).append(" a b c d e f\n");
        }
        for (String lines : List.of("u a b c\n", "u a\nv a\nw a\n", "u a\nu a\nu a\n", all.toString())) {
            FactorModel model = Als.train(pairs(lines), config("als.solver=" + solver), 64, SILENT)
                    .model();
            assertThat(model.score(0, 0)).isBetween(0.7f, 1.1f);
            rows(model)
                    .forEach(row -> assertThat(row).isNotEmpty().satisfies(numbers -> {
                        for (float number : numbers) {
                            assertThat(number).isFinite();
                        }
                    }));
        }
    }

    @Test
    void whatIsLeftOutOfATasteIsPreferredToTheOtherTaste() {
        StringBuilder lines = new StringBuilder();
        for (int user = 0; user < 40; user++) {
            lines.append("u").append(user);
            for (int item = user % 2; item < 20; item += 2) {
                lines.append(item / 2 == user / 4 ? "" : " i" + item);
            }
            lines.append('\n');
        }
        FactorModel model =
                Als.train(pairs(lines.toString()), config(), 9, SILENT).model();
        for (int user = 0; user < 40; user++) {
            int own = model.items().find("i" + (user / 4 * 2 + user % 2));
            int other = model.items().find("i" + (user / 4 * 2 + 1 - user % 2));
            assertThat(model.score(user, own)).isGreaterThan(model.score(user, other) + 0.2f);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "als.iterations=3",
                "als.alpha=0.2",
                "als.regularization=0.01",
                "als.regularization_exponent=0.5",
                "als.solver=block",
                "als.conjugate_gradient_steps=2",
                "als.bias=true",
                "als.seed=43"
            })
    void everyKeyChangesWhatIsLearnt(String setting) {
        PositivePairs data = tastes(30);
        assertThat(rows(Als.train(data, config(setting), 12, SILENT).model()).get(0))
                .isNotEqualTo(
                        rows(Als.train(data, config(), 12, SILENT).model()).get(0));
    }

    @Test
    void anInterruptEndsTheRun() {
        PositivePairs data = tastes(30);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Als.train(data, config(), 12, SILENT)).hasMessage("training was interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void theWeightOfWhatWasNotObservedFollowsTheDensityIfAskedTo() {
        assertThat(Als.alpha(config("als.alpha=0.25"), 10, 5, 8)).isEqualTo(0.25);
        assertThat(Als.alpha(config("als.alpha=0.25", "als.unobserved_weight=2"), 10, 5, 8))
                .isEqualTo(0.5);
        assertThat(Als.alpha(config("als.unobserved_weight=20"), 10, 5, 8)).isEqualTo(1);
        PositivePairs data = tastes(40);
        double share = data.histories().items().length / (40.0 * data.itemIds().size());
        FactorModel byWeight =
                Als.train(data, config("als.unobserved_weight=0.5"), 8, SILENT).model();
        FactorModel byAlpha =
                Als.train(data, config("als.alpha=" + 0.5 * share), 8, SILENT).model();
        assertThat(rows(byWeight)).usingRecursiveComparison().isEqualTo(rows(byAlpha));
    }
}
