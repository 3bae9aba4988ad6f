package dev.milvuso.server.experiment;

import dev.milvuso.action.UserId;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.recommend.Recommendation;
import dev.milvuso.server.recommend.Recommended;
import dev.milvuso.server.recommend.Recommender;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Makes the list that a user sees under the experiments they take part in. Safe for use by many threads. */
public final class Lists {
    private static final List<String> TIERS = List.of("memory", "redis", "milvus", Recommendation.FALLBACK);

    private final Experiments experiments;
    private final Function<Map<String, String>, Recommender> recommenders;
    private final double randomOrder;
    private final int randomItems;
    private final RandomGenerator random;

    /**
     * @param recommenders that make lists under overrides of the configuration
     * @param randomOrder share of the lists that are shuffled, 0 to 1
     * @param randomItems items of those, from the top, that are shuffled
     * @param random safe for use by many threads
     */
    public Lists(
            Experiments experiments,
            Function<Map<String, String>, Recommender> recommenders,
            double randomOrder,
            int randomItems,
            RandomGenerator random) {
        this.experiments = experiments;
        this.recommenders = recommenders;
        this.randomOrder = randomOrder;
        this.randomItems = randomItems;
        this.random = random;
    }

    /**
     * A list and what it was made under.
     *
     * @param teams whose pick each item was; empty unless two rankings were interleaved
     * @param shuffled whether the order of the first items is random
     * @param seconds that the making took
     */
    public record Made(
            Recommendation list, Assignment assignment, List<String> teams, boolean shuffled, double seconds) {}

    public Made of(UserId user, Query query) {
        Made made = steady(user, query);
        boolean shuffle = randomOrder > 0 && made.teams().isEmpty() && random.nextDouble() < randomOrder;
        return shuffle
                ? new Made(
                        shuffled(made.list(), randomItems, new Random(random.nextLong())),
                        made.assignment(),
                        List.of(),
                        true,
                        made.seconds())
                : made;
    }

    /** As {@link #of}, but the same again as long as nothing has happened: never in random order. */
    public Made steady(UserId user, Query query) {
        long began = System.nanoTime();
        Assignment assignment = experiments.of(user);
        Recommendation list = list(user, query, assignment.overrides());
        return assignment.rival().isPresent()
                ? interleaved(user, query, list, assignment, began)
                : new Made(list, assignment, List.of(), false, secondsSince(began));
    }

    private static double secondsSince(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private Recommendation list(UserId user, Query query, Map<String, String> overrides) {
        return recommenders.apply(overrides).recommend(user, query.under(overrides));
    }

    /**
     * The list with its first items in random order. Each stands at its place with its share of the order: where it
     * stood before says nothing.
     */
    static Recommendation shuffled(Recommendation list, int most, Random random) {
        List<Recommended> items = new ArrayList<>(list.items());
        List<Recommended> first = items.subList(0, Math.min(most, items.size()));
        Collections.shuffle(first, random);
        float share = 1f / Math.max(1, first.size());
        first.replaceAll(each -> each.at(share * each.probability()));
        return list.with(items);
    }

    private Made interleaved(UserId user, Query query, Recommendation first, Assignment assignment, long began) {
        Assignment.Rival rival = assignment.rival().orElseThrow();
        Recommendation second = list(user, query, rival.overrides());
        // The coin of a user falls as it did before, and of all users alike often on either side.
        RandomGenerator coin = new SplittableRandom(user.value().hashCode() * 0x9e3779b97f4a7c15L);
        List<TeamDraft.Pick<Recommended>> picks =
                TeamDraft.of(first.items(), second.items(), Recommended::item, query.count(), coin);
        List<String> teams = picks.stream()
                .map(pick -> pick.isFirst() ? rival.first() : rival.second())
                .toList();
        return new Made(both(first, second, picks), assignment, teams, false, secondsSince(began));
    }

    private static Recommendation both(
            Recommendation first, Recommendation second, List<TeamDraft.Pick<Recommended>> picks) {
        TreeSet<String> degraded = new TreeSet<>(first.degraded());
        degraded.addAll(second.degraded());
        Recommendation both = new Recommendation(
                first.modelVersion().isEmpty() ? second.modelVersion() : first.modelVersion(),
                TIERS.get(Math.max(TIERS.indexOf(first.tier()), TIERS.indexOf(second.tier()))),
                List.copyOf(degraded),
                Math.min(first.madeAt(), second.madeAt()),
                picks.stream().map(TeamDraft.Pick::item).toList());
        Map<String, Integer> filtered = first.filtered();
        return filtered == null ? both : both.explained(filtered);
    }
}
