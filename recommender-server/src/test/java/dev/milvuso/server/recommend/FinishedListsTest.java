package dev.milvuso.server.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.UserId;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.server.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FinishedListsTest {
    private static final UserId USER = new UserId("u");
    private static final ModelVersion VERSION = new ModelVersion("v1");
    private static final Query QUERY = new Query(10, Optional.empty(), Set.of(), true);
    private static final Recommendation LIST = new Recommendation("v1", "memory", List.of(), 0, List.of());

    private final ManualClock clock = new ManualClock();
    private final FinishedLists lists = new FinishedLists(100, Duration.ofMinutes(5), clock);

    @Test
    void aListIsServedAgainToTheSameQuestionOnly() {
        lists.put(USER, VERSION, QUERY, LIST, lists.change(USER));
        assertThat(lists.find(USER, VERSION, QUERY)).hasValue(LIST);
        assertThat(lists.find(new UserId("v"), VERSION, QUERY)).isEmpty();
        assertThat(lists.find(USER, new ModelVersion("v2"), QUERY)).isEmpty();
        assertThat(lists.find(USER, VERSION, new Query(9, Optional.empty(), Set.of(), true)))
                .isEmpty();
    }

    @Test
    void whatHappensEndsIt() {
        lists.put(USER, VERSION, QUERY, LIST, lists.change(USER));
        lists.invalidate(new UserId("v"));
        assertThat(lists.find(USER, VERSION, QUERY)).isPresent();
        lists.invalidate(USER);
        assertThat(lists.find(USER, VERSION, QUERY)).isEmpty();
    }

    @Test
    void whatHappensWhileItIsMadeKeepsItFromBeingServed() {
        long change = lists.change(USER);
        lists.invalidate(USER);
        lists.put(USER, VERSION, QUERY, LIST, change);
        assertThat(lists.find(USER, VERSION, QUERY)).isEmpty();
    }

    @Test
    void aListFromElsewhereIsCurrentIfNothingHasHappenedSinceItWasMade() {
        assertThat(lists.isCurrent(USER, clock.millis())).isTrue();
        lists.invalidate(USER);
        assertThat(lists.isCurrent(USER, clock.millis())).isFalse();
        clock.goOn(Duration.ofMillis(1));
        assertThat(lists.isCurrent(USER, clock.millis())).isTrue();
    }

    @Test
    void noMoreAreKeptThanThereIsRoomFor() {
        for (int i = 0; i < 10_000; i++) {
            UserId user = new UserId("u" + i);
            lists.put(user, VERSION, QUERY, LIST, lists.change(user));
        }
        long kept = IntStream.range(0, 10_000)
                .filter(i -> lists.find(new UserId("u" + i), VERSION, QUERY).isPresent())
                .count();
        assertThat(kept).isLessThanOrEqualTo(200);
    }
}
