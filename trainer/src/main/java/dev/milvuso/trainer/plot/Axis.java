package dev.milvuso.trainer.plot;

import java.util.List;
import java.util.Locale;

/**
 * From numbers to places.
 *
 * @param least the number at {@code from}
 * @param most the number at {@code to}, above {@code least}
 */
record Axis(double least, double most, double from, double to) {
    /** @param coordinate 0 or 1 of the points */
    static Axis over(List<Chart.Series> series, int coordinate, double from, double to) {
        double[] numbers = series.stream()
                .flatMap(one -> one.points().stream())
                .filter(Axis::isFinite)
                .mapToDouble(point -> point[coordinate])
                .toArray();
        double least = java.util.Arrays.stream(numbers).min().orElse(0);
        double most = java.util.Arrays.stream(numbers).max().orElse(1);
        if (least == most) {
            most = least + Math.max(1e-3, Math.abs(least) / 10);
        }
        double step = step((most - least) / 5);
        return new Axis(Math.floor(least / step) * step, Math.ceil(most / step) * step, from, to);
    }

    /** 1, 2 or 5 times a power of ten. */
    private static double step(double rough) {
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double factor = rough / power;
        return power * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10);
    }

    static boolean isFinite(double[] point) {
        return Double.isFinite(point[0]) && Double.isFinite(point[1]);
    }

    double place(double number) {
        return from + (number - least) / (most - least) * (to - from);
    }

    double tick(int index, int count) {
        return least + (most - least) * index / count;
    }

    String label(double number) {
        double range = most - least;
        return String.format(
                Locale.ROOT, range >= 50 ? "%,.0f" : range >= 5 ? "%.1f" : range >= 0.5 ? "%.2f" : "%.4f", number);
    }
}
