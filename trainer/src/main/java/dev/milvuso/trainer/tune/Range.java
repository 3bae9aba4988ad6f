package dev.milvuso.trainer.tune;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values that a key of {@code [training]} or {@code [als]} may take, as users write them: {@code LOW..HIGH}, or
 * {@code A,B,C}.
 */
public sealed interface Range {
    /** What says how long a trial takes and by which chance. */
    Set<String> FIXED = Set.of("epochs", "threads", "seed", "als.iterations", "als.threads", "als.seed");

    /** The key; without its section if that is {@code [training]}, else {@code als.KEY}. */
    String key();

    /** One value, as TOML has it. */
    String draw(SplittableRandom random);

    /**
     * Numbers between two bounds; of bounds above 0 that lie ten times or more apart, their logarithm is uniform.
     *
     * @param whole whether only whole numbers are drawn, the bounds included
     */
    record Between(String key, double low, double high, boolean whole) implements Range {
        @Override
        public String draw(SplittableRandom random) {
            if (whole) {
                double drawn = between(low, high + 1, random.nextDouble());
                return String.valueOf((long) Math.min(high, Math.floor(drawn)));
            }
            return String.format(Locale.ROOT, "%.4g", between(low, high, random.nextDouble()));
        }

        /** Whether small values are drawn as often as large ones. */
        boolean isLogarithmic() {
            return low > 0 && high >= 10 * low;
        }

        private double between(double from, double to, double share) {
            return isLogarithmic() ? from * Math.pow(to / from, share) : from + (to - from) * share;
        }
    }

    /** Some values, each as likely. */
    record Among(String key, List<String> values) implements Range {
        public Among {
            values = List.copyOf(values);
        }

        @Override
        public String draw(SplittableRandom random) {
            return values.get(random.nextInt(values.size()));
        }
    }

    /** @throws IllegalArgumentException saying what would be right */
    static Range parse(String text) {
        Matcher parts = Pattern.compile("(?:training\\.)?((?:als\\.)?[a-z_0-9]+)=(\\S+)")
                .matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("range '" + text
                    + "': must be KEY=LOW..HIGH or KEY=A,B,C with a key of [training], as learning_rate=0.01..0.1,"
                    + " or of [als], as als.regularization=0.001..0.05");
        }
        String key = parts.group(1);
        if (FIXED.contains(key)) {
            throw new IllegalArgumentException("range '" + text + "': " + key + " is not searched, set it with --set");
        }
        int dots = parts.group(2).indexOf("..");
        return dots < 0
                ? new Among(key, List.of(parts.group(2).split(",", -1)))
                : between(
                        text,
                        key,
                        parts.group(2).substring(0, dots),
                        parts.group(2).substring(dots + 2));
    }

    private static Range between(String text, String key, String low, String high) {
        try {
            boolean whole = low.matches("-?\\d+") && high.matches("-?\\d+");
            Between range = new Between(key, Double.parseDouble(low), Double.parseDouble(high), whole);
            if (range.low() < range.high() && Double.isFinite(range.high() - range.low())) {
                return range;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("range '" + text + "': LOW and HIGH must be numbers", e);
        }
        throw new IllegalArgumentException("range '" + text + "': LOW must be below HIGH");
    }
}
