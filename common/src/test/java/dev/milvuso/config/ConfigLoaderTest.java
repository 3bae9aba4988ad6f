package dev.milvuso.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {
    private static Config set(String... settings) {
        return ConfigLoader.load(Optional.empty(), Map.of(), List.of(settings));
    }

    @Test
    void theShippedDefaultsBindWithoutAKeyLeft() {
        Config config = ConfigLoader.defaults();

        assertThat(config.server().port()).isEqualTo(8080);
        assertThat(config.features().interestHalfLife()).isEqualTo(Duration.ofDays(7));
        assertThat(config.actions().find("dislike").orElseThrow().sign()).isEqualTo(-1);
    }

    @Test
    void fileEnvironmentAndSettingsWinInThisOrder(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("c.toml"), "[server]\nport = 1\nhost = \"f\"\nmax_body_bytes = 2048\n");
        Map<String, String> environment = Map.of("MILVUSO_SERVER__PORT", "2", "MILVUSO_SERVER__HOST", "e");

        Config config = ConfigLoader.load(Optional.of(file), environment, List.of("server.port=3"));

        assertThat(config.server().port()).isEqualTo(3);
        assertThat(config.server().host()).isEqualTo("e");
        assertThat(config.server().maxBodyBytes()).isEqualTo(2048);
    }

    @Test
    void theVariablesOfMilvusWorkAndOursWinOverThem() {
        Map<String, String> environment = Map.of(
                "MILVUS_TOKEN", "12345",
                "MILVUS_HOST", "theirs",
                "MILVUSO_MILVUS__HOST", "ours",
                "MILVUS_COLLECTION_SHARDS", "2");

        MilvusConfig milvus =
                ConfigLoader.load(Optional.empty(), environment, List.of()).milvus();

        assertThat(milvus.token()).isEqualTo("12345");
        assertThat(milvus.host()).isEqualTo("ours");
        assertThat(milvus.shards()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "MILVUS_URI, http://there:1, uri",
        "MILVUS_TOKEN, me:it, token",
        "MILVUS_HOST, there, host",
        "MILVUS_PORT, 19531, port",
        "MILVUS_USER, me, user",
        "MILVUS_PASSWORD, 0123, password",
        "MILVUS_COLLECTION_SHARDS, 3, shards",
        "MILVUS_REPLICA_FACTOR, 4, replicas"
    })
    void eachVariableOfMilvusIsItsKey(String variable, String value, String key) throws ReflectiveOperationException {
        MilvusConfig milvus = ConfigLoader.load(Optional.empty(), Map.of(variable, value), List.of())
                .milvus();
        assertThat(MilvusConfig.class.getMethod(key).invoke(milvus)).asString().isEqualTo(value);
        MilvusConfig ours = ConfigLoader.load(
                        Optional.empty(), Map.of(variable, value), List.of("milvus." + key + "=7"))
                .milvus();
        assertThat(MilvusConfig.class.getMethod(key).invoke(ours)).asString().isEqualTo("7");
    }

    @Test
    void aVariableOfMilvusThatIsOutOfRangeIsRefused() {
        assertThatThrownBy(() -> ConfigLoader.load(Optional.empty(), Map.of("MILVUS_REPLICA_FACTOR", "0"), List.of()))
                .hasMessageContaining("milvus.replicas is 0: must be 1 to 64");
        assertThatThrownBy(() -> ConfigLoader.load(Optional.empty(), Map.of("MILVUS_PORT", "x"), List.of()))
                .hasMessageContaining("milvus.port");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server.prot=1 | did you mean server.port?",
                "servr.port=1 | did you mean server?",
                "server.port=x | server.port is",
                "server.port=70000 | server.port is 70000: must be 0 to 65535",
                "server.request_deadline=5 | server.request_deadline is",
                "features.flush_interval=1ms | features.flush_interval is \"1ms\": must be \"10ms\"",
                "recommendation.embedding_dim=32 | milvus.dimension is 64: must be equal",
                "joiner.exactly_once=7 | joiner.exactly_once is 7: must be true or false",
                "actions.View.sign=2 | actions.View.sign is 2",
                "nothing=1 | must be section.key=value",
            })
    void aFaultIsOneLineThatNamesTheKey(String setting, String message) {
        assertThatThrownBy(() -> set(setting))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message)
                .extracting(Throwable::getMessage)
                .asString()
                .doesNotContain("\n");
    }

    @Test
    void aCertificateOfTheClientNeedsThoseWhoVouchForTheServer() {
        List<String> settings =
                List.of("milvus.uri=https://milvus:19530", "milvus.tls_certificate=c.pem", "milvus.tls_key=k.pem");
        assertThatThrownBy(() -> ConfigLoader.load(Optional.empty(), Optional.empty(), Map.of(), settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("milvus.tls_certificate needs milvus.tls_ca");
    }

    @Test
    void durationsAreReadAndWritten() {
        for (String text : List.of("0ms", "250ms", "2s", "10m", "1h", "7d")) {
            assertThat(Durations.format(Durations.parse(text))).isEqualTo(text);
        }
        for (String text : List.of("", "5", "s", "-1s", "1.5s", "1w")) {
            assertThatThrownBy(() -> Durations.parse(text)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aRecipeWinsOverTheFileAndASettingOverTheRecipe() {
        Config plain = ConfigLoader.defaults();
        for (String name : List.of("best", "online")) {
            Config config = ConfigLoader.load(
                    Optional.empty(), Optional.of(name), Map.of(), List.of("training.negative_sampling_ratio=3"));
            assertThat(config.training().epochs()).isNotEqualTo(plain.training().epochs());
            assertThat(config.training().negativeSamplingRatio()).isEqualTo(3);
            assertThat(config.server()).isEqualTo(plain.server());
        }
    }

    @Test
    void theRecipesOfLeastSquaresChooseThem() {
        for (String name : List.of("fast", "als")) {
            Config config = ConfigLoader.load(Optional.empty(), Optional.of(name), Map.of(), List.of("als.alpha=0.5"));
            assertThat(config.training().algorithm()).isEqualTo("als");
            assertThat(config.als().alpha()).isEqualTo(0.5);
            assertThat(config.als().iterations())
                    .isNotEqualTo(ConfigLoader.defaults().als().iterations());
        }
    }

    /** Least squares know inner products alone: their recipes fall back to gradient steps. */
    @ParameterizedTest
    @CsvSource({"fast, cosine", "fast, '\"euclidean\"'", "als, cosine", "best, cosine", "online, euclidean"})
    void noRecipeIsRefusedForAMetric(String name, String metric) {
        Config config = ConfigLoader.load(
                Optional.empty(),
                Optional.of(name),
                Map.of(),
                List.of("training.metric=" + metric, "training.epochs=3"));
        assertThat(config.training().algorithm()).isEqualTo("sgd");
        assertThat(config.training().epochs()).isEqualTo(3);
        assertThat(ConfigLoader.usesOtherMetrics(name, config)).isEqualTo(name.equals("fast") || name.equals("als"));
    }

    @Test
    void aRecipeHeedsTheMetricOfTheFileToo(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("m.toml"), "[training]\nmetric = \"cosine\"\n");
        Config config = ConfigLoader.load(Optional.of(file), Optional.of("fast"), Map.of(), List.of());
        assertThat(config.training().metric()).isEqualTo("cosine");
        assertThat(config.training().algorithm()).isEqualTo("sgd");
        assertThat(ConfigLoader.load(Optional.empty(), Optional.of("fast"), Map.of(), List.of())
                        .training()
                        .algorithm())
                .isEqualTo("als");
    }

    @Test
    void aRecipeThatIsNotShippedIsRefused() {
        assertThatThrownBy(() -> ConfigLoader.load(Optional.empty(), Optional.of("../x"), Map.of(), List.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessage("--recipe ../x: must be one of fast, best, als, online");
    }

    @Test
    void someValuesCanBeChangedAndAreCheckedLikeAllOthers() {
        Config before = ConfigLoader.defaults();
        Config after = ConfigLoader.changed(
                before, Map.of("recommendation.similarity_threshold", "0.5", "server.request_deadline", "1s"));
        assertThat(after.recommendation().similarityThreshold()).isEqualTo(0.5);
        assertThat(after.server().requestDeadline()).isEqualTo(Duration.ofSeconds(1));
        assertThat(after.kafka()).isEqualTo(before.kafka());
        assertThat(ConfigLoader.changed(before, Map.of()).recommendation()).isEqualTo(before.recommendation());
        assertThatThrownBy(() -> ConfigLoader.changed(before, Map.of("recommendation.similarity_threshold", "7")))
                .hasMessageContaining("must be -1 to 1");
        assertThatThrownBy(() -> ConfigLoader.changed(before, Map.of("recommendation.top", "7")))
                .hasMessageContaining("unknown key recommendation.top");
        assertThatThrownBy(() -> ConfigLoader.changed(before, Map.of("recommendation", "7")))
                .isInstanceOf(ConfigException.class);
    }
}
