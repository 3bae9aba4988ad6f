package dev.milvuso.trainer.replay;

import dev.milvuso.trainer.data.Timeline;
import dev.milvuso.trainer.parameter.ParameterTable;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The batch model of the first part, whose items stay and whose users follow their actions by least squares. How is
 * chosen on the second and third part of the stream, looking ahead there: it is to be as good as it can be.
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
        ParameterTable table = model.factors().items();
        float[][] items = Arrays.stream(model.items())
                .mapToObj(row -> row < 0 ? new float[0] : table.vector(row))
                .toArray(float[][]::new);
        Inverse inverse = withoutActions(items, table.dimension(), way);
        int[][] eventsOfUsers = eventsOfUsers(stream.events(), end);
        // Users do not touch each other, so each is replayed alone.
        IntStream.range(0, eventsOfUsers.length)
                .parallel()
                .forEach(user -> replay(
                        stream,
                        eventsOfUsers[user],
                        new FoldedUser(inverse.copy(), table.dimension(), way.window()),
                        items,
                        model.chosen(),
                        ranks));
    }

    private static void replay(
            Replayed stream, int[] ofUser, FoldedUser user, float[][] items, int[] chosen, Ranks ranks) {
        for (int event : ofUser) {
            if (stream.isRanked(event)) {
                double @Nullable [] vector = user.isNew() ? null : user.vector();
                ranks.set(event, stream.doubleRank(event, item -> score(vector, items[item], chosen[item])));
            }
            float[] item = items[stream.events().item(event)];
            if (stream.events().isPositive(event) && item.length > 0) {
                user.add(item);
            }
        }
    }

    private static double score(double @Nullable [] user, float[] item, int chosen) {
        if (item.length == 0) {
            return UNKNOWN;
        }
        if (user == null) {
            return chosen;
        }
        double score = 0;
        for (int i = 0; i < item.length; i++) {
            score += user[i] * item[i];
        }
        return score;
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

    /** Of {@code a VᵀV + l I}. */
    private static Inverse withoutActions(float[][] items, int dimension, Way way) {
        Inverse inverse = Inverse.ofRidge(way.ridge(), dimension);
        for (float[] item : items) {
            if (item.length > 0) {
                inverse.add(item, way.unseen());
            }
        }
        return inverse;
    }
}
