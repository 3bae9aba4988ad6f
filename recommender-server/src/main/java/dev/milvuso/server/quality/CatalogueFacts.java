package dev.milvuso.server.quality;

import dev.milvuso.action.ItemId;
import dev.milvuso.action.ShownItems;
import dev.milvuso.server.catalogue.ItemSlots;
import dev.milvuso.server.recommend.Popular;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue as the measures need it. An item's share of the popularity is (its popularity + 1) / (that of all items
 * + the number of items), so that it is never 0; two items lie apart by 1 - the cosine of their learned vectors.
 */
public final class CatalogueFacts implements ItemFacts, Runnable {
    /** @param usual bits of an item that is not in the table */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Surprises(double[] bits, double usual, int items) {}

    private final ItemSlots slots;
    private final Popular popular;
    private final Supplier<IntFunction<float @Nullable []>> vectors;
    private final int factors;
    private volatile Surprises surprises = new Surprises(new double[0], 0, 0);

    /**
     * @param vectors gives those that are served now, by slot; null where there is none
     * @param factors numbers of a vector, from its beginning, that say what kind of item it is
     */
    public CatalogueFacts(
            ItemSlots slots, Popular popular, Supplier<IntFunction<float @Nullable []>> vectors, int factors) {
        this.slots = slots;
        this.popular = popular;
        this.vectors = vectors;
        this.factors = factors;
    }

    /** Takes the popularities as they are now. */
    @Override
    public void run() {
        double[] popularity = new double[slots.size()];
        Arrays.fill(popularity, Double.NaN);
        popular.read((slot, value) -> {
            if (slot < popularity.length) {
                popularity[slot] = Double.isFinite(value) ? value : 0;
            }
        });
        double sum = 0;
        int items = 0;
        for (double each : popularity) {
            sum += Double.isNaN(each) ? 0 : each;
            items += Double.isNaN(each) ? 0 : 1;
        }
        double all = log2(sum + Math.max(1, items));
        double[] bits = new double[popularity.length];
        for (int slot = 0; slot < bits.length; slot++) {
            bits[slot] = all - (Double.isNaN(popularity[slot]) ? 0 : log2(popularity[slot] + 1));
        }
        surprises = new Surprises(bits, all, items);
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }

    @Override
    public double surprise(ItemId item) {
        Surprises now = surprises;
        int slot = slots.find(item);
        return slot >= 0 && slot < now.bits().length ? now.bits()[slot] : now.usual();
    }

    @Override
    public int catalogue() {
        return surprises.items();
    }

    /** Of n unit vectors with the sum s, the cosines of all pairs add up to (|s|² - n) / 2. */
    @Override
    public double distance(ShownItems items, int k) {
        IntFunction<float @Nullable []> served = vectors.get();
        double[] sum = new double[factors];
        int known = 0;
        for (int i = 0; i < Math.min(k, items.size()); i++) {
            int slot = slots.find(items.id(i));
            float[] vector = slot < 0 ? null : served.apply(slot);
            known += vector != null && addUnit(vector, sum) ? 1 : 0;
        }
        if (known < 2) {
            return Double.NaN;
        }
        double square = 0;
        for (double number : sum) {
            square += number * number;
        }
        double pairs = known * (known - 1) / 2.0;
        return 1 - (square - known) / 2 / pairs;
    }

    /** @return false for a vector of zeros, which has no direction */
    private boolean addUnit(float[] vector, double[] sum) {
        double square = 0;
        for (int i = 0; i < factors; i++) {
            square += (double) vector[i] * vector[i];
        }
        if (square == 0) {
            return false;
        }
        double scale = 1 / Math.sqrt(square);
        for (int i = 0; i < factors; i++) {
            sum[i] += scale * vector[i];
        }
        return true;
    }
}
