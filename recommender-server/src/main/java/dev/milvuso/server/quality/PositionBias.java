package dev.milvuso.server.quality;

import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Estimates how likely a position is to be looked at, against the first, under the position-based model: an item is
 * clicked at position k with the probability θ(k) · γ(item), looked at and liked (Craswell et al., WSDM 2008).
 *
 * <ul>
 *   <li><b>From lists in random order</b>, once every position has {@link #ENOUGH} impressions in such: θ(k) is the CTR
 *       at k over the CTR at 1, as any item is as likely here as there (Joachims et al., WSDM 2017). Unbiased.
 *   <li><b>Across items</b> else: with c and n the clicks and impressions of an item at a position, the θ and γ under
 *       which c is most likely as Poisson counts of mean n · θ · γ: in turns θ(k) = Σ c / Σ n γ over items and γ = Σ c
 *       / Σ n θ over positions, clicks over expected clicks (COEC; Zhang and Jones, KDD 2007). It takes an item to be
 *       liked as much wherever it stands, which a ranker that knows its users violates: what it finds is then mixed
 *       with how good the ranker is. Only items count that stood at two positions.
 *   <li><b>None</b> while too little is known: every position alike.
 * </ul>
 *
 * The latest {@link #MOST_ITEMS} items or so are remembered, and all counts are halved when an item has no room, so
 * that memory is bounded and old layouts are forgotten. Safe for use by many threads.
 */
public final class PositionBias implements Examination, Following {
    /** Impressions of one position in lists of random order. */
    static final int ENOUGH = 200;

    static final int MOST_ITEMS = 5000;

    /** Clicks that the comparison across items needs at least, in all. */
    private static final int LEAST_CLICKS = 200;

    private static final int ROUNDS = 50;
    private static final double LEAST = 0.05;
    private static final double MOST = 2;

    /** How the estimate came about. */
    public enum Origin {
        NONE,
        ACROSS_ITEMS,
        RANDOM_ORDER
    }

    /** @param examination by position, the first is 1 */
    public record Estimate(Origin origin, List<Double> examination) {
        public Estimate {
            examination = List.copyOf(examination);
        }
    }

    private static final class Counts {
        private final float[] shown;
        private final float[] clicked;

        Counts(int positions) {
            shown = new float[positions];
            clicked = new float[positions];
        }

        private boolean isComparable() {
            int stoodAt = 0;
            for (float each : shown) {
                stoodAt += each > 0 ? 1 : 0;
            }
            return stoodAt > 1;
        }

        private boolean halve() {
            float left = 0;
            for (int i = 0; i < shown.length; i++) {
                shown[i] /= 2;
                clicked[i] /= 2;
                left += shown[i];
            }
            return left >= 1;
        }
    }

    private final int positions;
    private final Long2ObjectOpenHashMap<Counts> items = new Long2ObjectOpenHashMap<>();
    private final Counts random;
    private volatile double[] examination;
    private volatile Origin origin = Origin.NONE;

    /** @param positions of a list that are told apart; those beyond count like the last */
    public PositionBias(int positions) {
        this.positions = positions;
        this.random = new Counts(positions);
        this.examination = ones(positions);
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    @Override
    public double at(int position) {
        return examination[Math.min(position, positions - 1)];
    }

    @Override
    public synchronized void served(OpenList list) {
        for (int i = 0; i < Math.min(positions, list.length()); i++) {
            if (list.origin().shuffled()) {
                random.shown[i]++;
            }
            Counts counts = counts(list.item(i));
            if (counts != null) {
                counts.shown[i]++;
            }
        }
    }

    @Override
    public synchronized void followed(OpenList list, int position, int added) {
        if (position >= positions || (added & Meaning.CLICK) == 0) {
            return;
        }
        if (list.origin().shuffled()) {
            random.clicked[position]++;
        }
        Counts counts = items.get(list.item(position));
        if (counts != null) {
            counts.clicked[position]++;
        }
    }

    private @Nullable Counts counts(long item) {
        Counts found = items.get(item);
        if (found != null) {
            return found;
        }
        if (items.size() >= MOST_ITEMS) {
            forget();
        }
        return items.size() >= MOST_ITEMS ? null : items.computeIfAbsent(item, unused -> new Counts(positions));
    }

    private void forget() {
        Iterator<Counts> all = items.values().iterator();
        while (all.hasNext()) {
            if (!all.next().halve()) {
                all.remove();
            }
        }
    }

    /** Estimates anew, from what is known by now. To be called now and then. */
    public synchronized void estimate() {
        if (isEnough(random.shown) && random.clicked[0] > 0) {
            origin = Origin.RANDOM_ORDER;
            examination = bounded(ratios());
            return;
        }
        List<Counts> compared =
                items.values().stream().filter(Counts::isComparable).toList();
        double clicks = compared.stream().mapToDouble(each -> sum(each.clicked)).sum();
        boolean enough = clicks >= LEAST_CLICKS && compared.stream().anyMatch(each -> each.clicked[0] > 0);
        origin = enough ? Origin.ACROSS_ITEMS : Origin.NONE;
        examination = enough ? bounded(acrossItems(compared)) : ones(positions);
    }

    private static boolean isEnough(float[] shown) {
        for (float each : shown) {
            if (each < ENOUGH) {
                return false;
            }
        }
        return true;
    }

    private static double sum(float[] counts) {
        double sum = 0;
        for (float each : counts) {
            sum += each;
        }
        return sum;
    }

    private double[] ratios() {
        double[] rates = new double[positions];
        for (int i = 0; i < positions; i++) {
            rates[i] = random.clicked[i] / random.shown[i];
        }
        return rates;
    }

    private double[] acrossItems(List<Counts> compared) {
        double[] theta = ones(positions);
        for (int round = 0; round < ROUNDS; round++) {
            double[] clicks = new double[positions];
            double[] expected = new double[positions];
            for (Counts each : compared) {
                double liked = sum(each.clicked) / scaled(each.shown, theta);
                for (int k = 0; k < positions; k++) {
                    clicks[k] += each.clicked[k];
                    expected[k] += each.shown[k] * liked;
                }
            }
            for (int k = 0; k < positions; k++) {
                theta[k] = expected[k] > 0 ? clicks[k] / expected[k] : theta[k];
            }
        }
        return theta;
    }

    private static double scaled(float[] shown, double[] theta) {
        double sum = 0;
        for (int k = 0; k < shown.length; k++) {
            sum += shown[k] * Math.max(theta[k], 1e-6);
        }
        return sum;
    }

    /** Against the first position; a position without clicks is not one that nobody ever looks at. */
    private static double[] bounded(double[] theta) {
        double[] bounded = new double[theta.length];
        for (int k = 0; k < theta.length; k++) {
            bounded[k] = Math.min(MOST, Math.max(LEAST, theta[k] / theta[0]));
        }
        bounded[0] = 1;
        return bounded;
    }

    /** Items that are remembered. */
    synchronized int items() {
        return items.size();
    }

    /** What is used now. */
    public Estimate estimated() {
        List<Double> all = new ArrayList<>();
        for (double each : examination) {
            all.add(each);
        }
        return new Estimate(origin, all);
    }
}
