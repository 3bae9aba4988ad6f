package dev.milvuso.trainer.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * From numbers to places.
 *
 * @param least the number at {@code from}
 * @param most the number at {@code to}, above {@code least}
 * @param step between ticks, 1, 2 or 5 times a power of ten
 */
record Axis(double least, double most, double step, double from, double to) {
    /** @param coordinate 0 or 1 of the points */
    static Axis over(List<Chart.Series> series, int coordinate, double from, double to) {
        double[] numbers = series.stream()
                .flatMap(one -> one.points().stream())
                .filter(Axis::isFinite)
                .mapToDouble(point -> point[coordinate])
                .toArray();
        double least = Arrays.stream(numbers).min().orElse(0);
        double most = Arrays.stream(numbers).max().orElse(1);
        if (least == most) {
            most = least + Math.max(1e-3, Math.abs(least) / 10);
        }
        double step = step((most - least) / 5);
        return new Axis(Math.floor(least / step) * step, Math.ceil(most / step) * step, step, from, to);
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

    double[] ticks() {
        int count = (int) Math.round((most - least) / step);
        return IntStream.rangeClosed(0, count)
                .mapToDouble(tick -> least + tick * step)
                .toArray();
    }

    /** With as many digits as the ticks need to differ. */
    String label(double number) {
        int digits = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
        return String.format(Locale.ROOT, "%,." + digits + "f", number);
    }

    /** The number whose decimal logarithm this is, to two digits. */
    static String power(double logarithm) {
        return new BigDecimal(Math.pow(10, logarithm))
                .round(new MathContext(2))
                .stripTrailingZeros()
                .toPlainString();
    }
}
