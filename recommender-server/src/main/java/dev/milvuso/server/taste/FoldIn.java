package dev.milvuso.server.taste;

import dev.milvuso.vector.Metric;
import java.util.Arrays;

/**
 * Moves a user's vector to where their latest actions say it should be, the items standing still: regularised least
 * squares with the vector before as the prior, as a half step of alternating least squares solves it for one row.
 *
 * <p>Let {@code z(u, j)} be the user's score of item j less the mean score of all items, and S the deviation of all
 * those scores. What was liked should get {@code z = reach·S}, or {@code lead} times what the user's best item has
 * where that is more, so that items like it come among the best; what was disliked {@code z = -retreat·S}. What is
 * beyond already is left alone. Of what was followed already in part only a part of the way is left: then the target
 * lies between. Sought is the δ with the least
 *
 * <pre>Σ strength·|w_j|/k · (target_j - z(u + δ, j))² + δ'·A·δ</pre>
 *
 * with A of {@link ItemMoments} and k the mean of {@code x'·A⁻¹·x} over all items, so that neither the length of
 * vectors nor their number matters: a weight of 1 by itself takes an ordinary item {@code strength/(strength + 1)} of
 * the way. Solved in as many unknowns as there are actions: {@code (X·A⁻¹·X' + N)·α = r}, {@code δ = A⁻¹·X'·α}. For one
 * thread; it keeps its arrays.
 */
final class FoldIn {
    private final double strength;
    private final double reach;
    private final double lead;
    private final double retreat;
    private double[] user = new double[0];
    private double[] items = new double[0];
    private double[] system = new double[0];
    private double[] residuals = new double[0];
    private double[] step = new double[0];

    /**
     * @param strength how far one action takes a user, see above
     * @param reach where what is liked should stand among all items, in deviations above their mean
     * @param lead where it should stand at least, in what the best item has
     * @param retreat where what is disliked should stand, in deviations below
     */
    FoldIn(double strength, double reach, double lead, double retreat) {
        this.strength = strength;
        this.reach = reach;
        this.lead = lead;
        this.retreat = retreat;
    }

    /**
     * @param prior shape [dimension]; not changed
     * @return shape [dimension], finite; the prior itself if nothing moves it
     */
    float[] fold(float[] prior, Evidence evidence, ItemMoments moments) {
        LinearForm form = moments.form();
        if (strength == 0 || evidence.isEmpty() || !moments.discern()) {
            return prior;
        }
        reserve(evidence.size(), form);
        form.user(prior, user);
        int rows = collect(evidence, moments);
        if (rows == 0) {
            return prior;
        }
        solve(rows, form, moments.root());
        return moved(prior, form.factors());
    }

    private void reserve(int rows, LinearForm form) {
        if (user.length != form.length()) {
            user = new double[form.length()];
            step = new double[form.factors()];
        }
        if (items.length < rows * form.length()) {
            items = new double[rows * form.length()];
        }
        if (residuals.length < rows) {
            residuals = new double[rows];
            system = new double[rows * rows];
        }
    }

    /** Writes the rows that should move, centred, with residuals, and their noise on the system's diagonal. */
    private int collect(Evidence evidence, ItemMoments moments) {
        int length = moments.form().length();
        double deviation = moments.deviation(user);
        double high = Math.max(reach * deviation, lead * moments.highest(user));
        int rows = 0;
        for (int j = 0; j < evidence.size(); j++) {
            int at = rows * length;
            moments.form().item(evidence.vector(j), items, at);
            moments.centre(items, at);
            double residual = evidence.part(j)
                    * residual(
                            evidence.weight(j) < 0, evidence.vector(j), at, high, -retreat * deviation, moments.form());
            if (residual != 0 && Double.isFinite(residual)) {
                residuals[rows] = residual;
                double weight = strength * Math.abs(evidence.weight(j));
                system[rows * residuals.length + rows] = moments.leverage() / weight;
                rows++;
            }
        }
        return rows;
    }

    /** Above 0 for what was liked and stands too low, below 0 for what was disliked and stands too high. */
    private double residual(boolean disliked, float[] vector, int at, double high, double low, LinearForm form) {
        double score = dot(user, items, at, form.length());
        if (disliked) {
            return Math.min(0, low - score);
        }
        double target = form.metric() == Metric.EUCLIDEAN ? Math.min(high, atTheItem(vector, at, form)) : high;
        return Math.max(0, target - score);
    }

    /** What the item would get from a user who stood right on it: by distance nothing is nearer. */
    private double atTheItem(float[] vector, int at, LinearForm form) {
        double sum = 0;
        for (int i = 0; i < form.length(); i++) {
            sum += (i < form.factors() ? vector[i] : user[i]) * items[at + i];
        }
        return sum;
    }

    private void solve(int rows, LinearForm form, double[] root) {
        int length = form.length();
        int factors = form.factors();
        int stride = residuals.length;
        for (int i = 0; i < rows; i++) {
            Cholesky.forward(root, factors, items, i * length);
            for (int j = 0; j < i; j++) {
                system[i * stride + j] = dot(items, i * length, items, j * length, factors);
            }
            system[i * stride + i] += dot(items, i * length, items, i * length, factors);
        }
        Arrays.fill(step, 0);
        if (!Cholesky.factorInPlace(system, rows, stride)) {
            return;
        }
        Cholesky.forward(system, rows, stride, residuals, 0);
        Cholesky.backward(system, rows, stride, residuals);
        for (int i = 0; i < rows; i++) {
            for (int f = 0; f < factors; f++) {
                step[f] += residuals[i] * items[i * length + f];
            }
        }
        Cholesky.backward(root, factors, step);
    }

    private float[] moved(float[] prior, int factors) {
        float[] moved = prior.clone();
        for (int f = 0; f < factors; f++) {
            moved[f] = (float) (prior[f] + step[f]);
            if (!Float.isFinite(moved[f])) {
                return prior;
            }
        }
        return moved;
    }

    private static double dot(double[] user, double[] items, int at, int length) {
        return dot(user, 0, items, at, length);
    }

    static double dot(double[] a, int aAt, double[] b, int bAt, int length) {
        double even = 0;
        double odd = 0;
        int i = 0;
        for (; i + 1 < length; i += 2) {
            even += a[aAt + i] * b[bAt + i];
            odd += a[aAt + i + 1] * b[bAt + i + 1];
        }
        return i < length ? even + odd + a[aAt + i] * b[bAt + i] : even + odd;
    }
}
