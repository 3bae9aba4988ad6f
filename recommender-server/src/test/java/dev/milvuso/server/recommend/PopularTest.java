package dev.milvuso.server.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.component.Unavailable;
import dev.milvuso.item.Item;
import dev.milvuso.server.ManualClock;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.catalogue.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PopularTest {
    private static final Duration HALF_LIFE = Duration.ofDays(7);

    private final ManualClock clock = new ManualClock();
    private final Catalogue catalogue = new Catalogue();
    private final List<ItemPopularity> written = new ArrayList<>();
    private final Popular popular = new Popular(catalogue, this::since, HALF_LIFE, clock);
    private boolean isAway;
    private long number;

    private List<ItemPopularity> since(Instant time) {
        if (isAway) {
            throw new Unavailable("postgres", "is away", null);
        }
        return written.stream().filter(each -> !each.updatedAt().isBefore(time)).toList();
    }

    private void item(String id, double score, String... tags) {
        Item item = new Item(
                new ItemId(id),
                Optional.of("c"),
                List.of(tags),
                score,
                clock.instant(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                false,
                Optional.empty());
        number++;
        catalogue.apply(List.of(new Change(item.id(), number, Optional.of(item))));
    }

    private void popularity(String id, double popularity) {
        written.add(new ItemPopularity(new ItemId(id), popularity, clock.instant(), clock.instant()));
    }

    private List<String> list(int count) {
        Seen seen = new Seen();
        seen.add(new ItemId("seen"));
        return ids(found(Query.of(count), seen));
    }

    private Candidates found(Query query, Seen seen) {
        Fits fits = Fits.of(catalogue, Optional.empty(), query, List.of());
        fits.without(seen);
        Visit visit = new Visit(
                Visitor.stranger(new UserId("u")),
                query,
                Optional.empty(),
                catalogue.table(),
                fits,
                new Making(0, new Deadline(Duration.ofMinutes(1))));
        Candidates found = new Candidates();
        popular.collect(visit, found, 0, query.count());
        return found;
    }

    private List<String> ids(Candidates found) {
        return IntStream.range(0, found.size())
                .mapToObj(row -> catalogue.slots().id(found.slot(row)).value())
                .toList();
    }

    @Test
    void popularityComesFirstThenTheSitesScoreThenTheId() {
        item("d", 0);
        item("c", 0);
        item("b", 2);
        item("a", 1);
        item("seen", 9);
        popularity("d", 3);
        popular.run();
        assertThat(list(10)).containsExactly("d", "b", "a", "c");
        assertThat(list(2)).containsExactly("d", "b");
    }

    @Test
    void anItemRisesWithItsFirstActionsEvenIfItCameIntoTheCatalogueLater() {
        item("old", 0);
        popularity("old", 5);
        popularity("new", 6);
        popular.run();
        assertThat(list(10)).containsExactly("old");
        item("new", 0);
        popular.run();
        assertThat(list(10)).containsExactly("new", "old");
    }

    @Test
    void whatWasPopularLongAgoFallsBehind() {
        item("then", 0);
        item("now", 0);
        popularity("then", 3);
        popular.run();
        clock.goOn(HALF_LIFE);
        popularity("now", 2);
        popular.run();
        assertThat(list(10)).containsExactly("now", "then");
        assertThat(found(Query.of(1), Seen.NOTHING).score(0)).isEqualTo(2);
    }

    @Test
    void whileTheStatisticsAreAwayTheOrderStays() {
        item("a", 0);
        item("b", 0);
        popularity("b", 1);
        popular.run();
        isAway = true;
        item("c", 0);
        popular.run();
        assertThat(list(10)).containsExactly("b", "a", "c");
    }

    @Test
    void whatLeavesTheCatalogueIsGoneAtOnce() {
        item("a", 0);
        popular.run();
        catalogue.apply(List.of(new Change(new ItemId("a"), 99, Optional.empty())));
        assertThat(list(10)).isEmpty();
    }

    @Test
    void everyScoreIsAFiniteNumber() {
        double[] popularities = {Double.MAX_VALUE, Double.POSITIVE_INFINITY, 0, -1, Double.NaN, Double.MIN_VALUE};
        for (double each : popularities) {
            item("p" + each, 0);
            popularity("p" + each, each);
        }
        popular.run();
        Candidates found = found(Query.of(10), Seen.NOTHING);
        assertThat(found.size()).isEqualTo(popularities.length);
        for (int row = 0; row < found.size(); row++) {
            assertThat(found.score(row)).isFinite().isNotNegative();
        }
    }

    @Test
    void tagsNarrow() {
        item("a", 0, "x", "y");
        item("b", 0, "z");
        popular.run();
        assertThat(ids(found(Query.of(5).categories("c").tags("y", "w"), Seen.NOTHING)))
                .containsExactly("a");
        assertThat(ids(found(Query.of(5).categories("d"), Seen.NOTHING))).isEmpty();
    }
}
