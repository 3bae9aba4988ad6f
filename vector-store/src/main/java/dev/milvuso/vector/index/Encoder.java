package dev.milvuso.vector.index;

/**
 * Makes codes of 4 bits a dimension from what a row differs from its list's centre by, and whole numbers from queries,
 * so that inner products of both need 16 bits.
 *
 * <p>A residual r, each number divided by its dimension's spread, becomes codes u of 0 to 15 that stand for {@code v =
 * u - 7.5}, the largest number at the end of the range. Its scale {@code |r|² / r·v} makes the estimate of an inner
 * product right in the mean for queries in all directions, as in Gao and Long, "RaBitQ", 2024.
 *
 * <p>A query, times the spreads, becomes whole numbers q of a length such that {@code |q| |v|} stays below 2¹⁵ whatever
 * the codes: sums may wrap on the way and are right at the end. Because a packed short c holds {@code u0 + 16 u1 + 256
 * u2 + 4096 u3}, the sum {@code Σ q u} is {@code q0 c + (q1 - 16 q0)(c >>> 4) + (q2 - 16 q1)(c >>> 8) + (q3 - 16 q2)(c
 * >>> 12)}: no code need be cut out.
 */
final class Encoder {
    private static final float HIGHEST = 7.5f;
    /** Added and taken away again, it rounds what is far smaller to the nearest whole number. */
    private static final float ROUND = 3 << 22;

    private final float[] spreads;
    private final float[] inverses;
    private final boolean distance;

    /**
     * @param spreads how far residuals reach in each dimension, above 0; shape [d]
     * @param distance whether rows are ranked by squared distance, else by inner product
     */
    Encoder(float[] spreads, boolean distance) {
        this.spreads = spreads;
        this.distance = distance;
        this.inverses = new float[spreads.length];
        for (int i = 0; i < spreads.length; i++) {
            inverses[i] = 1 / spreads[i];
        }
    }

    /** Whether rows are ranked by squared distance, else by inner product. */
    boolean distance() {
        return distance;
    }

    int dimension() {
        return spreads.length;
    }

    int groups() {
        return (spreads.length + 3) / 4;
    }

    /** @param row, centre shape [d] */
    void encode(float[] row, float[] centre, RowCode code) {
        float reach = 0;
        float bias = 0;
        float squares = 0;
        for (int i = 0; i < spreads.length; i++) {
            float residual = row[i] - centre[i];
            reach = Math.max(reach, Math.abs(residual * inverses[i]));
            bias += residual * (row[i] + centre[i]);
            squares += residual * residual;
        }
        // |x|² - |c|² = |r|² + 2 c·r
        code.bias = distance ? -bias : 0;
        code.meanSquare = squares / spreads.length;
        float step = HIGHEST / Math.max(reach, Float.MIN_NORMAL);
        float square = 0;
        float product = 0;
        for (int g = 0; g < code.packed.length; g++) {
            int packed = 0;
            for (int i = 4 * g; i < Math.min(4 * g + 4, spreads.length); i++) {
                float residual = (row[i] - centre[i]) * inverses[i];
                int u = Math.max(0, Math.min(15, (int) (residual * step + 8)));
                square += residual * residual;
                product += residual * (u - HIGHEST);
                packed |= u << (4 * (i - 4 * g));
            }
            code.packed[g] = (short) packed;
        }
        code.scale = product > 0 ? square / product : 0;
    }

    /** @param query shape [d] */
    void encode(float[] query, QueryCode code) {
        double square = 0;
        for (int i = 0; i < spreads.length; i++) {
            square += (double) query[i] * spreads[i] * query[i] * spreads[i];
        }
        // Rounding can lengthen q by half of √d.
        double length = Short.MAX_VALUE / (HIGHEST * Math.sqrt(spreads.length)) - 0.5 * Math.sqrt(spreads.length);
        float unit = square > 0 ? (float) (Math.max(1, length) / Math.sqrt(square)) : 0;
        int total = 0;
        for (int i = 0; i < code.plain.length; i += 4) {
            int before = 0;
            for (int n = i; n < i + 4; n++) {
                int q = n < spreads.length ? (int) (query[n] * spreads[n] * unit + ROUND - ROUND) : 0;
                code.plain[n] = (short) (q - 16 * before);
                total += q;
                before = q;
            }
        }
        IndexMath.BEST.spread(code.plain, code.weights);
        code.start = (short) Math.round(-HIGHEST * total);
        code.factor = unit > 0 ? (distance ? 2 : 1) / unit : 0;
    }
}
