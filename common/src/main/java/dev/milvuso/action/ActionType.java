package dev.milvuso.action;

/**
 * A kind of action and what it says of the item.
 *
 * @param name as configured, such as {@code AddToCart}
 * @param sign 1 for the item, -1 against it, 0 says nothing
 * @param weight how much an example of it counts, 0 to 100
 */
public record ActionType(String name, int sign, float weight) implements java.io.Serializable {
    /** The type that says an item was shown; only it waits for what follows. */
    public static final String IMPRESSION = "Impression";

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

    /** A rating's verdict stands in its value: below 3 of 5 counts against the item. */
    public boolean isRating() {
        return name.equals("Rate");
    }
}
