package dev.milvuso.trainer.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.milvuso.config.ConfigLoader;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.trainer.batch.Tastes;
import dev.milvuso.trainer.data.PositivePairs;
import dev.milvuso.trainer.model.FactorModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is chosen, one pass over a stream tells tastes apart. */
final class OnlineChoicesTest {
    private final Tastes tastes = new Tastes(3);

    @TempDir
    Path directory;

    private static OnlineCore core(String... settings) {
        List<String> all = new ArrayList<>(List.of("recommendation.embedding_dim=16", "milvus.dimension=16"));
        all.addAll(List.of(settings));
        return new OnlineCore(ConfigLoader.load(Optional.empty(), Map.of(), all));
    }

    /** Two passes in an order of chance. */
    private OnlineCore learnt(OnlineCore core) {
        PositivePairs pairs = tastes.pairs();
        List<Integer> order = new ArrayList<>();
        for (int n = 0; n < 2 * pairs.size(); n++) {
            order.add(n);
        }
        Collections.shuffle(order, new Random(1));
        for (int n : order) {
            int pair = n % pairs.size();
            core.apply(
                    "e" + n,
                    pairs.userIds().get(pairs.user(pair)),
                    pairs.itemIds().get(pairs.item(pair)),
                    1,
                    1,
                    0);
        }
        return core;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "training.metric=cosine online.learning_rate=0.3",
                "training.metric=euclidean online.learning_rate=0.3",
                "training.biases=all",
                "training.biases=off",
                "online.loss=bpr",
                "online.loss=warp",
                "online.loss=softmax",
                "online.loss=softmax online.negative_sampler=popularity",
                "online.loss=softmax online.negative_sampler=in_batch",
                "online.negative_sampler=popularity online.exclude_known=true",
                "online.hard_candidates=2",
                "online.negative_sampling_ratio=4.5",
                "online.optimizer=adam online.learning_rate=0.02",
                "online.optimizer=ftrl online.learning_rate=0.3 online.user_optimizer=ftrl",
                "online.optimizer=momentum online.learning_rate=0.02",
                "online.initializer=orthogonal online.max_norm=3 online.clip_norm=1"
            })
    void everyChoiceLearnsTastes(String settings) {
        FactorModel model = learnt(core(settings.isEmpty() ? new String[0] : settings.split(" ")))
                .model();
        assertThat(tastes.hitRate(model)).isGreaterThan(1.6 * tastes.hitRateOfPopularity());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bpr", "warp", "softmax", "logistic"})
    void aShownItemThatNobodyAnsweredIsPushedDownByEveryLoss(String loss) {
        OnlineCore core = core("online.loss=" + loss, "online.rehearsals=0");
        core.apply("e1", "u", "i", 1, 1, 0);
        core.apply("e2", "u", "j", 1, 1, 0);
        double before = core.model().score(0, core.model().items().find("j"));
        core.apply("e3", "u", "j", 0, 1, 0);
        assertThat(core.model().score(0, core.model().items().find("j"))).isLessThan((float) before);
    }

    @Test
    void aSnapshotKeepsWhatAllRowsShareAndIsRefusedByAnotherMetric() {
        Snapshots snapshots = new Snapshots(directory);
        OnlineCore core = learnt(core("training.metric=cosine"));
        snapshots.writeWhole(new TrainerState(new ModelVersion("online-x"), 1, Map.of(), core));
        OnlineCore read = snapshots
                .read(() -> core("training.metric=cosine"))
                .orElseThrow()
                .core();

        assertThat(read.shared()).isEqualTo(core.shared());
        assertThat(read.shared().scale()).isNotEqualTo(10);
        assertThatThrownBy(() -> snapshots.read(() -> core("training.metric=euclidean")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("it is of training.metric cosine");
    }

    @Test
    void aSnapshotOfInnerProductsIsRefusedByAnotherMetric() {
        Snapshots snapshots = new Snapshots(directory);
        OnlineCore core = core();
        core.apply("e1", "u", "i", 1, 1, 0);
        snapshots.writeWhole(new TrainerState(new ModelVersion("online-x"), 1, Map.of(), core));
        assertThatThrownBy(() -> snapshots.read(() -> core("training.metric=cosine")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("it is of training.metric inner_product");
    }
}
