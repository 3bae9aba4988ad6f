package dev.milvuso.trainer.ranker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentLikesTest {
    private final RecentLikes likes = new RecentLikes();

    private List<Integer> of(int user) {
        return IntStream.range(0, 12)
                .map(age -> likes.item(user, age))
                .takeWhile(item -> item >= 0)
                .boxed()
                .toList();
    }

    @Test
    void theNewestComesFirstAndEachOnce() {
        IntStream.of(1, 2, 3, 1, 0).forEach(item -> likes.add(4, item, 9));
        assertThat(of(4)).containsExactly(0, 1, 3, 2);
        assertThat(of(3)).isEmpty();
        assertThat(of(5)).isEmpty();
        assertThat(of(1_000_000)).isEmpty();
    }

    @Test
    void beyondTenTheOldestGoes() {
        IntStream.range(0, 15).forEach(item -> likes.add(0, item, 9));
        assertThat(of(0)).containsExactly(14, 13, 12, 11, 10, 9, 8, 7, 6, 5);
        assertThat(of(1)).isEmpty();
    }

    @Test
    void ofWhoIsGoneNothingIsKept() {
        likes.add(2, 7, 70);
        likes.add(3, 8, 80);
        likes.clear(2);
        likes.clear(99);
        assertThat(of(2)).isEmpty();
        assertThat(of(3)).containsExactly(8);
        assertThat(likes.time(2)).isZero();
        assertThat(likes.time(3)).isEqualTo(80);
        assertThat(likes.time(99)).isZero();
    }
}
