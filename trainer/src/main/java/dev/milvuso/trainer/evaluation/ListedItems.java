package dev.milvuso.trainer.evaluation;

import dev.milvuso.trainer.batch.TrainedModel;
import dev.milvuso.trainer.parameter.ParameterTable;
import java.util.Arrays;

/** What many lists hold together, whether it is relevant or not. */
final class ListedItems {
    private final ParameterTable vectors;
    private final int length;
    private final int[] usersOfItems;
    private final int trainingUsers;
    private final int[] times;
    private double surprise;
    private double choosers;
    private double distance;
    private long shown;
    private long lists;
    private long comparable;

    /** @param usersOfItems how many training users have chosen each item, shape [catalogue] */
    ListedItems(TrainedModel model, int[] usersOfItems) {
        this.vectors = model.factors().items();
        // Biases say nothing of an item's kind.
        this.length = model.factors().scoring().factors(vectors.dimension());
        this.usersOfItems = usersOfItems;
        this.trainingUsers = model.histories().users();
        this.times = new int[usersOfItems.length];
    }

    /** @param items numbers of the listed items; -1 is one that the model does not know */
    void add(int[] items) {
        for (int item : items) {
            int own = 0;
            if (item >= 0) {
                times[item]++;
                own = usersOfItems[item];
            }
            // An item that nobody has chosen counts as chosen by one, or its surprise would have no bound.
            surprise += Math.log((double) trainingUsers / Math.max(1, own)) / Math.log(2);
            choosers += own;
        }
        shown += items.length;
        lists++;
        addDistance(items);
    }

    /** Of n unit vectors with the sum s, the cosines of all pairs add up to (|s|² - n) / 2. */
    private void addDistance(int[] items) {
        double[] sum = new double[length];
        int known = 0;
        double own = 0;
        for (int item : items) {
            if (item >= 0) {
                known++;
                own += addUnit(item, sum);
            }
        }
        if (known > 1) {
            double cosines = (square(sum) - own) / 2;
            distance += 1 - cosines / (known * (known - 1) / 2.0);
            comparable++;
        }
    }

    /** Returns the squared length of what was added: 1, or 0 for a row of zeros. */
    private double addUnit(int item, double[] sum) {
        float[] chunk = vectors.chunk(item);
        int offset = vectors.offset(item);
        double square = 0;
        for (int i = 0; i < sum.length; i++) {
            square += (double) chunk[offset + i] * chunk[offset + i];
        }
        if (square == 0) {
            return 0;
        }
        double scale = 1 / Math.sqrt(square);
        for (int i = 0; i < sum.length; i++) {
            sum[i] += scale * chunk[offset + i];
        }
        return 1;
    }

    private static double square(double[] sum) {
        double square = 0;
        for (double number : sum) {
            square += number * number;
        }
        return square;
    }

    void add(ListedItems other) {
        surprise += other.surprise;
        choosers += other.choosers;
        distance += other.distance;
        shown += other.shown;
        lists += other.lists;
        comparable += other.comparable;
        for (int item = 0; item < times.length; item++) {
            times[item] += other.times[item];
        }
    }

    /** Share of the catalogue that is in any list. */
    double coverage() {
        return Arrays.stream(times).filter(n -> n > 0).count() / (double) Math.max(1, times.length);
    }

    /** 1 - the share that two lists of k have in common, on average (Zhou et al., PNAS 107, 2010). */
    double diversity(int k) {
        double common = Arrays.stream(times).mapToDouble(n -> n * (n - 1.0)).sum();
        return lists < 2 ? 0 : 1 - common / (lists * (lists - 1.0) * k);
    }

    /** 1 - the cosine of two items of a list, on average over pairs, then lists (Ziegler et al., WWW 2005). */
    double intraListDiversity() {
        return distance / Math.max(1, comparable);
    }

    /** Bits: -log2(share of training users that chose the item), on average (Zhou et al., PNAS 107, 2010). */
    double novelty() {
        return surprise / Math.max(1, shown);
    }

    /** How many training users chose a listed item, on average (Yin et al., PVLDB 5, 2012). */
    double averagePopularity() {
        return choosers / Math.max(1, shown);
    }

    /** How unequally items are listed: 0 all alike, almost 1 one item alone (Adomavicius and Kwon, TKDE 24, 2012). */
    double gini() {
        int[] sorted = times.clone();
        Arrays.sort(sorted);
        double weighted = 0;
        double sum = 0;
        for (int i = 0; i < sorted.length; i++) {
            weighted += (2.0 * i + 1 - sorted.length) * sorted[i];
            sum += sorted[i];
        }
        return sum == 0 ? 0 : weighted / (sorted.length * sum);
    }
}
