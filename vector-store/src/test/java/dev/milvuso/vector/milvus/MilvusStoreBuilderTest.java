package dev.milvuso.vector.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.milvuso.config.ConfigException;
import dev.milvuso.config.MilvusConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MilvusStoreBuilderTest {
    @Test
    void whatWasGivenIsInTheConfigurationAndTheRestAsShipped() {
        MilvusConfig config = MilvusVectorStore.builder()
                .uri("https://milvus.example:19530")
                .database("shop")
                .user("me", "secret=with=signs")
                .trusting(Path.of("ca.pem"))
                .certificate(Path.of("mine.pem"), Path.of("mine.key"))
                .serverName("milvus")
                .connectTimeout(Duration.ofSeconds(2))
                .callTimeout(Duration.ofMillis(1500))
                .keepAlive(Duration.ofSeconds(20))
                .pool(3, 12)
                .attempts(2)
                .batches(500, 1 << 20, 4)
                .consistency("Strong")
                .collections(2, 3, "HNSW")
                .config();
        assertThat(config.address()).isEqualTo("https://milvus.example:19530");
        assertThat(config.password()).isEqualTo("secret=with=signs");
        assertThat(config.toString()).doesNotContain("secret");
        assertThat(config.callTimeout()).isEqualTo(Duration.ofMillis(1500));
        assertThat(config.batchRows()).isEqualTo(500);
        assertThat(config.replicas()).isEqualTo(3);
        assertThat(config.tlsKey()).isEqualTo("mine.key");
        assertThat(config.port()).isEqualTo(19530);
    }

    @Test
    void theEnvironmentIsHeardAndTheBuilderWins() {
        Map<String, String> environment =
                Map.of("MILVUS_URI", "http://there:1", "MILVUS_TOKEN", "t", "MILVUS_COLLECTION_SHARDS", "4");
        MilvusConfig config = MilvusVectorStore.builder()
                .environment(environment)
                .token("mine")
                .config();
        assertThat(config.address()).isEqualTo("http://there:1");
        assertThat(config.token()).isEqualTo("mine");
        assertThat(config.shards()).isEqualTo(4);
    }

    @Test
    void whatCannotBeIsRefusedWithItsKey() {
        MilvusStoreBuilder builder = MilvusVectorStore.builder().uri("http://there:1");
        assertThatThrownBy(() -> builder.trusting(Path.of("ca.pem")).config())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("milvus.tls_ca")
                .hasMessageContaining("https://");
        assertThatThrownBy(() ->
                        MilvusVectorStore.builder().collections(1, 1, "ANNOY").config())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("milvus.index_type")
                .hasMessageContaining("AUTOINDEX, FLAT, IVF_FLAT");
        assertThatThrownBy(() -> MilvusVectorStore.builder()
                        .collections(1, 1, "HNSW M=1")
                        .build())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("milvus.index_type")
                .hasMessageContaining("M is 1: must be 2 to 2048");
        assertThatThrownBy(() -> MilvusVectorStore.builder().pool(0, 1).config())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("milvus.pool_size");
    }
}
