package dev.milvuso.vector.index;

/** Two centres of some rows by 2-means, from the first row and the one farthest from it; alike rows are halved. */
final class Halves {
    private static final int ITERATIONS = 4;

    private Halves() {}

    /** @param rows two at least */
    static float[][] of(float[][] rows) {
        float[] a = rows[0];
        float[] b = farthest(rows, a);
        for (int i = 0; i < ITERATIONS; i++) {
            float[] nextA = new float[a.length];
            float[] nextB = new float[a.length];
            int countA = 0;
            for (float[] row : rows) {
                boolean nearA = ListSurgery.distance(row, a) <= ListSurgery.distance(row, b);
                countA += nearA ? 1 : 0;
                add(row, nearA ? nextA : nextB);
            }
            a = countA == 0 ? a : divided(nextA, countA);
            b = countA == rows.length ? b : divided(nextB, rows.length - countA);
        }
        return new float[][] {a, b};
    }

    private static float[] farthest(float[][] rows, float[] from) {
        float[] farthest = from;
        float most = -1;
        for (float[] row : rows) {
            float distance = ListSurgery.distance(row, from);
            if (distance > most) {
                most = distance;
                farthest = row;
            }
        }
        return farthest;
    }

    private static void add(float[] row, float[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += row[i];
        }
    }

    private static float[] divided(float[] sum, int by) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] /= by;
        }
        return sum;
    }
}
