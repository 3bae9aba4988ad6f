package dev.milvuso.trainer.replay;

import dev.milvuso.trainer.data.Timeline;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The batch model of the first part, whose items stay and whose users follow their actions by least squares, in the
 * metric of the model. How is chosen on the second and third part of the stream, looking ahead there: it is to be as
 * good as it can be.
 */
record FoldIn(Supplier<BatchModel> begin) implements Contestant {
    private static final int CHOSEN_ON = 3;

    @Override
    public String name() {
        return "fold_in";
    }

    @Override
    public void replay(Replayed stream, Ranks ranks) {
        BatchModel model = begin.get();
        Way best = new Way(50, 0.1, 1);
        double highest = gain(stream, model, best);
        for (int better = 1; better > 0; ) {
            better = 0;
            for (Way way : best.neighbours()) {
                double gain = gain(stream, model, way);
                if (gain > highest) {
                    highest = gain;
                    best = way;
                    better++;
                }
            }
        }
        replay(stream, model, best, stream.end(), ranks);
    }

    /** NDCG@10 over the parts that are chosen on. */
    private static double gain(Replayed stream, BatchModel model, Way way) {
        int end = Math.min(stream.end(), stream.begin(CHOSEN_ON));
        Ranks ranks = new Ranks(stream.events().size(), new LongAdder(), () -> {});
        replay(stream, model, way, end, ranks);
        return Means.of(ranks, 0, end, event -> true).ndcg();
    }

    /**
     * How users are folded in.
     *
     * @param window actions that count, the latest
     * @param unseen weight of every item, against 1 of an action's
     * @param ridge L2 on the user's vector
     */
    private record Way(int window, double unseen, double ridge) {
        private static final int FACTOR = 3;

        List<Way> neighbours() {
            return List.of(
                    new Way(window * FACTOR, unseen, ridge),
                    new Way(Math.max(1, window / FACTOR), unseen, ridge),
                    new Way(window, unseen * FACTOR, ridge),
                    new Way(window, unseen / FACTOR, ridge),
                    new Way(window, unseen, ridge * FACTOR),
                    new Way(window, unseen, ridge / FACTOR));
        }
    }

    private static void replay(Replayed stream, BatchModel model, Way way, int end, Ranks ranks) {
        FoldedItems items = FoldedItems.of(model);
        Supplier<Fit> fits = items.fits(way.unseen(), way.ridge());
        int[][] eventsOfUsers = eventsOfUsers(stream.events(), end);
        // Users do not touch each other, so each is replayed alone.
        IntStream.range(0, eventsOfUsers.length)
                .parallel()
                .forEach(user -> replay(
                        stream,
                        eventsOfUsers[user],
                        new FoldedUser(fits.get(), way.window()),
                        items,
                        model.chosen(),
                        ranks));
    }

    private static void replay(
            Replayed stream, int[] ofUser, FoldedUser user, FoldedItems items, int[] chosen, Ranks ranks) {
        for (int event : ofUser) {
            if (stream.isRanked(event)) {
                double @Nullable [] vector = user.isNew() ? null : user.vector();
                ranks.set(event, stream.doubleRank(event, item -> score(vector, items, item, chosen)));
            }
            int item = stream.events().item(event);
            if (stream.events().isPositive(event) && items.isKnown(item)) {
                user.add(items.vectors()[item]);
            }
        }
    }

    private static double score(double @Nullable [] user, FoldedItems items, int item, int[] chosen) {
        if (!items.isKnown(item)) {
            return UNKNOWN;
        }
        return user == null ? chosen[item] : items.score(user, item);
    }

    private static int[][] eventsOfUsers(Timeline events, int end) {
        int[] counts = new int[events.userIds().size()];
        for (int event = 0; event < end; event++) {
            counts[events.user(event)]++;
        }
        int[][] of = Arrays.stream(counts).mapToObj(int[]::new).toArray(int[][]::new);
        for (int event = end - 1; event >= 0; event--) {
            int user = events.user(event);
            of[user][--counts[user]] = event;
        }
        return of;
    }
}
