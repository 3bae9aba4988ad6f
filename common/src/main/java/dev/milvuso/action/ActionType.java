package dev.milvuso.action;

import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A kind of action and what it says of the item.
 *
 * @param name as configured, such as {@code AddToCart}
 * @param sign 1 for the item, -1 against it, 0 says nothing
 * @param weight how much an example of it counts, 0 to 100
 */
public record ActionType(String name, int sign, float weight) implements Serializable {
    /** The type that says an item was shown; only it waits for what follows. */
    public static final String IMPRESSION = "Impression";

    private static final double WORST_RATING = 1;
    private static final double BEST_RATING = 5;
    private static final double LEAST_GOOD_RATING = 3;

    public ActionType {
        if (sign < -1 || sign > 1) {
            throw new IllegalArgumentException("actions." + name + ".sign is " + sign + ": must be -1, 0 or 1");
        }
        if (!(weight >= 0 && weight <= 100)) {
            throw new IllegalArgumentException("actions." + name + ".weight is " + weight + ": must be 0 to 100");
        }
    }

    public boolean isImpression() {
        return name.equals(IMPRESSION);
    }

    /**
     * What is wrong with the value that an action of this type carries, or with its absence; empty if nothing is. A
     * rating has one of 1 to 5, all else any or none.
     */
    public Optional<String> faultOf(OptionalDouble value) {
        boolean fits = !isRating() || (value.orElse(0) >= WORST_RATING && value.orElse(0) <= BEST_RATING);
        return fits ? Optional.empty() : Optional.of("must be 1 to 5 for " + name);
    }

    public boolean isRating() {
        return name.equals("Rate");
    }

    /**
     * What an action of this type says of its item: its sign, but for a rating that says anything, whose verdict stands
     * in its value.
     *
     * @param value that came with it; below 3 of 5 a rating counts against the item
     * @return 1 for the item, -1 against it, 0 says nothing
     */
    public int verdict(OptionalDouble value) {
        if (sign == 0 || !isRating() || value.isEmpty()) {
            return sign;
        }
        return value.getAsDouble() < LEAST_GOOD_RATING ? -1 : 1;
    }
}
