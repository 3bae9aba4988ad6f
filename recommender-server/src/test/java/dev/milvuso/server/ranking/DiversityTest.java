package dev.milvuso.server.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.server.recommend.Candidates;
import dev.milvuso.server.recommend.Visit;
import dev.milvuso.server.recommend.Visits;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Against what the papers' formulas say when they are written down as they stand. */
class DiversityTest {
    private static final int COUNT = 6;

    private static Arrangement by(Shelf shelf, String kind) {
        return new Arrangement(Shelf.config("ranking.diversity_by=" + kind), new double[] {0}, shelf.space());
    }

    private static List<Integer> chosen(Arrangement arrangement, Shelf shelf, double diversity) {
        Candidates candidates = shelf.ranked();
        arrangement.choose(shelf.visit(COUNT, OptionalDouble.of(diversity)), candidates);
        return Visits.slots(candidates);
    }

    private static double likeness(Shelf shelf, int one, int other) {
        double product = 0;
        double mine = 0;
        double theirs = 0;
        for (int i = 0; i < Shelf.FACTORS; i++) {
            product += shelf.vectors[one][i] * shelf.vectors[other][i];
            mine += shelf.vectors[one][i] * shelf.vectors[one][i];
            theirs += shelf.vectors[other][i] * shelf.vectors[other][i];
        }
        return one == other ? 1 : (1 + product / Math.sqrt(mine * theirs)) / 2;
    }

    private static double relevance(Shelf shelf, int item) {
        double low = IntStream.range(0, shelf.scores.length)
                .mapToDouble(i -> shelf.scores[i])
                .min()
                .orElseThrow();
        double high = IntStream.range(0, shelf.scores.length)
                .mapToDouble(i -> shelf.scores[i])
                .max()
                .orElseThrow();
        return (shelf.scores[item] - low) / (high - low);
    }

    /** Adds one by one what makes the value of all together largest. */
    private static List<Integer> greedily(Shelf shelf, ToDoubleFunction<List<Integer>> value) {
        List<Integer> chosen = new ArrayList<>();
        List<Integer> left = new ArrayList<>(Visits.slots(shelf.ranked()));
        while (chosen.size() < COUNT) {
            int best = -1;
            double highest = Double.NEGATIVE_INFINITY;
            for (int item : left) {
                List<Integer> with = new ArrayList<>(chosen);
                with.add(item);
                double worth = value.applyAsDouble(with);
                if (best < 0 || worth > highest + 1e-9) {
                    best = item;
                    highest = worth;
                }
            }
            chosen.add(best);
            left.remove(Integer.valueOf(best));
        }
        return chosen;
    }

    private static double marginal(Shelf shelf, List<Integer> items, double diversity) {
        int last = items.get(items.size() - 1);
        double nearest = items.subList(0, items.size() - 1).stream()
                .mapToDouble(each -> likeness(shelf, each, last))
                .max()
                .orElse(0);
        return (1 - diversity) * relevance(shelf, last) - diversity * nearest;
    }

    private static double logDeterminant(Shelf shelf, List<Integer> items) {
        int size = items.size();
        double[][] matrix = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                matrix[i][j] = likeness(shelf, items.get(i), items.get(j));
            }
        }
        double log = 0;
        for (int pivot = 0; pivot < size; pivot++) {
            log += Math.log(matrix[pivot][pivot]);
            for (int i = pivot + 1; i < size; i++) {
                double factor = matrix[i][pivot] / matrix[pivot][pivot];
                for (int j = pivot; j < size; j++) {
                    matrix[i][j] -= factor * matrix[pivot][j];
                }
            }
        }
        return log;
    }

    @Test
    void marginalRelevanceChoosesWhatItsFormulaSays() {
        for (int seed = 0; seed < 20; seed++) {
            Shelf shelf = new Shelf(seed, 40, 5);
            for (double diversity : new double[] {0.1, 0.5, 0.9, 1}) {
                List<Integer> expected = greedily(shelf, items -> marginal(shelf, items, diversity));
                assertThat(chosen(by(shelf, "mmr"), shelf, diversity)).isEqualTo(expected);
            }
        }
    }

    @Test
    void theDeterminantGrowsAsWhenItIsComputedInFull() {
        for (int seed = 0; seed < 20; seed++) {
            Shelf shelf = new Shelf(seed, 40, 5);
            for (double diversity : new double[] {0.1, 0.5, 0.9, 1}) {
                List<Integer> expected = greedily(
                        shelf,
                        items -> (1 - diversity)
                                        * items.stream()
                                                .mapToDouble(each -> relevance(shelf, each))
                                                .sum()
                                + diversity * logDeterminant(shelf, items));
                assertThat(chosen(by(shelf, "dpp"), shelf, diversity)).isEqualTo(expected);
            }
        }
    }

    @Test
    void oneBufferAfterTheOtherGivesTheSameList() {
        for (String kind : List.of("mmr", "dpp")) {
            Shelf large = new Shelf(1, 300, 5);
            Shelf small = new Shelf(1, 30, 5);
            Arrangement arrangement = by(large, kind);
            List<Integer> first = chosen(arrangement, small, 0.5);
            chosen(arrangement, large, 0.7);
            assertThat(chosen(arrangement, small, 0.5)).isEqualTo(first);
        }
    }

    @Test
    void withoutDiversityTheListIsTheBestByScore() {
        Shelf shelf = new Shelf(2, 40, 5);
        List<Integer> best = Visits.slots(shelf.ranked()).subList(0, COUNT);
        assertThat(chosen(by(shelf, "mmr"), shelf, 0)).isEqualTo(best);
    }

    @Test
    void twinsAreParted() {
        Shelf shelf = new Shelf(3, 40, 5);
        List<Integer> ranked = Visits.slots(shelf.ranked());
        for (int i = 1; i < 10; i++) {
            shelf.vectors[ranked.get(i)] = shelf.vectors[ranked.get(0)];
        }
        for (String kind : List.of("mmr", "dpp")) {
            assertThat(chosen(by(shelf, kind), shelf, 0.7))
                    .startsWith(ranked.get(0))
                    .doesNotContainAnyElementsOf(ranked.subList(1, 10));
        }
    }

    @Test
    void moreThanTheirSpaceHoldsAreStillInTheListByRelevance() {
        Shelf shelf = new Shelf(4, 60, 5);
        Candidates candidates = shelf.ranked();
        by(shelf, "dpp").choose(shelf.visit(50, OptionalDouble.of(0.5)), candidates);
        assertThat(Visits.slots(candidates)).hasSize(50).doesNotHaveDuplicates();
    }

    @Test
    void itemsWithoutVectorsDifferByCategory() {
        Shelf shelf = new Shelf(5, 40, 6);
        Visit visit = shelf.visit(COUNT, OptionalDouble.of(0.8));
        for (String kind : List.of("mmr", "dpp")) {
            Candidates candidates = shelf.ranked();
            new Arrangement(
                            Shelf.config("ranking.diversity_by=" + kind),
                            new double[] {0},
                            new ItemSpace(version -> slot -> null, Shelf.FACTORS))
                    .choose(visit, candidates);
            assertThat(Visits.slots(candidates).stream().map(slot -> slot % 6)).doesNotHaveDuplicates();
        }
    }
}
