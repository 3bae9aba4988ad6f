package dev.milvuso.server.quality.offpolicy;

import dev.milvuso.action.ServedList;

/** What is known of the order of a list that was shown in random order. */
public final class RandomOrder {
    private RandomOrder() {}

    /**
     * How many of its items, from the top, each stood at each of the first places with the same probability; 0 if it is
     * in no random order, or was logged without probabilities.
     */
    public static int items(ServedList list) {
        if (!list.origin().shuffled()) {
            return 0;
        }
        float largest = 0;
        int prefix = 0;
        for (ServedList.Shown each : list.items()) {
            if (each.probability() >= 1) {
                break;
            }
            // One that was drawn besides has less than its share of the order.
            largest = Math.max(largest, each.probability());
            prefix++;
        }
        int items = prefix == 0 ? 0 : Math.round(1 / largest);
        return items <= prefix ? items : 0;
    }
}
