package dev.milvuso.vector.embedded.column;

import java.util.List;
import java.util.function.IntPredicate;

/** What rows must fulfil, asked of one slot or of 64 at a time. */
public interface RowTest extends IntPredicate {
    /**
     * @param among those of the slots {@code 64 * word} to {@code 64 * word + 63} that are asked for
     * @return those of them that fulfil it
     */
    default long bits(int word, long among) {
        long bits = 0;
        for (long left = among; left != 0; left &= left - 1) {
            int at = Long.numberOfTrailingZeros(left);
            if (test((word << 6) + at)) {
                bits |= 1L << at;
            }
        }
        return bits;
    }

    /** Every slot that is asked for and fulfils it. */
    default SlotBits of(SlotBits among) {
        SlotBits found = new SlotBits();
        for (int word = 0; word < among.words(); word++) {
            long asked = among.word(word);
            if (asked != 0) {
                found.word(word, bits(word, asked));
            }
        }
        return found;
    }

    static RowTest all(List<RowTest> tests) {
        RowTest[] all = tests.toArray(new RowTest[0]);
        return all.length == 1 ? all[0] : new All(all);
    }

    static RowTest any(List<RowTest> tests) {
        RowTest[] any = tests.toArray(new RowTest[0]);
        return any.length == 1 ? any[0] : new Any(any);
    }

    /** Fulfils them all. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record All(RowTest[] tests) implements RowTest {
        @Override
        public boolean test(int slot) {
            for (RowTest test : tests) {
                if (!test.test(slot)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public long bits(int word, long among) {
            long bits = among;
            for (int i = 0; i < tests.length && bits != 0; i++) {
                bits = tests[i].bits(word, bits);
            }
            return bits;
        }
    }

    /** Fulfils one of them. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Any(RowTest[] tests) implements RowTest {
        @Override
        public boolean test(int slot) {
            for (RowTest test : tests) {
                if (test.test(slot)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public long bits(int word, long among) {
            long bits = 0;
            for (int i = 0; i < tests.length && bits != among; i++) {
                bits |= tests[i].bits(word, among & ~bits);
            }
            return bits;
        }
    }
}
