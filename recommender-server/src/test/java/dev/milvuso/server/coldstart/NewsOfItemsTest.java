package dev.milvuso.server.coldstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.ItemId;
import dev.milvuso.server.recommend.Recommendation;
import dev.milvuso.server.recommend.Recommended;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewsOfItemsTest {
    private static Recommended item(float score, String source, float probability) {
        return new Recommended(new ItemId(source + score), score, source, probability, null);
    }

    private static Recommendation list(Recommended... items) {
        return new Recommendation("v1", "memory", List.of(), 0, List.of(items));
    }

    @Test
    void onlyWhatIsInTheListByItsScoreHasToBeSurpassed() {
        Recommendation list = list(
                item(-9, "pinned", 1),
                item(5, "personal", 1),
                item(3, "new", 1),
                item(0.5f, "trending", 1),
                item(0.1f, "new", 0.2f),
                item(0, "popular", 1));
        assertThat(NewsOfItems.bar(list, false)).isEqualTo(3);
    }

    @Test
    void ofADiverseListTheBetterHalfHasToBeSurpassed() {
        Recommendation list =
                list(item(5, "personal", 1), item(1, "personal", 1), item(4, "personal", 1), item(2, "personal", 1));
        assertThat(NewsOfItems.bar(list, false)).isEqualTo(1);
        assertThat(NewsOfItems.bar(list, true)).isEqualTo(4);
    }

    @Test
    void whereNothingIsInTheListByItsScoreAnythingEnters() {
        assertThat(NewsOfItems.bar(list(item(9, "pinned", 1)), false)).isEqualTo(Float.NEGATIVE_INFINITY);
    }
}
