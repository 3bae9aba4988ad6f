package dev.milvuso.server.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.milvuso.action.UserId;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.server.ManualClock;
import dev.milvuso.server.tier.memory.BoundedCache;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FinishedListsTest {
    private static final UserId USER = new UserId("u");
    private static final ModelVersion VERSION = new ModelVersion("v1");
    private static final Query QUERY = Query.of(10);
    private static final Recommendation LIST = new Recommendation("v1", "memory", List.of(), 0, List.of());

    private final ManualClock clock = new ManualClock();
    private final FinishedLists lists =
            new FinishedLists(BoundedCache.Policy.TINYLFU, 100, Duration.ofMinutes(5), Duration.ofMinutes(1), clock);

    private Optional<Recommendation> find(UserId user, ModelVersion version, Query query) {
        return lists.find(user, version, query, 0, list -> false).map(FinishedLists.Fresh::list);
    }

    @Test
    void whatIsOldIsServedALittleLongerAndSaysSo() {
        lists.put(USER, VERSION, QUERY, LIST, lists.change(USER), 0);
        assertThat(lists.find(USER, VERSION, QUERY, 0, list -> false))
                .hasValueSatisfying(fresh -> assertThat(fresh.isStale()).isFalse());
        clock.goOn(Duration.ofMinutes(5));
        assertThat(lists.find(USER, VERSION, QUERY, 0, list -> false))
                .hasValueSatisfying(fresh -> assertThat(fresh.isStale()).isTrue());
        clock.goOn(Duration.ofMinutes(1));
        assertThat(find(USER, VERSION, QUERY)).isEmpty();
    }

    @Test
    void whatFitsIsAskedOnceAfterEachChange() {
        lists.put(USER, VERSION, QUERY, LIST, lists.change(USER), 1);
        assertThat(lists.find(USER, VERSION, QUERY, 2, list -> false)).isEmpty();
        assertThat(lists.find(USER, VERSION, QUERY, 2, list -> true)).isPresent();
        assertThat(lists.find(USER, VERSION, QUERY, 2, list -> false)).isPresent();
    }

    @Test
    void aListIsServedAgainToTheSameQuestionOnly() {
        lists.put(USER, VERSION, QUERY, LIST, lists.change(USER), 0);
        assertThat(find(USER, VERSION, QUERY)).hasValue(LIST);
        assertThat(find(new UserId("v"), VERSION, QUERY)).isEmpty();
        assertThat(find(USER, new ModelVersion("v2"), QUERY)).isEmpty();
        assertThat(find(USER, VERSION, Query.of(9))).isEmpty();
    }

    @Test
    void whatHappensEndsIt() {
        lists.put(USER, VERSION, QUERY, LIST, lists.change(USER), 0);
        lists.invalidate(new UserId("v"));
        assertThat(find(USER, VERSION, QUERY)).isPresent();
        lists.invalidate(USER);
        assertThat(find(USER, VERSION, QUERY)).isEmpty();
    }

    @Test
    void whatHappensWhileItIsMadeKeepsItFromBeingServed() {
        long change = lists.change(USER);
        lists.invalidate(USER);
        lists.put(USER, VERSION, QUERY, LIST, change, 0);
        assertThat(find(USER, VERSION, QUERY)).isEmpty();
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
            lists.put(user, VERSION, QUERY, LIST, lists.change(user), 0);
        }
        await().until(() -> IntStream.range(0, 10_000)
                        .filter(i -> find(new UserId("u" + i), VERSION, QUERY).isPresent())
                        .count()
                <= 200);
    }
}
