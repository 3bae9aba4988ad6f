package dev.milvuso.server.ranking.learned;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Normalised discounted cumulative gain of a list (Järvelin and Kekäläinen, TOIS 2002). */
final class Ndcg {
    private Ndcg() {}

    /** @param labels from the top; 0 if none of them is above 0 */
    static double at(int k, int[] labels) {
        int[] ideal = IntStream.of(labels).sorted().toArray();
        double best = 0;
        double gain = 0;
        for (int place = 0; place < Math.min(k, labels.length); place++) {
            double discount = Math.log(2) / Math.log(place + 2);
            gain += labels[place] * discount;
            best += ideal[ideal.length - 1 - place] * discount;
        }
        return best > 0 ? gain / best : 0;
    }

    /** The labels in the order of the scores, the largest first, equal ones as they were. */
    static int[] ordered(int[] labels, double[] scores) {
        return IntStream.range(0, labels.length)
                .boxed()
                .sorted(Comparator.comparingDouble(place -> -scores[place]))
                .mapToInt(place -> labels[place])
                .toArray();
    }
}
