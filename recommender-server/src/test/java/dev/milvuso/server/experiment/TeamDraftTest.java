package dev.milvuso.server.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TeamDraftTest {
    private static final int USERS = 20_000;

    private static List<TeamDraft.Pick<Integer>> draft(List<Integer> one, List<Integer> two, int count, Random random) {
        return TeamDraft.of(one, two, item -> item, count, random);
    }

    /** Mean sign of (clicks on the first team - clicks on the second), of users who look less and less far down. */
    private static double preference(Random random, double noiseOfFirst, double noiseOfSecond) {
        double sum = 0;
        for (int user = 0; user < USERS; user++) {
            double[] liking = random.doubles(30).toArray();
            List<TeamDraft.Pick<Integer>> list =
                    draft(ranked(liking, noiseOfFirst, random), ranked(liking, noiseOfSecond, random), 10, random);
            int clicks = 0;
            for (int k = 0; k < list.size(); k++) {
                if (random.nextDouble() < liking[list.get(k).item()] * 0.5 / (k + 1)) {
                    clicks += list.get(k).isFirst() ? 1 : -1;
                }
            }
            sum += Integer.signum(clicks);
        }
        return sum / USERS;
    }

    private static List<Integer> ranked(double[] liking, double noise, Random random) {
        double[] seen = new double[liking.length];
        for (int i = 0; i < seen.length; i++) {
            seen[i] = liking[i] + noise * random.nextGaussian();
        }
        List<Integer> items =
                new ArrayList<>(IntStream.range(0, seen.length).boxed().toList());
        items.sort((a, b) -> Double.compare(seen[b], seen[a]));
        return items;
    }

    @Test
    void betweenRankingsThatAreAsGoodNeitherIsPreferred() {
        assertThat(preference(new Random(1), 0.3, 0.3)).isCloseTo(0, within(4 / Math.sqrt(USERS)));
    }

    @Test
    void theBetterRankingIsPreferred() {
        assertThat(preference(new Random(2), 0.1, 0.6)).isGreaterThan(0.05);
        assertThat(preference(new Random(3), 0.6, 0.1)).isLessThan(-0.05);
    }

    @Test
    void aListHoldsEachItemOnceInTheOrderOfTheTeamsAndAsManyOfEach() {
        Random random = new Random(4);
        for (int n = 0; n < 500; n++) {
            List<Integer> one = new ArrayList<>(IntStream.range(0, 12).boxed().toList());
            List<Integer> two = new ArrayList<>(one);
            Collections.shuffle(two, random);
            List<TeamDraft.Pick<Integer>> list = draft(one, two, 8, random);
            assertThat(list).hasSize(8);
            assertThat(list.stream().map(TeamDraft.Pick::item)).doesNotHaveDuplicates();
            assertThat(list.stream().filter(TeamDraft.Pick::isFirst)).hasSize(4);
            assertThat(list.get(0).item()).isIn(one.get(0), two.get(0));
        }
    }

    @Test
    void listsThatAreShortOrEmptyOrTheSameAreNoTrouble() {
        Random random = new Random(5);
        assertThat(draft(List.of(), List.of(), 10, random)).isEmpty();
        assertThat(draft(List.of(1), List.of(), 10, random)).hasSize(1);
        assertThat(draft(List.of(1, 2), List.of(1, 2), 10, random)).hasSize(2);
        assertThat(draft(List.of(1, 2, 3), List.of(4), 3, random)).hasSize(3);
        assertThat(draft(List.of(1), List.of(2), 0, random)).isEmpty();
    }
}
