package dev.milvuso.trainer.online;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.config.ConfigLoader;
import dev.milvuso.config.OnlineConfig;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.Kind;
import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.optimizer.Optimizer;
import dev.milvuso.trainer.parameter.ParameterTable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that no site should send, and settings that no one should choose. */
final class HarshStreamTest {
    private static OnlineConfig config(String... settings) {
        return ConfigLoader.load(Optional.empty(), Map.of(), Stream.of(settings).toList())
                .online();
    }

    /** Publishes what moved, as the trainer does; every row that goes out must be one that can be served. */
    private static void publish(OnlineCore core, Quarantine quarantine) {
        core.drain(
                (row, accepted) -> check(quarantine, core.model().users(), row),
                (row, accepted) -> check(quarantine, core.model().items(), row));
        core.drainPassing(
                (row, accepted) -> check(quarantine, core.model().users(), row),
                (row, accepted) -> check(quarantine, core.model().items(), row));
    }

    private static void check(Quarantine quarantine, ParameterTable table, int row) {
        float[] vector = table.vector(row);
        if (quarantine.admits(table, row, vector)) {
            for (float number : vector) {
                assertThat(Embedding.isServable(number)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sgd", "adagrad", "rowwise_adagrad", "adam"})
    void aRateThatDivergesNeverLetsAnythingOutThatIsNoNumber(String optimizer) {
        OnlineCore core = new OnlineCore(
                config(
                        "online.optimizer=" + optimizer,
                        "online.user_optimizer=" + optimizer,
                        "online.learning_rate=10",
                        "online.user_learning_rate=10",
                        "online.regularization=1",
                        "online.rehearsed_user_rate=1"),
                ConfigLoader.defaults().training(),
                ConfigLoader.defaults().features(),
                ConfigLoader.defaults().ranking(),
                8);
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        Counter withheld = metrics.counter("withheld");
        Quarantine quarantine = new Quarantine(1000, withheld, metrics.counter("quarantined"));
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 3000; i++) {
            core.apply("e" + i, "u" + random.nextInt(20), "i" + random.nextInt(30), i % 2, 100, i);
            if (i % 50 == 0) {
                publish(core, quarantine);
            }
        }
        publish(core, quarantine);
        assertThat(core.loss()).isFinite();
        assertThat(core.applied()).isEqualTo(3000);
        if (optimizer.equals("sgd")) {
            assertThat(withheld.count()).as("what diverged and was kept back").isPositive();
        }
    }

    @Test
    void idsThatAreSeenOnceTakeNoRowsWhereRowsNeedTwoSightings() {
        OnlineCore core = new OnlineCore(
                config(
                        "online.row_after_sightings=3",
                        "online.remembered_examples=1000",
                        "online.negative_sampling_ratio=1"),
                ConfigLoader.defaults().training(),
                ConfigLoader.defaults().features(),
                ConfigLoader.defaults().ranking(),
                8);
        for (int i = 0; i < 200; i++) {
            core.apply("regular" + i, "u" + i % 10, "i" + i % 7, 1, 1, i);
        }
        for (int i = 0; i < 300_000; i++) {
            core.apply("e" + i, "stranger" + i, "thing" + i, 1, 1, i);
        }
        // A sketch may take a few for known that are not.
        for (ParameterTable table : List.of(core.model().users(), core.model().items())) {
            assertThat(table.size()).isLessThan(100);
        }
    }

    @Test
    void idsThatNeverComeAgainLeaveTheirRowsToOthersWhereRowsExpire() {
        OnlineCore core = new OnlineCore(
                config("online.row_expiry=1h", "online.remembered_examples=1000", "online.negative_sampling_ratio=1"),
                ConfigLoader.defaults().training(),
                ConfigLoader.defaults().features(),
                ConfigLoader.defaults().ranking(),
                8);
        long millis = 0;
        for (int i = 0; i < 300_000; i++) {
            millis += 100;
            core.apply("e" + i, "stranger" + i, "thing" + i, 1, 1, millis);
        }
        // An hour has 36,000 examples; the hand that clears passes 16 rows with each of them.
        for (ParameterTable table : List.of(core.model().users(), core.model().items())) {
            assertThat(table.size()).isLessThan(2 * 36_000);
        }
    }

    @Test
    void idsThatNeverComeAgainMakeRoomForOthersAndThoseInUseStay() {
        OnlineCore core = new OnlineCore(
                config("online.max_rows=2000", "online.remembered_examples=1000", "online.negative_sampling_ratio=1"),
                ConfigLoader.defaults().training(),
                ConfigLoader.defaults().features(),
                ConfigLoader.defaults().ranking(),
                8);
        int gone = 0;
        long millis = 0;
        for (int i = 0; i < 100_000; i++) {
            millis += 10_000;
            core.apply("e" + i, "stranger" + i, "thing" + i, 1, 1, millis);
            if (i % 10 == 0) {
                core.apply("r" + i, "regular" + i / 10 % 20, "useful" + i / 10 % 20, 1, 1, millis);
            }
            List<Gone> taken = core.expiry().takeGone();
            assertThat(taken)
                    .noneMatch(row -> row.id().startsWith("regular") || row.id().startsWith("useful"));
            gone += taken.size();
        }
        for (ParameterTable table : List.of(core.model().users(), core.model().items())) {
            assertThat(table.live()).isBetween(1900, 2000);
            assertThat(table.size()).isEqualTo(2000);
        }
        assertThat(gone)
                .isEqualTo(2 * 100_020
                        - core.model().users().live()
                        - core.model().items().live());
        assertThat(core.expiry().madeRoom(Kind.USER) + core.expiry().madeRoom(Kind.ITEM))
                .isEqualTo(gone);
        assertThat(core.has(Kind.USER, "stranger99999")).isTrue();
        assertThat(core.has(Kind.USER, "stranger90000")).isFalse();
    }

    @Test
    void withoutANumberOfRowsTheMemoryIsTheLimitAndNeitherKindDisplacesTheOther() {
        FactorModel model = FactorModel.empty(8, Optimizer.named("sgd"), 1);
        long budget = 4 << 20;
        RowLimit users = new RowLimit(model, Kind.USER, 0, budget);
        RowLimit items = new RowLimit(model, Kind.ITEM, 0, budget);
        for (int i = 0; i < 200_000; i++) {
            users.makeRoom(row -> {});
            model.users().used(model.users().findOrAdd("user" + i), i);
        }
        assertThat(users.gone()).isPositive();
        int size = model.users().size();
        assertThat(model.users().bytes())
                .as("ids that are gone may take as much again as those there are")
                .isBetween(budget / 2, budget * 3 / 2);
        for (int i = 0; i < 5000; i++) {
            items.makeRoom(row -> {});
            model.items().used(model.items().findOrAdd("item" + i), i);
        }
        assertThat(items.gone()).as("a quarter is its own").isZero();
        assertThat(model.users().size()).isEqualTo(size);
    }
}
