package dev.milvuso.server.experiment;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is measured of each user: a mean over the items shown to them, or over their lists. */
public enum Outcome {
    /** Clicked items / shown items. */
    CTR(true),
    /** Converted items / shown items. */
    CONVERSION(true),
    /** Shown items with any action in favour / shown items. */
    ENGAGEMENT(true),
    /** Shown items with an action against them / shown items. */
    REFUSAL(false),
    /** Seconds that the making of a list took, mean. */
    LATENCY(false),
    /** Lists for which something could not be asked / lists. */
    DEGRADED(false);

    private final boolean moreIsBetter;

    Outcome(boolean moreIsBetter) {
        this.moreIsBetter = moreIsBetter;
    }

    public boolean moreIsBetter() {
        return moreIsBetter;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Outcome> labelled(String label) {
        return Arrays.stream(values())
                .filter(each -> each.label().equals(label))
                .findFirst();
    }
}
