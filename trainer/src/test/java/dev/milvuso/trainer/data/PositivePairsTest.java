package dev.milvuso.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PositivePairsTest {
    private static List<String> lines(PositivePairs pairs) {
        return IntStream.range(0, pairs.size())
                .mapToObj(i -> pairs.userIds().get(pairs.user(i)) + " "
                        + pairs.itemIds().get(pairs.item(i)) + (pairs.isRated() ? " " + pairs.rating(i) : ""))
                .toList();
    }

    @Test
    void sortedByUserThePairsOfAUserStayInTheirOrder() {
        PositivePairs pairs = new PositivePairs();
        pairs.add("v", "1");
        pairs.add("u", "2");
        pairs.add("v", "3");
        pairs.add("u", "1");
        Histories before = pairs.histories();
        pairs.sortByUser();
        assertThat(lines(pairs)).containsExactly("v 1", "v 3", "u 2", "u 1");
        assertThat(pairs.histories().items()).isEqualTo(before.items());
        pairs.add("w", "1");
        assertThat(lines(pairs)).hasSize(5).endsWith("w 1");
    }

    @Test
    void ratingsGoWithTheirPairs() {
        PositivePairs pairs = new PositivePairs();
        pairs.add("v", "1", 5);
        pairs.add("u", "2", 4);
        pairs.add("v", "3", 3);
        pairs.sortByUser();
        assertThat(lines(pairs)).containsExactly("v 1 5.0", "v 3 3.0", "u 2 4.0");
    }

    @Test
    void moreThanFitAtFirstAreKept() {
        PositivePairs pairs = new PositivePairs();
        for (int i = 0; i < 3000; i++) {
            pairs.add("u" + i % 7, "i" + i);
        }
        pairs.sortByUser();
        assertThat(IntStream.range(0, 3000).map(pairs::item).distinct()).hasSize(3000);
        assertThat(IntStream.range(1, 3000)).allMatch(i -> pairs.user(i) >= pairs.user(i - 1));
    }
}
