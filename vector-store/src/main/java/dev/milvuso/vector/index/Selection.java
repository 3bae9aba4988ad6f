package dev.milvuso.vector.index;

import java.util.BitSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The slots that may be found. Asked from the searching thread, for candidates alone where few searches are selective.
 */
public interface Selection {
    long[] NO_BITS = {};

    /** Every slot. */
    Selection ALL = new Selection() {
        @Override
        public boolean contains(int slot) {
            return true;
        }
    };

    boolean contains(int slot);

    /**
     * Whether a slot is one of few that are left out by themselves, such as what somebody has seen, and so may be one
     * of many that lie near each other. Asked of slots alone that it does not contain.
     */
    default boolean excludes(int slot) {
        return false;
    }

    /** How many slots these are at most, where that is known; else, or if they are nearly all, -1. */
    default int count() {
        return -1;
    }

    /**
     * A bit for each slot, 64 to a number and the first lowest, set of all that it {@link #contains} or
     * {@link #excludes} at least, where they are at hand so and do not change while a search runs; else of length 0.
     */
    default long[] bits() {
        return NO_BITS;
    }

    /** Slots among which these are, each once; asked only where {@link #count} is known. */
    default IntStream slots() {
        throw new IllegalStateException("the slots of a selection of unknown size");
    }

    /** @param excluded does not change while a search runs */
    default Selection without(IntPredicate excluded) {
        Selection within = this;
        return new Selection() {
            @Override
            public boolean contains(int slot) {
                return !excluded.test(slot) && within.contains(slot);
            }

            @Override
            public boolean excludes(int slot) {
                return excluded.test(slot) && within.contains(slot);
            }

            @Override
            public int count() {
                return within.count();
            }

            @Override
            public long[] bits() {
                return within.bits();
            }

            @Override
            public IntStream slots() {
                return within.slots().filter(slot -> !excluded.test(slot));
            }
        };
    }

    /** @param slots do not change while a search runs */
    static Selection of(BitSet slots) {
        int count = slots.cardinality();
        long[] bits = slots.toLongArray();
        return new Selection() {
            @Override
            public boolean contains(int slot) {
                return slots.get(slot);
            }

            @Override
            public int count() {
                return count;
            }

            @Override
            public long[] bits() {
                return bits;
            }

            @Override
            public IntStream slots() {
                return slots.stream();
            }
        };
    }

    static Selection matching(IntPredicate predicate) {
        return predicate::test;
    }
}
