package dev.milvuso.trainer.online;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.trainer.parameter.ParameterTable;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.VectorStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was learnt online is searched in any store by the metric that it was learnt with. */
abstract class StoreSyncContract {
    private static final int ITEMS = 60;

    /** @return keys of the configuration and their values, for collections that nobody else has */
    abstract List<String> settings();

    abstract VectorStore open(Config config);

    @ParameterizedTest
    @ValueSource(strings = {"inner_product", "cosine", "euclidean"})
    void aSearchInTheStoreGivesTheModelsOrder(String metric) {
        List<String> settings = new ArrayList<>(List.of(
                "training.metric=" + metric,
                "training.biases=all",
                "recommendation.embedding_dim=12",
                "milvus.dimension=12"));
        settings.addAll(settings());
        Config config = ConfigLoader.load(Optional.empty(), Map.of(), settings);
        OnlineCore core = new OnlineCore(config);
        SplittableRandom random = new SplittableRandom(2);
        for (int n = 0; n < 3000; n++) {
            int user = random.nextInt(30);
            int item = random.nextInt(ITEMS / 3) * 3 + user % 3;
            core.apply("e" + n, "u" + user, "i" + item, 1, 1, 0);
        }
        String items = config.milvus().collectionName() + "_items";
        String users = config.milvus().collectionName() + "_users";
        try (VectorStore store = open(config)) {
            try (StoreSync sync = new StoreSync(config, store, () -> true)) {
                put(sync, Kind.USER, core.model().users());
                put(sync, Kind.ITEM, core.model().items());
            }
            assertThat(store.count(items)).isEqualTo(ITEMS);
            for (int user = 0; user < 30; user++) {
                float[] query = store.get(users, List.of("u" + user)).get(0).vector();
                double before = Double.POSITIVE_INFINITY;
                for (Hit hit : store.search(items, SearchRequest.nearest(query, ITEMS))) {
                    double score = core.model()
                            .score(
                                    core.model().users().find("u" + user),
                                    core.model().items().find(hit.id()));
                    // But for what two ways to add up the same numbers make different.
                    assertThat(score).isLessThan(before + 5e-6 * Math.max(1, Math.abs(score)));
                    before = score;
                }
            }
            store.drop(items);
            store.drop(users);
        }
    }

    private static void put(StoreSync sync, Kind kind, ParameterTable table) {
        for (int row = 0; row < table.size(); row++) {
            sync.put(new Embedding(new ModelVersion("online-x"), kind, table.id(row), table.vector(row), 0, 1, 1, 0));
        }
    }
}
