package dev.milvuso.vector.embedded.column;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Filter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Numbers and truth values. */
final class NumberColumn implements Column {
    private final Numbering numbering;
    private final NumberPages numbers;
    private final SlotBits absent = new SlotBits();

    NumberColumn(Numbering numbering) {
        this.numbering = numbering;
        this.numbers = numbering.pages();
    }

    @Override
    public @Nullable Object at(int slot) {
        return absent.get(slot) ? null : numbering.value(numbers.get(slot));
    }

    @Override
    public long bytes() {
        return numbers.bytes() + 8L * absent.words();
    }

    @Override
    public void put(int slot, @Nullable Object value) {
        absent.set(slot, value == null);
        numbers.set(slot, value == null ? 0 : numbering.number(value));
    }

    @Override
    public Optional<RowTest> test(Filter leaf, boolean wanted, CollectionSchema schema) {
        if (leaf instanceof Filter.Compare compare) {
            boolean isOther = compare.operator() == Filter.Operator.NOT_EQUAL;
            return Optional.of(new Within(range(compare), wanted != isOther));
        }
        if (leaf instanceof Filter.Between between) {
            return Optional.of(new Within(range(between), wanted));
        }
        if (leaf instanceof Filter.IsNull) {
            return Optional.of(new Absent(wanted));
        }
        return leaf instanceof Filter.In in ? Optional.of(new OneOf(sorted(in.values()), wanted)) : Optional.empty();
    }

    private Range range(Filter.Compare compare) {
        long least = numbering.least(compare.value());
        long largest = numbering.largest(compare.value());
        return switch (compare.operator()) {
            case EQUAL, NOT_EQUAL -> new Range(least, largest);
            case LESS -> Range.below(least);
            case LESS_OR_EQUAL -> new Range(Long.MIN_VALUE, largest);
            case GREATER -> Range.above(largest);
            case GREATER_OR_EQUAL -> new Range(least, Long.MAX_VALUE);
        };
    }

    private Range range(Filter.Between between) {
        Range from = between.lowIncluded()
                ? new Range(numbering.least(between.low()), Long.MAX_VALUE)
                : Range.above(numbering.largest(between.low()));
        Range to = between.highIncluded()
                ? new Range(Long.MIN_VALUE, numbering.largest(between.high()))
                : Range.below(numbering.least(between.high()));
        return new Range(Math.max(from.low(), to.low()), Math.min(from.high(), to.high()));
    }

    private long[] sorted(List<Object> values) {
        return values.stream()
                .flatMap(value -> List.of(numbering.least(value), numbering.largest(value)).stream())
                .mapToLong(Long::longValue)
                .sorted()
                .distinct()
                .toArray();
    }

    /** @param high below low for none */
    private record Range(long low, long high) {
        static Range below(long number) {
            return number == Long.MIN_VALUE ? new Range(0, -1) : new Range(Long.MIN_VALUE, number - 1);
        }

        static Range above(long number) {
            return number == Long.MAX_VALUE ? new Range(0, -1) : new Range(number + 1, Long.MAX_VALUE);
        }
    }

    private final class Within implements RowTest {
        private final long low;
        private final long high;
        private final boolean wanted;

        Within(Range range, boolean wanted) {
            this.low = range.low();
            this.high = range.high();
            this.wanted = wanted;
        }

        @Override
        public boolean test(int slot) {
            long number = numbers.get(slot);
            return (number >= low && number <= high) == wanted && !absent.get(slot);
        }

        @Override
        public long bits(int word, long among) {
            long bits = numbers.within(word, low, high);
            return (wanted ? bits : ~bits) & among & ~absent.word(word);
        }
    }

    private final class OneOf implements RowTest {
        private final long[] sorted;
        private final boolean wanted;

        OneOf(long[] sorted, boolean wanted) {
            this.sorted = sorted;
            this.wanted = wanted;
        }

        @Override
        public boolean test(int slot) {
            return (Arrays.binarySearch(sorted, numbers.get(slot)) >= 0) == wanted && !absent.get(slot);
        }
    }

    private final class Absent implements RowTest {
        private final boolean wanted;

        Absent(boolean wanted) {
            this.wanted = wanted;
        }

        @Override
        public boolean test(int slot) {
            return absent.get(slot) == wanted;
        }

        @Override
        public long bits(int word, long among) {
            return (wanted ? absent.word(word) : ~absent.word(word)) & among;
        }
    }
}
