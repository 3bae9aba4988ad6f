package dev.milvuso.server.experiment;

import java.util.List;

/**
 * Whether variants have as many users as their weights say. If they have not, something on the way from assignment to
 * log loses users of one variant, and no result is to be trusted (Fabijan et al., KDD 2019). The test may be looked at
 * any time: the Bayes factor of a Dirichlet mixture of multinomials against the intended shares (Lindon and Malek,
 * "Anytime- valid inference for multinomial count data", NeurIPS 2022).
 */
final class SampleRatio {
    /** How close to the intended shares the mixture expects others to be; any number is valid. */
    private static final double CONCENTRATION = 100;

    private SampleRatio() {}

    /**
     * The always-valid p-value.
     *
     * @param counts users by variant
     * @param weights of the variants, above 0
     */
    static double p(List<Long> counts, List<Double> weights) {
        double all = weights.stream().mapToDouble(Double::doubleValue).sum();
        double users = counts.stream().mapToLong(Long::longValue).sum();
        double log = logGamma(CONCENTRATION) - logGamma(CONCENTRATION + users);
        for (int i = 0; i < counts.size(); i++) {
            double share = weights.get(i) / all;
            double prior = CONCENTRATION * share;
            log += logGamma(prior + counts.get(i)) - logGamma(prior) - counts.get(i) * Math.log(share);
        }
        return Math.min(1, Math.exp(-log));
    }

    /** ln Γ(x) for x above 0, to about 10 digits (Stirling's series, after the recurrence has made x large). */
    static double logGamma(double x) {
        double shift = 0;
        double large = x;
        while (large < 15) {
            shift += Math.log(large);
            large++;
        }
        double inverse = 1 / (large * large);
        double series = (1.0 / 12 - inverse * (1.0 / 360 - inverse / 1260)) / large;
        return (large - 0.5) * Math.log(large) - large + 0.5 * Math.log(2 * Math.PI) + series - shift;
    }
}
