package dev.milvuso.trainer.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.milvuso.config.ConfigLoader;
import dev.milvuso.trainer.data.DataFormat;
import dev.milvuso.trainer.data.OnError;
import dev.milvuso.trainer.data.Timeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two items, so that the one other is known; all expectations are worked out by hand. */
final class ReplayedTest {
    private static final double SECOND = Math.log(2) / Math.log(3);

    @TempDir
    Path directory;

    private Replayed stream(String... usersAndItems) throws IOException {
        return stream(Others.UNSEEN, usersAndItems);
    }

    private Replayed stream(Others among, String... usersAndItems) throws IOException {
        StringBuilder lines = new StringBuilder("user_id,item_id,timestamp\n");
        for (int i = 0; i < usersAndItems.length; i++) {
            lines.append(usersAndItems[i]).append(',').append(1_000_000 + i).append('\n');
        }
        Path file = Files.writeString(directory.resolve("stream.csv"), lines);
        return Replayed.of(
                Timeline.read(
                        List.of(file),
                        DataFormat.CSV,
                        OnError.FAIL,
                        ConfigLoader.defaults().actions()),
                among,
                usersAndItems.length,
                42);
    }

    @Test
    void higherScoresStandBeforeAndEqualOnesHalf() throws IOException {
        Replayed stream = stream("u,a", "v,b", "w,a");
        assertThat(stream.doubleRank(2, item -> item == 0 ? 1 : 0)).isEqualTo(2);
        assertThat(stream.doubleRank(2, item -> item == 0 ? 0 : 1)).isEqualTo(4);
        assertThat(stream.doubleRank(2, item -> 7)).isEqualTo(3);
    }

    @Test
    void whatTheUserHasActedOnIsNoCandidateButLaterActionsDoNotCount() throws IOException {
        // w has b behind it when it comes to a, and a before it when it comes to b.
        Replayed stream = stream("u,a", "v,b", "w,a", "w,b");
        assertThat(stream.doubleRank(2, item -> item == 0 ? 0 : 1)).isEqualTo(4);
        assertThat(stream.doubleRank(3, item -> item == 0 ? 1 : 0)).isEqualTo(2);
    }

    @Test
    void amongAnyWhatTheUserHasActedOnIsACandidate() throws IOException {
        Replayed stream = stream(Others.ANY, "u,a", "v,b", "w,a", "w,b");
        assertThat(stream.doubleRank(3, item -> item == 0 ? 1 : 0)).isEqualTo(4);
        assertThat(stream.doubleRank(3, item -> item == 0 ? 0 : 1)).isEqualTo(2);
    }

    @Test
    void anItemThatComesUpForTheFirstTimeIsRankedAmongThoseThatWere() throws IOException {
        Replayed stream = stream("u,a", "v,b", "w,c");
        assertThat(stream.doubleRank(2, item -> item == 2 ? Contestant.UNKNOWN : item))
                .isEqualTo(6);
    }

    @Test
    void theFirstTenthIsNotRankedAndNothingAmongOneItem() throws IOException {
        String[] lines = new String[20];
        for (int i = 0; i < 20; i++) {
            lines[i] = "u" + i + "," + (i < 3 ? "a" : "b");
        }
        Replayed stream = stream(lines);
        assertThat(stream.first()).isEqualTo(2);
        // Until the fourth, a alone had appeared.
        assertThat(stream.isRanked(1)).isFalse();
        assertThat(stream.isRanked(3)).isFalse();
        assertThat(stream.isRanked(4)).isTrue();
    }

    @Test
    void popularityCountsWhatWasBefore() throws IOException {
        Replayed stream = stream("s,a", "t,b", "u,a", "v,a", "w,b", "x,b", "y,b");
        Ranks ranks = new Ranks(7, new LongAdder(), () -> {});
        new Popularity().replay(stream, ranks);
        // Of a and b were chosen 1 and 1, 2 and 1, 3 and 1, 3 and 2, 3 and 3.
        assertThat(ranks.gain(2)).isCloseTo((1 + SECOND) / 2, within(1e-12));
        assertThat(ranks.gain(3)).isEqualTo(1);
        assertThat(ranks.gain(4)).isCloseTo(SECOND, within(1e-12));
        assertThat(ranks.gain(5)).isCloseTo(SECOND, within(1e-12));
        assertThat(ranks.gain(6)).isCloseTo((1 + SECOND) / 2, within(1e-12));
        Means means = Means.of(ranks, 2, 5, event -> event != 3);
        assertThat(means.ranked()).isEqualTo(2);
        assertThat(means.ndcg()).isCloseTo(((1 + SECOND) / 2 + SECOND) / 2, within(1e-12));
        assertThat(means.hr()).isEqualTo(1);
    }

    @Test
    void aRankBetweenTenAndElevenCountsHalf() {
        Ranks ranks = new Ranks(3, new LongAdder(), () -> {});
        ranks.set(0, 20);
        ranks.set(1, 21);
        ranks.set(2, 22);
        assertThat(ranks.hit(0)).isEqualTo(1);
        assertThat(ranks.hit(1)).isEqualTo(0.5);
        assertThat(ranks.hit(2)).isZero();
        assertThat(ranks.gain(0)).isCloseTo(Math.log(2) / Math.log(11), within(1e-12));
        assertThat(ranks.gain(1)).isCloseTo(Math.log(2) / Math.log(11) / 2, within(1e-12));
        assertThat(ranks.gain(2)).isZero();
    }
}
