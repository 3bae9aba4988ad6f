package dev.milvuso.server.experiment;

/**
 * Whether a difference of means is there, to be looked at as often as one likes: the mixture sequential probability
 * ratio test of normal means (Robbins, Ann. Math. Stat. 41, 1970; Johari, Koomen, Pekelis and Walsh, "Always Valid
 * Inference", Oper. Res. 70, 2022). With an estimate d of variance v, and a difference that is normal with deviation τ
 * a priori, the likelihood ratio against "no difference" is
 *
 * <pre>Λ = √(v / (v + τ²)) · exp(τ² d² / (2 v (v + τ²)))</pre>
 *
 * As a martingale of mean 1 under "no difference", it ever reaches 1/α with a probability of at most α (Ville). So p =
 * 1/Λ is valid whenever one looks, and the differences for which Λ stays below 1/α make a confidence sequence, which
 * holds the truth at all times together with a probability of at least 1 - α. The variance is estimated, so all of this
 * holds for large samples: nothing is said before each side has {@link #LEAST} users.
 *
 * @param p 1 where nothing can be said
 * @param difference of the means
 * @param low lower end of the confidence sequence
 * @param high upper end
 */
public record SequentialTest(double p, double difference, double low, double high) {
    /** Users that each side must have. */
    public static final int LEAST = 100;

    /**
     * Compares two groups.
     *
     * @param tau size of a difference that is worth finding; whatever it is, the test is valid
     */
    public static SequentialTest of(Moments control, Moments other, double tau, double alpha) {
        if (control.count() < LEAST || other.count() < LEAST) {
            return unsure(other.mean() - control.mean());
        }
        return of(other.mean() - control.mean(), control.varianceOfMean() + other.varianceOfMean(), tau, alpha);
    }

    /** Compares the mean of one group with 0. */
    public static SequentialTest ofOne(Moments group, double tau, double alpha) {
        return group.count() < LEAST ? unsure(group.mean()) : of(group.mean(), group.varianceOfMean(), tau, alpha);
    }

    private static SequentialTest unsure(double difference) {
        return new SequentialTest(1, difference, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    private static SequentialTest of(double d, double v, double tau, double alpha) {
        if (v <= 0) {
            return unsure(d); // all alike: as if nothing had been seen
        }
        double t = tau * tau;
        double p = Math.sqrt((v + t) / v) * Math.exp(-t * d * d / (2 * v * (v + t)));
        double half = Math.sqrt(2 * v * (v + t) / t * (Math.log(1 / alpha) + 0.5 * Math.log((v + t) / v)));
        return new SequentialTest(Math.min(1, p), d, d - half, d + half);
    }
}
