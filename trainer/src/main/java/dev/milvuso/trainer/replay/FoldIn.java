package dev.milvuso.trainer.replay;

import dev.milvuso.trainer.data.Timeline;
import dev.milvuso.trainer.parameter.ParameterTable;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The batch model of the first part, whose items stay and whose users follow their actions by least squares. */
record FoldIn(Supplier<BatchModel> begin) implements Contestant {
    private static final int WINDOW = 50;
    private static final double UNSEEN = 0.1;
    private static final double RIDGE = 1;

    @Override
    public String name() {
        return "fold_in";
    }

    @Override
    public void replay(Replayed stream, Ranks ranks) {
        BatchModel model = begin.get();
        ParameterTable table = model.factors().items();
        float[][] items = Arrays.stream(model.items())
                .mapToObj(row -> row < 0 ? new float[0] : table.vector(row))
                .toArray(float[][]::new);
        Inverse inverse = withoutActions(items, table.dimension());
        int[][] eventsOfUsers = eventsOfUsers(stream.events());
        // Users do not touch each other, so each is replayed alone.
        IntStream.range(0, eventsOfUsers.length)
                .parallel()
                .forEach(user -> replay(
                        stream,
                        eventsOfUsers[user],
                        new FoldedUser(inverse.copy(), table.dimension(), WINDOW),
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

    private static int[][] eventsOfUsers(Timeline events) {
        int[] counts = new int[events.userIds().size()];
        for (int event = 0; event < events.size(); event++) {
            counts[events.user(event)]++;
        }
        int[][] of = Arrays.stream(counts).mapToObj(int[]::new).toArray(int[][]::new);
        for (int event = events.size() - 1; event >= 0; event--) {
            int user = events.user(event);
            of[user][--counts[user]] = event;
        }
        return of;
    }

    /** Of {@code a VᵀV + l I}. */
    private static Inverse withoutActions(float[][] items, int dimension) {
        Inverse inverse = Inverse.ofRidge(RIDGE, dimension);
        for (float[] item : items) {
            if (item.length > 0) {
                inverse.add(item, UNSEEN);
            }
        }
        return inverse;
    }
}
