package dev.milvuso.trainer.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.milvuso.config.ConfigLoader;
import dev.milvuso.config.TrainingConfig;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BatchTrainerTest {
    private static final int DIMENSION = 9;
    private static final Progress SILENT = (epoch, loss, rate, left) -> {};

    @TempDir
    Path directory;

    private record Told(int number, double loss, double samplesPerSecond, double secondsLeft) {}

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

    /** 40 users, of whom the even ones have chosen even items and the odd ones odd items, of 20. */
    private PositivePairs twoTastes() {
        StringBuilder lines = new StringBuilder();
        for (int user = 0; user < 40; user++) {
            lines.append("u").append(user);
            for (int item = user % 2; item < 20; item += 2) {
                lines.append(item / 2 == user / 4 ? "" : " i" + item);
            }
            lines.append('\n');
        }
        return pairs(lines.toString());
    }

    private static TrainingConfig config(String... settings) {
        Stream<String> base = Stream.of(
                "training.epochs=20",
                "training.threads=1",
                "training.learning_rate=0.1",
                "training.regularization=0.001",
                "training.negative_sampling_ratio=2");
        return ConfigLoader.load(
                        Optional.empty(),
                        Map.of(),
                        Stream.concat(base, Stream.of(settings)).toList())
                .training();
    }

    private BatchTrainer.Trained train(Progress progress, String... settings) {
        return new BatchTrainer(config(settings), DIMENSION, progress).train(twoTastes());
    }

    private static List<float[]> rows(FactorModel model) {
        return Stream.of(model.users(), model.items())
                .flatMap(table -> IntStream.range(0, table.size()).mapToObj(table::vector))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sgd",
                "momentum",
                "nesterov",
                "adagrad",
                "rowwise_adagrad",
                "adam",
                "adamw",
                "amsgrad",
                "nadam",
                "rmsprop",
                "ftrl"
            })
    void oneThreadAndOneSeedGiveOneModelBitForBit(String optimizer) {
        String setting = "training.optimizer=" + optimizer;
        List<float[]> first = rows(train(SILENT, setting).model());
        assertThat(rows(train(SILENT, setting).model()))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyElementsOf(first);
        assertThat(rows(train(SILENT, setting, "training.seed=43").model()).get(0))
                .isNotEqualTo(first.get(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "training.loss=logistic",
                "training.optimizer=adam",
                "training.biases=all",
                "training.metric=cosine",
                "training.negative_sampler=popularity",
                "training.loss=softmax training.negative_sampler=in_batch",
                "training.held_out=0.2 training.dropout=0.2"
            })
    void anyNumberOfThreadsGivesTheSameModelBitForBit(String settings) {
        PositivePairs data = new PositivePairs();
        SplittableRandom random = new SplittableRandom(8);
        for (int pair = 0; pair < 80_000; pair++) {
            data.add("u" + pair / 40, "i" + random.nextInt(1100));
        }
        assertThat(Epoch.blocks(data.size(), data.itemIds().size())).isEqualTo(2);
        List<List<float[]>> models = new ArrayList<>();
        for (int threads = 1; threads <= 4; threads += 3) {
            TrainingConfig config = config((settings + " training.epochs=2 training.threads=" + threads).split(" "));
            models.add(
                    rows(new BatchTrainer(config, DIMENSION, SILENT).train(data).model()));
        }
        assertThat(models.get(1))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyElementsOf(models.get(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "training.optimizer=adagrad",
                "training.learning_rate=0.0321",
                "training.regularization=0.0123",
                "training.negative_sampling_ratio=1.5",
                "training.epochs=3",
                "training.loss=bpr",
                "training.loss=warp",
                "training.loss=softmax",
                "training.schedule=cosine",
                "training.warm_up=0.2",
                "training.clip_value=0.01",
                "training.clip_norm=0.01",
                "training.max_norm=0.3",
                "training.dropout=0.3",
                "training.initializer=normal",
                "training.initializer_gain=0.3",
                "training.biases=off",
                "training.biases=all",
                "training.metric=cosine",
                "training.metric=euclidean",
                "training.negative_sampler=popularity",
                "training.negative_sampler=in_batch",
                "training.hard_candidates=3",
                "training.exclude_known=true",
                "training.held_out=0.2"
            })
    void everyKeyChangesWhatIsLearnt(String setting) {
        assertThat(rows(train(SILENT, setting).model()).get(0))
                .isNotEqualTo(rows(train(SILENT).model()).get(0));
    }

    @Test
    void everyEpochIsToldOnceWithItsLossAndWhatIsLeft() {
        List<Told> told = new ArrayList<>();
        TrainingResult result = train((epoch, loss, rate, left) -> told.add(new Told(epoch, loss, rate, left)))
                .result();

        assertThat(told)
                .extracting(Told::number)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
        assertThat(told).allMatch(epoch -> epoch.samplesPerSecond() > 0 && epoch.secondsLeft() >= 0);
        assertThat(told.get(19).secondsLeft()).isZero();
        assertThat(told.get(19).loss()).isLessThan(told.get(0).loss()).isEqualTo(result.loss());
    }

    @Test
    void samplesAreThePositivesAndTheirNegativesInEveryEpoch() {
        TrainingResult result = train(SILENT, "training.threads=3").result();
        assertThat(result.users()).isEqualTo(40);
        assertThat(result.items()).isEqualTo(20);
        assertThat(result.interactions()).isEqualTo(twoTastes().size());
        assertThat(result.samples()).isEqualTo(result.interactions() * 3 * 20);
        assertThat(result.peakRssBytes()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void theItemLeftOutOfATasteIsPreferredToTheOtherTaste(int threads) {
        FactorModel model = train(SILENT, "training.threads=" + threads).model();
        ParameterTable items = model.items();
        int right = 0;
        for (int user = 0; user < 40; user++) {
            int own = items.find("i" + (user / 4 * 2 + user % 2));
            int other = items.find("i" + (user / 4 * 2 + 1 - user % 2));
            right += model.score(user, own) > model.score(user, other) ? 1 : 0;
        }
        assertThat(right).isGreaterThan(36);
    }

    @ParameterizedTest
    @ValueSource(strings = {"logistic", "bpr", "warp", "softmax"})
    void everyLossPrefersAUsersOwnTaste(String loss) {
        FactorModel model = train(SILENT, "training.loss=" + loss, "training.learning_rate=0.05")
                .model();
        ParameterTable items = model.items();
        int right = 0;
        for (int user = 0; user < 40; user++) {
            int own = items.find("i" + (user / 4 * 2 + user % 2));
            int other = items.find("i" + (user / 4 * 2 + 1 - user % 2));
            right += model.score(user, own) > model.score(user, other) ? 1 : 0;
        }
        assertThat(right).isGreaterThan(33);
    }

    @Test
    void withoutBiasesTheLastNumberOfAnItemStaysNothing() {
        FactorModel model = train(SILENT, "training.biases=off").model();
        FactorModel biased = train(SILENT).model();
        for (int item = 0; item < 20; item++) {
            assertThat(model.items().vector(item)[DIMENSION - 1]).isZero();
            assertThat(biased.items().vector(item)[DIMENSION - 1]).isNotZero();
        }
    }

    @Test
    void trainingEndsWhenWhatIsHeldOutNoLongerImprovesAndKeepsTheBest() {
        String[] settings = {
            "training.epochs=400",
            "training.regularization=0",
            "training.schedule=constant",
            "training.held_out=0.3",
            "training.patience=2",
            "training.learning_rate=0.3"
        };
        Trained stopped = new Trained(train(SILENT, settings));
        assertThat(stopped.epochs()).isLessThan(400);
        settings[0] = "training.epochs=" + (stopped.epochs() - 2);
        settings[4] = "training.patience=100";
        assertThat(rows(train(SILENT, settings).model()).get(0)).isEqualTo(stopped.firstRow());
    }

    private record Trained(int epochs, float[] firstRow) {
        Trained(BatchTrainer.Trained trained) {
            this(trained.result().epochs(), rows(trained.model()).get(0));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sgd", "adam"})
    void aRunThatBrokeOffGoesOnFromItsCheckpointAsIfItHadNot(String optimizer) {
        Optional<Path> file = Optional.of(directory.resolve("m.checkpoint"));
        TrainingConfig config = config("training.checkpoint_epochs=4", "training.optimizer=" + optimizer);
        Progress breaksOff = (epoch, loss, rate, left) -> {
            if (epoch == 10) {
                throw new IllegalStateException("power failure");
            }
        };
        assertThatThrownBy(() -> new BatchTrainer(config, DIMENSION, breaksOff, file).train(twoTastes()))
                .hasMessage("power failure");
        List<Integer> epochs = new ArrayList<>();
        Progress counts = (epoch, loss, rate, left) -> epochs.add(epoch);
        BatchTrainer.Trained resumed = new BatchTrainer(config, DIMENSION, counts, file).train(twoTastes());
        BatchTrainer.Trained whole = new BatchTrainer(config, DIMENSION, SILENT).train(twoTastes());

        assertThat(epochs).startsWith(9).endsWith(20);
        assertThat(rows(resumed.model()))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyElementsOf(rows(whole.model()));
        assertThat(resumed.result().samples()).isEqualTo(whole.result().samples());
        assertThat(file.orElseThrow()).as("of a run that is done").doesNotExist();
    }

    /** It breaks off when the best epoch lies behind: what was best must be in the checkpoint. */
    @Test
    void aRunThatBrokeOffBehindItsBestEpochEndsWithTheSameModel() {
        String[] settings = {
            "training.epochs=400",
            "training.regularization=0",
            "training.schedule=constant",
            "training.held_out=0.3",
            "training.patience=4",
            "training.learning_rate=0.3",
            "training.biases=all",
            "training.checkpoint_epochs=1"
        };
        BatchTrainer.Trained whole = train(SILENT, settings);
        int last = whole.result().epochs();
        Optional<Path> file = Optional.of(directory.resolve("m.checkpoint"));
        Progress breaksOff = (epoch, loss, rate, left) -> {
            if (epoch == last - 1) {
                throw new IllegalStateException("power failure");
            }
        };
        TrainingConfig config = config(settings);
        assertThatThrownBy(() -> new BatchTrainer(config, DIMENSION, breaksOff, file).train(twoTastes()))
                .hasMessage("power failure");
        BatchTrainer.Trained resumed = new BatchTrainer(config, DIMENSION, SILENT, file).train(twoTastes());

        assertThat(resumed.result().epochs()).isEqualTo(last).isLessThan(400);
        assertThat(rows(resumed.model()))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyElementsOf(rows(whole.model()));
        assertThat(resumed.model().scoring()).isEqualTo(whole.model().scoring());
    }

    @Test
    void theCheckpointOfAnotherRunIsRefused() {
        Optional<Path> file = Optional.of(directory.resolve("m.checkpoint"));
        Progress breaksOff = (epoch, loss, rate, left) -> {
            if (epoch == 3) {
                throw new IllegalStateException("power failure");
            }
        };
        TrainingConfig config = config("training.checkpoint_epochs=1");
        assertThatThrownBy(() -> new BatchTrainer(config, DIMENSION, breaksOff, file).train(twoTastes()))
                .hasMessage("power failure");
        TrainingConfig other = config("training.checkpoint_epochs=1", "training.seed=7");
        assertThatThrownBy(() -> new BatchTrainer(other, DIMENSION, SILENT, file).train(twoTastes()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is the checkpoint of a run with other settings or data");
    }

    @Test
    void theCheckpointOfAsManyOtherPairsIsRefused() {
        Path file = brokenOff();
        PositivePairs others = new PositivePairs();
        PositivePairs data = twoTastes();
        for (int i = 0; i < data.size(); i++) {
            others.add("other " + data.user(i), data.itemIds().get(data.item(i)));
        }
        TrainingConfig config = config("training.checkpoint_epochs=1");
        assertThatThrownBy(() -> new BatchTrainer(config, DIMENSION, SILENT, Optional.of(file)).train(others))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is the checkpoint of a run with other settings or data");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 900, -2})
    void aCheckpointWithOneOtherByteOrTooFewIsNamedAsDamaged(int place) throws IOException {
        Path file = brokenOff();
        byte[] bytes = Files.readAllBytes(file);
        TrainingConfig config = config("training.checkpoint_epochs=1");
        bytes[Math.floorMod(place, bytes.length)] ^= 4;
        for (byte[] damaged : List.of(bytes, Arrays.copyOf(bytes, bytes.length / 2), new byte[0])) {
            Files.write(file, damaged);
            assertThatThrownBy(() -> new BatchTrainer(config, DIMENSION, SILENT, Optional.of(file)).train(twoTastes()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(file + " is damaged, delete it to begin anew: it does not have the checksum that was"
                            + " written with it");
        }
    }

    @Test
    void theFolderOfACheckpointIsMade() {
        Optional<Path> file = Optional.of(directory.resolve("a/b/m.checkpoint"));
        TrainingConfig config = config("training.checkpoint_epochs=1");
        new BatchTrainer(config, DIMENSION, SILENT, file).train(twoTastes());
        assertThat(directory.resolve("a/b")).isEmptyDirectory();
    }

    @Test
    void aSecondRunWithTheSameCheckpointIsRefused() {
        Optional<Path> file = Optional.of(directory.resolve("m.checkpoint"));
        TrainingConfig config = config("training.checkpoint_epochs=1");
        List<Throwable> second = new ArrayList<>();
        Progress meanwhile = (epoch, loss, rate, left) ->
                second.add(catchThrowable(() -> new BatchTrainer(config, DIMENSION, SILENT, file).train(twoTastes())));
        BatchTrainer.Trained first = new BatchTrainer(config, DIMENSION, meanwhile, file).train(twoTastes());
        assertThat(second)
                .hasSize(first.result().epochs())
                .allSatisfy(refused -> assertThat(refused)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("is written by another run"));
    }

    /** A checkpoint of three epochs. */
    private Path brokenOff() {
        Path file = directory.resolve("m.checkpoint");
        Progress breaksOff = (epoch, loss, rate, left) -> {
            if (epoch == 3) {
                throw new IllegalStateException("power failure");
            }
        };
        TrainingConfig config = config("training.checkpoint_epochs=1");
        assertThatThrownBy(() -> new BatchTrainer(config, DIMENSION, breaksOff, Optional.of(file)).train(twoTastes()))
                .hasMessage("power failure");
        return file;
    }

    @Test
    void theScaleOfACosineIsTheOneConfiguredOrLearnt() {
        assertThat(train(SILENT, "training.metric=cosine", "training.scale=7")
                        .model()
                        .scoring()
                        .scale())
                .isEqualTo(7);
        assertThat(train(SILENT, "training.metric=cosine").model().scoring().scale())
                .isNotEqualTo(10)
                .isPositive();
    }

    @Test
    void oneItemAloneIsRefused() {
        assertThatThrownBy(() -> new BatchTrainer(config(), DIMENSION, SILENT).train(pairs("u i\nv i\n")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there must be at least two");
    }

    @Test
    void aRateThatDivergesIsNamed() {
        assertThatThrownBy(() -> train(
                        SILENT,
                        "training.learning_rate=10",
                        "training.regularization=1",
                        "training.negative_sampling_ratio=100"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("training diverged in epoch ")
                .hasMessageContaining("training.learning_rate is 10.0, a smaller one is needed");
    }

    @Test
    void anInterruptEndsTheRun() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> train(SILENT)).hasMessage("training was interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aShareOfFewPairsThatHoldsNoneOutDoesNotEndTheRun() {
        TrainingConfig config = config("training.held_out=0.000001", "training.patience=1", "training.epochs=5");
        BatchTrainer.Trained trained = new BatchTrainer(config, DIMENSION, SILENT).train(pairs("u a\nv b\n"));
        assertThat(trained.result().epochs()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "training.threads=1024",
                "training.seed=-9223372036854775808",
                "training.seed=9223372036854775807",
                "training.negative_sampling_ratio=0",
                "training.negative_sampling_ratio=1000",
                "training.dropout=0.9",
                "training.held_out=0.5",
                "training.learning_rate=1e-9",
                "training.initializer=sparse",
                "training.exclude_known=true",
                "training.hard_candidates=100"
            })
    void theLeastThatCanBeLearnedFromIsLearnedAtTheEdgesOfEveryRange(String setting) {
        for (int dimension : new int[] {2, 3, 4096}) {
            TrainingConfig config = config("training.epochs=2", setting);
            FactorModel model = new BatchTrainer(config, dimension, SILENT)
                    .train(pairs("u a b\n"))
                    .model();
            assertThat(model.isServable()).isTrue();
            assertThat(model.items().size()).isEqualTo(2);
        }
    }
}
