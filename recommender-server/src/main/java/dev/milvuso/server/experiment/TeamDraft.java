package dev.milvuso.server.experiment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Interleaves two rankings as two captains pick players (Radlinski, Kurup and Joachims, CIKM 2008): in every round a
 * coin says who picks first, and each picks its best item that is not in the list yet. A click counts for the team
 * whose pick it was; between equal rankings both get as many in the mean, wherever users look.
 */
public final class TeamDraft {
    /** @param isFirst whether the first ranking picked it */
    public record Pick<T>(T item, boolean isFirst) {}

    private TeamDraft() {}

    /**
     * @param id what makes two items the same
     * @param count length of the list, at most
     */
    public static <T> List<Pick<T>> of(
            List<T> first, List<T> second, Function<T, Object> id, int count, RandomGenerator random) {
        List<Pick<T>> list = new ArrayList<>(count);
        Set<Object> taken = new HashSet<>();
        int[] next = {0, 0};
        boolean picked = true;
        while (picked && list.size() < count) {
            boolean firstBegins = random.nextBoolean();
            picked = pick(firstBegins ? first : second, next, firstBegins, id, taken, list);
            if (list.size() < count) {
                picked |= pick(firstBegins ? second : first, next, !firstBegins, id, taken, list);
            }
        }
        return list;
    }

    private static <T> boolean pick(
            List<T> from, int[] next, boolean isFirst, Function<T, Object> id, Set<Object> taken, List<Pick<T>> list) {
        int captain = isFirst ? 0 : 1;
        while (next[captain] < from.size()) {
            T item = from.get(next[captain]++);
            if (taken.add(id.apply(item))) {
                list.add(new Pick<>(item, isFirst));
                return true;
            }
        }
        return false;
    }
}
