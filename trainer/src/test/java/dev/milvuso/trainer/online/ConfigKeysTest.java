package dev.milvuso.trainer.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigException;
import dev.milvuso.config.ConfigLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every key of {@code [training]}, {@code [als]} and {@code [online]} is checked, and those of the online core change
 * what it learns.
 */
final class ConfigKeysTest {
    private static Config config(String... settings) {
        return ConfigLoader.load(Optional.empty(), Map.of(), List.of(settings));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "training.optimizer=lion | must be one of \"sgd\", \"adagrad\"",
                "training.learning_rate=0 | must be 1.0E-9 to 10",
                "training.learning_rate=11 | must be 1.0E-9 to 10",
                "training.regularization=-0.1 | must be 0 to 1",
                "training.negative_sampling_ratio=1001 | must be 0 to 1000",
                "training.batch_size=0 | must be 1 to 100000",
                "training.batch_size=1.5 | must be a whole number",
                "training.epochs=0 | must be 1 to 10000",
                "training.threads=-1 | must be 0 to 1024",
                "training.seed=x | must be a whole number",
                "training.algorithm=svd | must be one of \"sgd\", \"als\"",
                "als.iterations=0 | must be 1 to 10000",
                "als.iterations=10001 | must be 1 to 10000",
                "als.alpha=0 | must be above 0 and up to 1",
                "als.alpha=1.1 | must be above 0 and up to 1",
                "als.regularization=0 | must be above 0 and up to 1000000",
                "als.regularization=nan | must be above 0 and up to 1000000",
                "als.regularization_exponent=-0.1 | must be 0 to 2",
                "als.regularization_exponent=2.1 | must be 0 to 2",
                "als.solver=lu | must be one of \"conjugate_gradient\", \"cholesky\", \"block\"",
                "als.conjugate_gradient_steps=0 | must be 1 to 1000",
                "als.block_size=12 | must be a multiple of 8",
                "als.block_size=0 | must be 8 to 4096",
                "als.block_size=4104 | must be 8 to 4096",
                "als.threads=1025 | must be 0 to 1024",
                "online.max_rows=-1 | must be 0 to 1000000000",
                "online.optimizer=SGD | must be one of \"sgd\", \"adagrad\"",
                "online.learning_rate=nan | must be",
                "online.user_optimizer=none | must be one of \"sgd\", \"adagrad\"",
                "online.user_learning_rate=0 | must be 1.0E-9 to 10",
                "online.rehearsed_user_rate=1.1 | must be 0 to 1",
                "online.regularization=2 | must be 0 to 1",
                "online.loss=squared | must be one of \"logistic\", \"bpr\"",
                "online.clip_value=-1 | must be 0 to 1000000",
                "online.clip_norm=-1 | must be 0 to 1000000",
                "online.max_norm=-1 | must be 0 to 1000000",
                "online.initializer=zero | must be one of \"xavier_uniform\"",
                "online.initializer_gain=0 | must be above 0 and up to 100",
                "online.user_initializer_gain=0 | must be above 0 and up to 100",
                "online.negative_sampler=all | must be one of \"uniform\"",
                "online.popularity_power=1.1 | must be 0 to 1",
                "online.hard_candidates=0 | must be 1 to 100",
                "online.batch_wait=2m | must be \"0ms\" to \"1m\"",
                "training.metric=manhattan | must be one of \"inner_product\"",
                "training.scale=-1 | must be 0 to 1000",
                "training.biases=user | must be one of \"item\"",
                "online.negative_sampling_ratio=-1 | must be 0 to 1000",
                "online.rehearsals=101 | must be 0 to 100",
                "online.rehearsal_examples=0 | must be 1 to 100000000",
                "online.sync_interval=2m | must be \"1ms\" to \"1m\"",
                "online.background_sync_interval=0ms | must be \"1ms\" to \"1m\"",
                "online.store_interval=1ms | must be \"10ms\" to \"10m\"",
                "online.snapshot_interval=99ms | must be \"100ms\" to \"1d\"",
                "online.snapshot_directory= | must be the path of a directory",
                "online.remembered_examples=999 | must be 1000 to 100000000",
                "online.row_after_sightings=0 | must be 1 to 100",
                "online.row_expiry=3651d | must be \"0s\" to \"3650d\"",
                "registry.lease_time=999ms | must be \"1s\" to \"1m\"",
                "registry.drift_events=-1 | must be 0 to 1000000",
                "registry.drift_margin=1.5 | must be 0 to 1",
                "registry.largest_norm=0 | must be above 0",
            })
    void aValueOutOfRangeIsOneLineThatNamesKeyAndRange(String setting, String range) {
        String key = setting.substring(0, setting.indexOf('='));
        assertThatThrownBy(() -> config(setting))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(key + " is ")
                .hasMessageContaining(range)
                .message()
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bpr", "warp", "softmax"})
    void aLossThatComparesIsNothingWithoutNegatives(String loss) {
        assertThatThrownBy(() -> config("training.loss=" + loss, "training.negative_sampling_ratio=0"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("training.negative_sampling_ratio is 0: must be above 0")
                .hasMessageContaining(loss);
        config("training.loss=" + loss, "training.negative_sampling_ratio=0.1");
        config("training.negative_sampling_ratio=0");
        assertThatThrownBy(() -> config("online.loss=" + loss, "online.negative_sampling_ratio=0"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("online.negative_sampling_ratio is 0: must be above 0, since online.loss is \"" + loss
                        + "\", which compares a positive with negatives");
        config("online.loss=" + loss, "online.negative_sampling_ratio=0.1");
        config("online.negative_sampling_ratio=0");
    }

    /** 1,200 examples, and all of them once more. */
    private static List<Object> learnt(Config config) {
        OnlineCore core = new OnlineCore(config);
        SplittableRandom random = new SplittableRandom(1);
        for (int n = 0; n < 2400; n++) {
            core.apply("e" + n % 1200, "u" + random.nextInt(20), "i" + random.nextInt(30), n % 3 == 0 ? 0 : 1, 1, 0);
        }
        List<Object> learnt = new ArrayList<>(List.of(core.applied(), core.steps()));
        IntStream.range(0, core.model().users().size())
                .mapToObj(core.model().users()::vector)
                .flatMap(row -> IntStream.range(0, row.length).mapToObj(i -> row[i]))
                .forEach(learnt::add);
        return learnt;
    }

    @ParameterizedTest
    @CsvSource({
        "online.optimizer=sgd",
        "online.learning_rate=0.033",
        "online.user_optimizer=adagrad",
        "online.user_learning_rate=0.07",
        "online.rehearsed_user_rate=0.5",
        "online.regularization=0.0123",
        "online.loss=bpr",
        "online.loss=warp",
        "online.loss=softmax",
        "online.clip_value=0.01",
        "online.clip_norm=0.01",
        "online.max_norm=0.2",
        "online.initializer=normal",
        "online.initializer_gain=0.5",
        "online.user_initializer_gain=0.5",
        "online.negative_sampler=popularity",
        "online.negative_sampler=in_batch",
        "online.hard_candidates=3",
        "online.exclude_known=true",
        "training.metric=cosine",
        "training.metric=euclidean",
        "training.biases=all",
        "training.biases=off",
        "online.negative_sampling_ratio=2.5",
        "online.rehearsals=3",
        "online.rehearsal_examples=7",
        "online.remembered_examples=1000",
        "online.row_after_sightings=3",
        "online.max_rows=5",
        "training.seed=4711",
    })
    void everyKeyOfTheCoreChangesWhatItLearns(String setting) {
        assertThat(learnt(config(setting))).isNotEqualTo(learnt(config()));
    }

    @Test
    void oneConfigurationGivesOneModelBitForBit() {
        List<Object> learnt = learnt(config());
        assertThat(learnt(config())).isEqualTo(learnt);
        assertThat(learnt.stream().filter(Float.class::isInstance).map(Float.class::cast))
                .allMatch(number -> Float.isFinite(number));
        assertThat(learnt.get(0)).isEqualTo(1200L);
    }
}
