package dev.milvuso.server.quality.offpolicy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Estimates the mean reward of a target policy from choices that another policy has made. With the weight w = min(clip,
 * target / propensity), the reward r, the model's q of the choice and v of the target policy, over n choices:
 *
 * <ul>
 *   <li>IPS: Σ w r / n (Horvitz and Thompson, JASA 47, 1952). Unbiased where nothing is clipped and every choice the
 *       target might make had a chance.
 *   <li>SNIPS: Σ w r / Σ w (Swaminathan and Joachims, NIPS 2015). Biased by about 1/n, but the choices need not be
 *       shifted to rewards around 0, and varies less.
 *   <li>DR: Σ (v + w (r - q)) / n (Dudík, Langford and Li, ICML 2011). Unbiased if either the propensities or the model
 *       are right; varies less the better the model. Without a model it is IPS.
 * </ul>
 *
 * The confidence intervals are normal, of the sums over groups (the delta method for SNIPS): they hold for many groups
 * and weights without extreme ones, of which {@link Result#effectiveSamples} tells. Clipping lowers the estimates by
 * what it cuts off. Not safe for use by many threads.
 */
public final class OffPolicy {
    private static final int COLUMNS = 4;

    /** By group: Σ w r, Σ w, Σ (v + w (r - q)), n. */
    private double[] sums = new double[COLUMNS * 64];

    private int groups;
    private final Map<String, Integer> places = new HashMap<>();
    private final double clip;
    private long samples;
    private long clipped;
    private double squares;
    private double largest;

    /** @param clip bound of a weight, above 0; infinity for none */
    public OffPolicy(double clip) {
        if (!(clip > 0)) {
            throw new IllegalArgumentException("clip is " + clip + ": must be above 0");
        }
        this.clip = clip;
    }

    public void add(Logged choice) {
        double ratio = choice.target() / choice.propensity();
        double weight = Math.min(clip, ratio);
        clipped += ratio > clip ? 1 : 0;
        samples++;
        squares += weight * weight;
        largest = Math.max(largest, ratio);
        int place = COLUMNS
                * choice.group()
                        .map(group -> places.computeIfAbsent(group, unused -> added()))
                        .orElseGet(this::added);
        sums[place] += weight * choice.reward();
        sums[place + 1] += weight;
        sums[place + 2] += choice.predictedTarget() + weight * (choice.reward() - choice.predicted());
        sums[place + 3]++;
    }

    private int added() {
        if (COLUMNS * (groups + 1) > sums.length) {
            sums = Arrays.copyOf(sums, 2 * sums.length);
        }
        return groups++;
    }

    /**
     * An estimate.
     *
     * @param low lower end of its confidence interval
     * @param high upper end
     */
    public record Estimate(double value, double low, double high) {}

    /**
     * What is known of the target policy.
     *
     * @param effectiveSamples (Σ w)² / Σ w² (Kish): so many choices of the target policy itself would say as much
     * @param meanWeight about 1 if propensities and targets are right and little is clipped
     * @param clipped choices whose weight was cut to the bound
     * @param largestWeight before clipping
     */
    public record Result(
            long samples,
            long groups,
            double effectiveSamples,
            double meanWeight,
            double largestWeight,
            long clipped,
            Estimate ips,
            Estimate snips,
            Estimate dr) {}

    /**
     * Estimates, once all is added.
     *
     * @param confidence of the intervals, such as 0.95
     * @throws IllegalStateException if there are fewer than two groups, or the target would have made none of the
     *     choices
     */
    public Result result(double confidence) {
        double weights = sum(1);
        if (groups < 2 || weights == 0) {
            throw new IllegalStateException(
                    groups < 2
                            ? "there are " + groups + " independent choices: an estimate needs 2"
                            : "target is 0 in every line: nothing that was logged is what the policy would do");
        }
        double z = Normal.quantile(0.5 + confidence / 2);
        return new Result(
                samples,
                groups,
                weights * weights / squares,
                weights / samples,
                largest,
                clipped,
                ratio(0, 3, z),
                ratio(0, 1, z),
                ratio(2, 3, z));
    }

    private double sum(int column) {
        double sum = 0;
        for (int place = column; place < COLUMNS * groups; place += COLUMNS) {
            sum += sums[place];
        }
        return sum;
    }

    /** Σ a / Σ b over groups; its variance is that of Σ (a - estimate · b), over (Σ b)². */
    private Estimate ratio(int a, int b, double z) {
        double below = sum(b);
        double estimate = sum(a) / below;
        double squared = 0;
        for (int place = 0; place < COLUMNS * groups; place += COLUMNS) {
            double rest = sums[place + a] - estimate * sums[place + b];
            squared += rest * rest;
        }
        double deviation = Math.sqrt(squared * groups / (groups - 1.0)) / below;
        return new Estimate(estimate, estimate - z * deviation, estimate + z * deviation);
    }
}
