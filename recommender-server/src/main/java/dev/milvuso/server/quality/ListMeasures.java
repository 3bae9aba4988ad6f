package dev.milvuso.server.quality;

import java.util.Arrays;

/**
 * How good the first K of one list were, by what followed it. A relevant item is one with an action in favour.
 *
 * <p>With h(r) = 1 if the item at rank r is relevant, H = Σ h(r) for r ≤ K, and R relevant items in all, listed or not:
 *
 * <ul>
 *   <li>precision = H / K
 *   <li>recall = H / R
 *   <li>ndcg = Σ h(r) / log2(r + 1), over Σ 1 / log2(r + 1) for r ≤ min(K, R) (Järvelin and Kekäläinen, TOIS 20, 2002)
 *   <li>average precision = Σ h(r) · (hits up to r) / r, over min(K, R)
 *   <li>debiased ndcg: as ndcg, but a hit's gain is 1 / (how likely its position is to be looked at) instead of 1
 *       (Joachims, Swaminathan and Schnabel, WSDM 2017), over the same gains in the best order; relevant items that
 *       were not listed have the gain 1
 * </ul>
 *
 * The first four are those of {@code milvuso evaluate}. Each of them is a sum over hits, so that it can be said which
 * part of it an item earned.
 *
 * @param answered whether anything is relevant; the others but precision have no meaning otherwise and are 0
 */
record ListMeasures(
        boolean answered, double precision, double recall, double ndcg, double averagePrecision, double debiasedNdcg) {
    static final ListMeasures NONE = new ListMeasures(false, 0, 0, 0, 0, 0);

    /** @param most largest gain of a hit */
    static ListMeasures of(OpenList list, int k, Examination examination, double most) {
        int relevant = list.misses();
        int hits = 0;
        double gain = 0;
        double precisions = 0;
        double weighted = 0;
        double[] gains = new double[list.length() + list.misses()];
        for (int i = 0; i < list.length(); i++) {
            if (!isRelevant(list, i)) {
                continue;
            }
            double weight = Math.min(most, 1 / examination.at(i));
            gains[relevant++ - list.misses()] = weight;
            if (i < k) {
                hits++;
                gain += discount(i + 1);
                precisions += (double) hits / (i + 1);
                weighted += weight * discount(i + 1);
            }
        }
        if (relevant == 0) {
            return NONE;
        }
        Arrays.fill(gains, relevant - list.misses(), relevant, 1);
        int possible = Math.min(k, relevant);
        return new ListMeasures(
                true,
                (double) hits / k,
                (double) hits / relevant,
                gain / ideal(possible),
                precisions / possible,
                weighted / best(gains, relevant, possible));
    }

    /**
     * What each of the first K items adds to the measures of its list but for the debiased one, which is 0 here; over
     * the items they sum up to those of the list.
     */
    static ListMeasures[] parts(OpenList list, int k) {
        ListMeasures[] parts = new ListMeasures[Math.min(k, list.length())];
        int relevant = list.misses();
        for (int i = 0; i < list.length(); i++) {
            relevant += isRelevant(list, i) ? 1 : 0;
        }
        int possible = Math.min(k, relevant);
        double ideal = ideal(possible);
        int hits = 0;
        for (int i = 0; i < parts.length; i++) {
            if (isRelevant(list, i)) {
                hits++;
                parts[i] = new ListMeasures(
                        false, // of an item alone that says nothing
                        1.0 / k,
                        1.0 / relevant,
                        discount(i + 1) / ideal,
                        (double) hits / (i + 1) / possible,
                        0);
            } else {
                parts[i] = NONE;
            }
        }
        return parts;
    }

    private static boolean isRelevant(OpenList list, int position) {
        return (list.followed(position) & Meaning.FAVOUR) != 0;
    }

    private static double ideal(int possible) {
        double ideal = 0;
        for (int rank = 1; rank <= possible; rank++) {
            ideal += discount(rank);
        }
        return ideal;
    }

    /** What the gains sum up to in their best order. */
    private static double best(double[] gains, int count, int possible) {
        Arrays.sort(gains, 0, count);
        double best = 0;
        for (int rank = 1; rank <= possible; rank++) {
            best += gains[count - rank] * discount(rank);
        }
        return best;
    }

    private static double discount(int rank) {
        return Math.log(2) / Math.log(rank + 1);
    }
}
