package dev.milvuso.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.milvuso.embedded.EmbeddedServices;
import dev.milvuso.embedding.Activation;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.EmbeddingRecord;
import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.vector.SwitchedStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A model takes the place of another while lists are asked for. */
@ExtendWith(SharedServices.class)
final class ModelSwapIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ITEMS = 200;
    private static final int USERS = 20;
    private static final ModelVersion NEXT = new ModelVersion("batch-next");

    /** The served model likes the first half of the items, the next one the second half. */
    private static Embedding item(ModelVersion version, int n) {
        boolean first = n < ITEMS / 2;
        boolean liked = first == version.equals(ServerFixture.VERSION);
        return new Embedding(version, Kind.ITEM, "i" + n, new float[] {liked ? 1 + n : -1 - n, 0}, 0, 1, 1, 0);
    }

    private static EmbeddingRecord[] model(ModelVersion version) {
        List<EmbeddingRecord> rows = new ArrayList<>();
        IntStream.range(0, USERS)
                .forEach(n -> rows.add(new Embedding(version, Kind.USER, "u" + n, new float[] {1, 1}, 0, 1, 1, 0)));
        IntStream.range(0, ITEMS).forEach(n -> rows.add(item(version, n)));
        return rows.toArray(EmbeddingRecord[]::new);
    }

    private static String catalogue() {
        return IntStream.range(0, ITEMS)
                .mapToObj(n -> "{\"item_id\":\"i" + n + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String version(JsonNode list) {
        return list.get("model_version").asText();
    }

    private static boolean isWholly(JsonNode list) {
        boolean next = version(list).equals(NEXT.value());
        return ServerFixture.items(list).stream()
                .allMatch(item -> Integer.parseInt(item.substring(1)) >= ITEMS / 2 == next);
    }

    @Test
    void noListIsEmptyAndNoneMixesTwoVersionsWhileTheNextOneTakesOver(EmbeddedServices services) throws Exception {
        try (SwitchedStore store = TrainedStore.empty();
                ServerFixture server =
                        new ServerFixture(store, ServerFixture.settings(services, "model_swap")).start()) {
            assertThat(server.send("POST", "/items", catalogue()).statusCode()).isEqualTo(201);
            server.publish(model(ServerFixture.VERSION));
            server.publish(new Activation(ServerFixture.VERSION, 1, ITEMS));
            await().atMost(PATIENCE)
                    .until(() -> version(server.recommendations("u0")).equals(ServerFixture.VERSION.value()));
            await().atMost(PATIENCE)
                    .until(() ->
                            server.recommendations("u1").get("recommendations").size() == 10);

            List<JsonNode> lists = Collections.synchronizedList(new ArrayList<>());
            CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> askUntilNext(server, lists));
            // The worst order: the activation is read before most of what it names.
            EmbeddingRecord[] next = model(NEXT);
            server.publish(Arrays.copyOf(next, USERS + 1));
            server.publish(new Activation(NEXT, 1, ITEMS));
            await().until(() -> lists.size() > 50);
            assertThat(List.copyOf(lists)).allMatch(list -> version(list).equals(ServerFixture.VERSION.value()));
            server.publish(Arrays.copyOfRange(next, USERS + 1, next.length));
            asking.get(60, TimeUnit.SECONDS);

            assertThat(lists).allMatch(list -> list.get("recommendations").size() == 10);
            assertThat(lists).allMatch(ModelSwapIT::isWholly);
            assertThat(lists).allMatch(list -> !version(list).isEmpty());
        }
    }

    /** Also a little beyond. */
    private static void askUntilNext(ServerFixture server, List<JsonNode> lists) {
        int beyond = 0;
        for (int n = 0; beyond < 50; n++) {
            try {
                JsonNode list = server.recommendations("u" + n % USERS);
                lists.add(list);
                beyond += version(list).equals(NEXT.value()) ? 1 : 0;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
