package dev.milvuso.ranker;

/**
 * A factorization machine (Rendle, "Factorization machines", ICDM 2010) over numbers that were brought to one scale:
 * {@code sum w_i z_i + sum over i < j of (v_i · v_j) z_i z_j} with {@code z_i = x_i * scale_i}, damped. Its parameters
 * are one array: the scales, then w, then v, number by number, so that they are published and read as they are. All is
 * arithmetic on arrays that are given; nothing is made.
 */
public final class Machine {
    /** Beyond this a scaled number grows with its logarithm: what is far out must not outweigh all else. */
    private static final float MOST = 5;

    private Machine() {}

    /** Length of the parameters. */
    public static int length(int size, int factors) {
        return size * (2 + factors);
    }

    /** Length of each v; not whole if the parameters are not of so many numbers. */
    public static int factors(int size, float[] parameters) {
        return parameters.length / size - 2;
    }

    /** Brings numbers to one scale, in place. */
    public static void scale(float[] parameters, float[] x, int size) {
        for (int i = 0; i < size; i++) {
            float scaled = x[i] * parameters[i];
            x[i] = Math.abs(scaled) <= MOST ? scaled : far(scaled);
        }
    }

    private static float far(float scaled) {
        return (float) Math.copySign(MOST + Math.log1p(Math.abs((double) scaled) - MOST), scaled);
    }

    /** @param z shape [size], scaled; larger is better */
    public static double score(float[] parameters, float[] z, int size) {
        double score = 0;
        for (int i = 0; i < size; i++) {
            score += (double) parameters[size + i] * z[i];
        }
        int factors = factors(size, parameters);
        for (int f = 0; f < factors; f++) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < size; i++) {
                double part = (double) parameters[2 * size + i * factors + f] * z[i];
                sum += part;
                squares += part * part;
            }
            score += (sum * sum - squares) / 2;
        }
        return score;
    }
}
