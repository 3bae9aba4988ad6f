package dev.milvuso.trainer.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.trainer.data.DataFormat;
import dev.milvuso.trainer.data.OnError;
import dev.milvuso.trainer.data.Timeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users who each like one of five kinds of forty items, new users all the time. */
final class ReplayTest {
    @TempDir
    Path directory;

    private final Config config = config(List.of());

    private static Config config(List<String> further) {
        List<String> settings =
                new ArrayList<>(List.of("training.threads=1", "training.epochs=5", "training.learning_rate=0.1"));
        settings.addAll(further);
        return ConfigLoader.load(Optional.empty(), Map.of(), settings);
    }

    private static Replay replay(Timeline events) {
        return new Replay(ReplayTest::config, events, Others.UNSEEN, 1);
    }

    private Timeline events(int count) throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            int user = i / 40 + random.nextInt(10);
            lines.append("u").append(user).append("\ti");
            lines.append(5 * random.nextInt(40) + user % 5)
                    .append("\t5\t")
                    .append(978_300_000 + i)
                    .append('\n');
        }
        return timeline(lines.toString());
    }

    private Timeline timeline(String lines) throws IOException {
        Path file = Files.writeString(directory.resolve("data"), lines);
        return Timeline.read(List.of(file), DataFormat.NCF, OnError.FAIL, config.actions());
    }

    @Test
    void onlineLearningIsAheadOfPopularityAndOfABatchModelThatStaysAsItIs() throws IOException {
        ReplayResult result = replay(events(8000)).run(Replay.Begin.ONLINE, true, done -> {});
        assertThat(result.ways().stream().map(ReplayResult.Way::name))
                .containsExactly("online", "ranker", "never_retrained", "retrained", "popularity", "fold_in");
        assertThat(result.events()).isEqualTo(8000);
        assertThat(result.ranked()).isEqualTo(7200);
        double online = result.ndcg();
        assertThat(online).isEqualTo(result.ways().get(0).ndcg()).isGreaterThan(0.3);
        assertThat(online).isGreaterThan(1.5 * result.ways().get(2).ndcg());
        assertThat(online).isGreaterThan(1.5 * result.ways().get(4).ndcg());
        // Nothing to be learned of chance: about ten of a hundred.
        assertThat(result.ways().get(4).hr()).isBetween(0.05, 0.2);
        assertThat(result.curve()).hasSize(90);
        assertThat(result.curve().get(0).fromEvent()).isEqualTo(800);
        assertThat(result.curve().stream()
                                .mapToDouble(point -> point.ndcg().getOrDefault("online", 0.0) * point.ranked())
                                .sum()
                        / result.ranked())
                .isCloseTo(online, org.assertj.core.api.Assertions.within(1e-9));
        assertThat(Curves.of(result).svg()).contains("online 0.", "fold in 0.", "<polyline");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inner_product", "cosine", "euclidean"})
    void usersAreFoldedInByTheMetricThatTheModelWasTrainedBy(String metric) throws IOException {
        Function<List<String>, Config> configs = further -> {
            List<String> settings = new ArrayList<>(List.of("training.metric=" + metric, "training.epochs=40"));
            settings.addAll(further);
            return config(settings);
        };
        ReplayResult result =
                new Replay(configs, events(4000), Others.UNSEEN, 0.4).run(Replay.Begin.ONLINE, true, done -> {});
        ReplayResult.Way popularity = result.ways().get(4);
        ReplayResult.Way foldIn = result.ways().get(5);
        assertThat(foldIn.ndcg()).isGreaterThan(1.5 * popularity.ndcg());
    }

    @Test
    void theSameSeedGivesTheSameFiguresAndABatchBeginOthers() throws IOException {
        Timeline events = events(2000);
        ReplayResult one = replay(events).run(Replay.Begin.ONLINE, false, done -> {});
        ReplayResult other = replay(events).run(Replay.Begin.ONLINE, false, done -> {});
        ReplayResult batch = replay(events).run(Replay.Begin.BATCH, false, done -> {});
        assertThat(other.curve()).isEqualTo(one.curve());
        assertThat(one.ways().stream().map(ReplayResult.Way::name)).containsExactly("online", "ranker");
        assertThat(batch.ndcg()).isNotEqualTo(one.ndcg());
    }

    @Test
    void aReplayOfAShareForeseesItsEventsAsTheWholeDoes() throws IOException {
        Timeline events = events(2000);
        ReplayResult whole = replay(events).run(Replay.Begin.ONLINE, true, done -> {});
        ReplayResult share =
                new Replay(ReplayTest::config, events, Others.UNSEEN, 0.3).run(Replay.Begin.ONLINE, true, done -> {});
        assertThat(share.ranked()).isEqualTo(400);
        assertThat(share.curve()).hasSize(20).isEqualTo(whole.curve().subList(0, 20));
    }

    @Test
    void amongAnyItemsAUsersEarlierOnesStandInTheWay() throws IOException {
        Timeline events = events(4000);
        ReplayResult unseen = replay(events).run(Replay.Begin.ONLINE, false, done -> {});
        ReplayResult any =
                new Replay(ReplayTest::config, events, Others.ANY, 1).run(Replay.Begin.ONLINE, false, done -> {});
        assertThat(unseen.negatives()).isEqualTo("unseen");
        assertThat(any.negatives()).isEqualTo("any");
        assertThat(any.ranked()).isEqualTo(unseen.ranked());
        assertThat(any.ndcg()).isLessThan(unseen.ndcg());
    }

    @Test
    void theBatchModelsOfAReplayAreSearchedForToo() throws IOException {
        Timeline events = events(2000);
        ReplayResult searched = new Replay(
                        further -> {
                            List<String> settings = new ArrayList<>(List.of("search.trials=4"));
                            settings.addAll(further);
                            return config(settings);
                        },
                        events,
                        Others.UNSEEN,
                        0.2)
                .run(Replay.Begin.ONLINE, true, done -> {});
        assertThat(searched.ways().get(2).ndcg()).isPositive();
    }

    @Test
    void aStreamTooShortToLearnFromIsRefused() {
        assertThatThrownBy(() -> replay(events(5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5 interactions: its first tenth must hold at least two items");
        assertThatThrownBy(() -> timeline("u\ti\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 1 has no timestamp");
        assertThatThrownBy(() -> timeline("")).hasMessageContaining("holds no interaction that counts");
    }

    @Test
    void aTimeSplitTrainsOnTheOlderPartAlone() throws IOException {
        // c is in the newer part alone: the model cannot know it, and its user is unknown too.
        Timeline events = timeline("u\tb\t5\t3\nx\tc\t5\t9\nu\ta\t5\t1\nv\ta\t5\t2\nv\tb\t5\t8\n");
        var result = TimeSplit.evaluate(config, events, 0.6, 1, (epoch, loss, rate, left) -> {});
        assertThat(result.protocol()).isEqualTo("time-split");
        assertThat(result.users()).isEqualTo(2);
        assertThat(result.unknownUsers()).isEqualTo(1);
        assertThat(result.unknownItems()).isEqualTo(1);
        // v has chosen a, so b alone is left for the list.
        assertThat(result.hr()).isEqualTo(0.5);
        assertThatThrownBy(() -> TimeSplit.evaluate(config, events, 0.01, 1, (epoch, loss, rate, left) -> {}))
                .hasMessageContaining("0 positive ones lie before the split and 5 behind it");
    }
}
