package dev.milvuso.server.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.Action;
import dev.milvuso.action.Erasure;
import dev.milvuso.action.EventId;
import dev.milvuso.action.IdHash;
import dev.milvuso.action.RequestId;
import dev.milvuso.action.ServedList;
import dev.milvuso.server.recommend.Candidates;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.recommend.Visits;
import dev.milvuso.server.tier.memory.BoundedCache;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RotationTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Shelf shelf = new Shelf(1, 30, 3);
    private final Shown shown = new Shown(BoundedCache.Policy.LRU, 10, HOUR);
    private final Rotation rotation = new Rotation(10, 2, shown, shelf.clock);

    private void show(int... items) {
        shown.happened(new ServedList(
                new RequestId("r"),
                Shelf.USER,
                "v",
                shelf.clock.instant(),
                IntStream.of(items)
                        .mapToObj(item -> new ServedList.Shown(Shelf.id(item), 1))
                        .toList()));
    }

    private void act(int item, String type) {
        shown.happened(new Action(
                new EventId("e"),
                Shelf.USER,
                Shelf.id(item),
                type,
                shelf.clock.instant(),
                shelf.clock.instant(),
                Optional.empty(),
                OptionalDouble.empty(),
                Map.of()));
    }

    private List<Integer> ranked() {
        Candidates candidates = shelf.ranked();
        rotation.rank(shelf.visit(Query.of(10)), candidates);
        return Visits.slots(candidates);
    }

    @Test
    void whatWasShownThreeTimesWithoutAnAnswerSinksAndComesBackWhenTheWindowIsOver() {
        List<Integer> before = ranked();
        int best = before.get(0);
        show(best);
        show(best);
        assertThat(ranked()).isEqualTo(before);
        show(best);
        assertThat(ranked()).endsWith(best);
        shelf.clock.goOn(HOUR.plusMillis(1));
        assertThat(ranked()).isEqualTo(before);
        show(best);
        assertThat(ranked()).as("showings a window apart do not add up").isEqualTo(before);
    }

    @Test
    void anAnswerForgivesAndAnImpressionIsNone() {
        List<Integer> before = ranked();
        int best = before.get(0);
        IntStream.range(0, 3).forEach(i -> show(best));
        act(best, "Impression");
        assertThat(ranked()).endsWith(best);
        act(best, "Click");
        assertThat(ranked()).isEqualTo(before);
    }

    @Test
    void whoIsErasedIsForgotten() {
        List<Integer> before = ranked();
        IntStream.range(0, 5).forEach(i -> show(before.get(0)));
        shown.happened(new Erasure(Shelf.USER, shelf.clock.instant()));
        assertThat(ranked()).isEqualTo(before);
    }

    @Test
    void ofAUserABoundedNumberOfItemsIsRememberedTheLatest() {
        Showings showings = new Showings();
        for (int item = 0; item < 1000; item++) {
            showings.shown(Shelf.id(item), item, HOUR.toMillis());
        }
        assertThat(showings.size()).isEqualTo(Showings.MOST);
        for (int item = 0; item < 1000; item++) {
            long hash = IdHash.of(Shelf.id(item).value());
            assertThat(showings.count(hash, 1000, HOUR.toMillis())).isEqualTo(item < 1000 - Showings.MOST ? 0 : 1);
        }
    }

    @Test
    void aNewItemRisesByHowNewItIs() {
        int last = Visits.slots(shelf.ranked()).get(29);
        shelf.clock.goOn(Duration.ofDays(70));
        shelf.put(last, Optional.of("c0"), shelf.clock.instant());
        Candidates candidates = shelf.ranked();
        new Freshness(10, Duration.ofDays(7), shelf.clock).rank(shelf.visit(Query.of(10)), candidates);
        assertThat(candidates.slot(0)).isEqualTo(last);
        float fresh = candidates.score(0);
        shelf.clock.goOn(Duration.ofDays(7));
        Candidates later = shelf.ranked();
        new Freshness(10, Duration.ofDays(7), shelf.clock).rank(shelf.visit(Query.of(10)), later);
        int row = Visits.slots(later).indexOf(last);
        assertThat(later.score(row) - shelf.scores[last])
                .isCloseTo((fresh - shelf.scores[last]) / 2, org.assertj.core.data.Offset.offset(1e-3f));
    }

    @Test
    void equalScoresAndNoneStayAsTheyAre() {
        Candidates none = new Candidates();
        rotation.rank(shelf.visit(Query.of(10)), none);
        new Freshness(1, HOUR, shelf.clock).rank(shelf.visit(Query.of(10)), none);
        assertThat(none.size()).isZero();
    }
}
