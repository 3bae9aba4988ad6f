package dev.milvuso.vector.embedded.column;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.filter.RowFilter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Texts: while few differ each is kept once, and a row has its number; what a filter says of a text is then asked once
 * for all rows that have it. When many differ they are kept as they are.
 */
final class TextColumn implements Column {
    private static final int MOST_NUMBERED = 16_384;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> texts = new ArrayList<>();
    /** One more than a text's number; 0 for none. */
    private IntPages numbered = new IntPages();

    private @Nullable ObjectColumn whole;

    @Override
    public @Nullable Object at(int slot) {
        if (whole != null) {
            return whole.at(slot);
        }
        int number = (int) numbered.get(slot);
        return number == 0 ? null : texts.get(number - 1);
    }

    @Override
    public long bytes() {
        long known = texts.stream().mapToLong(ObjectBytes::of).sum();
        return whole == null ? numbered.bytes() + known : whole.bytes();
    }

    @Override
    public void put(int slot, @Nullable Object value) {
        if (whole == null && value != null && texts.size() == MOST_NUMBERED && !numbers.containsKey(value)) {
            keepWhole(slot);
        }
        if (whole != null) {
            whole.put(slot, value);
        } else {
            numbered.set(slot, value == null ? 0 : number((String) value));
        }
    }

    private int number(String text) {
        Integer known = numbers.get(text);
        if (known != null) {
            return known;
        }
        texts.add(text);
        numbers.put(text, texts.size());
        return texts.size();
    }

    /** @param limit slots from here on have none yet, or one that is just being replaced */
    private void keepWhole(int limit) {
        ObjectColumn all = new ObjectColumn();
        int end = Math.max(limit, numbered.limit());
        for (int slot = 0; slot < end; slot++) {
            Object value = at(slot);
            if (value != null) {
                all.put(slot, value);
            }
        }
        whole = all;
        numbered = new IntPages();
        numbers.clear();
        texts.clear();
    }

    @Override
    public Optional<RowTest> test(Filter leaf, boolean wanted, CollectionSchema schema) {
        if (leaf instanceof Filter.IsNull) {
            return Optional.empty();
        }
        Filter asked = wanted ? leaf : new Filter.Not(leaf);
        IntPredicate ofNumbers = new RowFilter(schema, alone(number -> texts.get(number - 1))).test(asked);
        return Optional.of(new Matching(ofNumbers, new RowFilter(schema, alone(this)).test(asked)));
    }

    private static RowFilter.Columns alone(RowFilter.Column column) {
        return new RowFilter.Columns() {
            @Override
            public RowFilter.Column of(String field) {
                return column;
            }

            @Override
            public RowFilter.Column dynamic() {
                return column;
            }
        };
    }

    /** Asks once for each text, and remembers. Two threads may ask for the same one, and find the same. */
    private final class Matching implements RowTest {
        private static final byte YES = 1;
        private static final byte NO = 2;

        private final IntPredicate ofNumbers;
        private final IntPredicate ofSlots;
        private byte[] known = new byte[texts.size() + 1];

        Matching(IntPredicate ofNumbers, IntPredicate ofSlots) {
            this.ofNumbers = ofNumbers;
            this.ofSlots = ofSlots;
        }

        @Override
        public boolean test(int slot) {
            if (whole != null) {
                return ofSlots.test(slot);
            }
            int number = (int) numbered.get(slot);
            return number != 0 && matches(number);
        }

        @Override
        public long bits(int word, long among) {
            int[] page = whole == null ? numbered.page(word) : null;
            if (page == null) {
                return RowTest.super.bits(word, among);
            }
            int from = (word << 6) & (NumberPages.PAGE - 1);
            long bits = 0;
            for (int i = 0; i < 64; i++) {
                int number = page[from + i];
                bits |= (number != 0 && matches(number) ? 1L : 0L) << i;
            }
            return bits & among;
        }

        private boolean matches(int number) {
            byte[] all = known;
            if (number >= all.length) {
                all = Arrays.copyOf(all, texts.size() + texts.size() / 2 + 1);
                known = all;
            }
            if (all[number] == 0) {
                all[number] = ofNumbers.test(number) ? YES : NO;
            }
            return all[number] == YES;
        }
    }
}
