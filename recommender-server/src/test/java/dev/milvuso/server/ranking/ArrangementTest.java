package dev.milvuso.server.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.server.recommend.Candidates;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.recommend.Visit;
import dev.milvuso.server.recommend.Visits;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ArrangementTest {
    private final Shelf shelf = new Shelf(1, 60, 3);

    private Arrangement arrangement(double[] shares, String... settings) {
        return new Arrangement(Shelf.config(settings), shares, shelf.space());
    }

    @Test
    void aCapHoldsAndTheBestOfEachCategoryStay() {
        Candidates candidates = shelf.ranked();
        List<Integer> ranked = Visits.slots(candidates);
        Visit visit = shelf.visit(Query.of(10));
        arrangement(new double[] {0}, "ranking.category_cap=2").choose(visit, candidates);
        List<Integer> chosen = Visits.slots(candidates);
        assertThat(chosen).hasSize(6);
        for (int category = 0; category < 3; category++) {
            int own = category;
            assertThat(chosen.stream().filter(slot -> slot % 3 == own))
                    .containsExactlyElementsOf(ranked.stream()
                            .filter(slot -> slot % 3 == own)
                            .limit(2)
                            .toList());
        }
        assertThat(visit.fits().test(ranked.get(50))).as("whoever tops it up").isFalse();
    }

    @Test
    void itemsWithoutACategoryAreNotCapped() {
        for (int item = 0; item < 60; item++) {
            shelf.put(item, Optional.empty(), shelf.clock.instant());
        }
        Candidates candidates = shelf.ranked();
        arrangement(new double[] {0}, "ranking.category_cap=2").choose(shelf.visit(Query.of(10)), candidates);
        assertThat(candidates.size()).isEqualTo(10);
    }

    @Test
    void whoAsksForACategoryGetsAListOfIt() {
        Candidates candidates = shelf.ranked();
        arrangement(new double[] {0}, "ranking.category_cap=2")
                .choose(shelf.visit(Query.of(10).categories("c1")), candidates);
        assertThat(candidates.size()).isEqualTo(10);
    }

    @Test
    void whatChanceHasPutAtAPlaceStaysThere() {
        for (String kind : List.of("mmr", "dpp")) {
            Candidates candidates = shelf.ranked();
            candidates.moveUp(40, 9);
            candidates.probability(9, 0.25f);
            int drawn = candidates.slot(9);
            arrangement(new double[] {0}, "ranking.diversity_by=" + kind)
                    .choose(shelf.visit(10, OptionalDouble.of(0.9)), candidates);
            assertThat(candidates.slot(9)).isEqualTo(drawn);
            assertThat(candidates.probability(9)).isEqualTo(0.25f);
            assertThat(Visits.slots(candidates)).hasSize(10).doesNotHaveDuplicates();
        }
    }

    @Test
    void aSourceWithAQuotaGetsItsPlacesAndNoMore() {
        Candidates candidates = new Candidates();
        for (int slot = 0; slot < 60; slot++) {
            candidates.add(slot, slot, slot < 30 ? 0 : slot < 50 ? 1 : 2);
        }
        candidates.sort(0, 60);
        arrangement(new double[] {0, 0.2, 0.1}).choose(shelf.visit(Query.of(10)), candidates);
        assertThat(Visits.slots(candidates).stream()
                        .collect(Collectors.groupingBy(slot -> slot < 30 ? 0 : slot < 50 ? 1 : 2)))
                .containsEntry(0, List.of(29, 28, 27, 26, 25, 24, 23))
                .containsEntry(1, List.of(49, 48))
                .containsEntry(2, List.of(59));
        assertThat(candidates.slot(0)).isEqualTo(29);
    }

    @Test
    void placesOfASourceThatFoundNothingGoToTheOthersAndNothingIsLeftOver() {
        Candidates candidates = new Candidates();
        for (int slot = 0; slot < 12; slot++) {
            candidates.add(slot, -slot, slot < 4 ? 0 : 1);
        }
        arrangement(new double[] {0, 0.2, 0.5}).choose(shelf.visit(Query.of(10)), candidates);
        assertThat(candidates.size()).isEqualTo(10);
        assertThat(Visits.slots(candidates)).contains(0, 1, 2, 3);
    }

    @Test
    void nothingOutOfNothing() {
        Candidates candidates = new Candidates();
        arrangement(new double[] {0, 1}, "ranking.category_cap=1")
                .choose(shelf.visit(10, OptionalDouble.of(1)), candidates);
        assertThat(candidates.size()).isZero();
    }
}
