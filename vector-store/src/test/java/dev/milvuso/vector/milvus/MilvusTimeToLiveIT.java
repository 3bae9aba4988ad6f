package dev.milvuso.vector.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.SearchRequest;
import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.service.utility.request.CompactReq;
import io.milvus.v2.service.utility.request.FlushReq;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Milvus takes rows away when it compacts what holds them, which it does by itself where they are many. */
final class MilvusTimeToLiveIT {
    private static final String NAME = "time_to_live";

    @Test
    void aRowWhoseTimeIsOverIsGoneOnceTheServerHasCompactedIt() {
        MilvusServer server = MilvusServer.shared();
        try (MilvusVectorStore store = new MilvusVectorStore(server.config("consistency_level=Strong"))) {
            store.drop(NAME);
            store.create(CollectionSchema.named(NAME)
                    .vector("vector", 2, Metric.EUCLIDEAN)
                    .timeToLive(Duration.ofSeconds(3))
                    .build());
            store.insert(NAME, List.of(new Entity("a", new float[] {1, 0}, Map.of())));
            assertThat(store.query(NAME, QueryRequest.everything())).hasSize(1);
            MilvusClientV2 client =
                    new MilvusClientV2(ConnectConfig.builder().uri(server.uri()).build());
            try {
                await().atMost(Duration.ofMinutes(3))
                        .pollInterval(Duration.ofSeconds(5))
                        .untilAsserted(() -> {
                            client.flush(FlushReq.builder()
                                    .collectionNames(List.of(NAME))
                                    .build());
                            client.compact(
                                    CompactReq.builder().collectionName(NAME).build());
                            assertThat(store.query(NAME, QueryRequest.everything()))
                                    .isEmpty();
                        });
            } finally {
                client.close();
            }
            assertThat(store.search(NAME, SearchRequest.nearest(new float[] {1, 0}, 5)))
                    .isEmpty();
            store.drop(NAME);
        }
    }
}
