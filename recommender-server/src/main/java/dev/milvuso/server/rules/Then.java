package dev.milvuso.server.rules;

/** What a rule does with the items that it is about. */
public sealed interface Then {
    /** In the configuration of a rule: {@code {"pin": 1}}. */
    int MOST_POSITION = 1000;

    /**
     * Puts the best of them at a place, wherever it would have been.
     *
     * @param position 1 is the top
     */
    record Pin(int position) implements Then {
        public Pin {
            if (position < 1 || position > MOST_POSITION) {
                throw new IllegalArgumentException("must be a position from 1 to " + MOST_POSITION);
            }
        }
    }

    /**
     * Multiplies a score above 0 by it, divides one below.
     *
     * @param factor 0.001 to 1000
     */
    record Boost(double factor) implements Then {
        public Boost {
            if (!(factor >= 0.001 && factor <= 1000)) {
                throw new IllegalArgumentException("must be a factor from 0.001 to 1000");
            }
        }
    }

    /** Puts them below all others. */
    record Bury() implements Then {}

    /** Leaves them out. */
    record Block() implements Then {}

    /**
     * Leaves out all but the best of them in a list.
     *
     * @param most in a list, 0 to 1000
     * @param perCategory so many of each category, not of all together
     */
    record Cap(int most, boolean perCategory) implements Then {
        public Cap {
            if (most < 0 || most > MOST_POSITION) {
                throw new IllegalArgumentException("must be a number of items from 0 to " + MOST_POSITION);
            }
        }
    }
}
