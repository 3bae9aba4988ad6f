package dev.milvuso.server.rules;

import dev.milvuso.server.catalogue.ItemTable;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Filters that go by columns of {@link ItemTable} alone, with the results of {@link ItemFilters#test}: comparisons of
 * {@code popularity_score} and {@code created_at}, and what is made of them. Both have a value in every item, so that
 * whatever does not fulfil a comparison fulfils its opposite.
 */
final class ColumnFilter {
    private ColumnFilter() {}

    /** Empty if some part must be asked of the items themselves. */
    static Optional<BlockTest> of(Filter filter) {
        return test(filter).map(test -> both(test, ColumnFilter::held));
    }

    private static long held(ItemTable items, int from, int count) {
        long held = 0;
        for (int i = 0; i < count; i++) {
            held |= (items.item(from + i) == null ? 0L : 1L) << i;
        }
        return held;
    }

    private static Optional<BlockTest> test(Filter filter) {
        if (filter instanceof Filter.Not not) {
            return test(not.filter()).map(ColumnFilter::not);
        }
        if (filter instanceof Filter.And and) {
            return tests(and.all()).map(ColumnFilter::all);
        }
        if (filter instanceof Filter.Or or) {
            // Any is fulfilled unless each one's opposite is.
            return tests(or.any())
                    .map(any -> not(all(any.stream().map(ColumnFilter::not).toList())));
        }
        if (filter instanceof Filter.Compare compare) {
            return numbers(compare.path()).map(numbers -> compared(numbers, compare.operator(), compare.value()));
        }
        if (filter instanceof Filter.Between between) {
            Filter.Operator from = between.lowIncluded() ? Filter.Operator.GREATER_OR_EQUAL : Filter.Operator.GREATER;
            Filter.Operator to = between.highIncluded() ? Filter.Operator.LESS_OR_EQUAL : Filter.Operator.LESS;
            return numbers(between.path())
                    .map(numbers ->
                            both(compared(numbers, from, between.low()), compared(numbers, to, between.high())));
        }
        return Optional.empty();
    }

    private static Optional<List<BlockTest>> tests(List<Filter> filters) {
        List<BlockTest> tests = new ArrayList<>(filters.size());
        for (Filter filter : filters) {
            Optional<BlockTest> test = test(filter);
            if (test.isEmpty()) {
                return Optional.empty();
            }
            tests.add(test.get());
        }
        return Optional.of(tests);
    }

    private static BlockTest all(List<BlockTest> tests) {
        return tests.stream().reduce((items, from, count) -> -1, ColumnFilter::both);
    }

    private static BlockTest both(BlockTest one, BlockTest other) {
        return (items, from, count) -> one.of(items, from, count) & other.of(items, from, count);
    }

    private static BlockTest not(BlockTest test) {
        return (items, from, count) -> ~test.of(items, from, count);
    }

    /** A column as whole numbers, in the order of its values. */
    private interface Numbers {
        long of(ItemTable items, int slot);

        /** Of what the column is compared with. */
        long of(Object operand);
    }

    private static Optional<Numbers> numbers(Path path) {
        if (!path.steps().isEmpty()) {
            return Optional.empty();
        }
        return switch (path.field()) {
            case "popularity_score" -> Optional.of(new Popularity());
            case "created_at" -> Optional.of(new Creation());
            default -> Optional.empty();
        };
    }

    private record Popularity() implements Numbers {
        @Override
        public long of(ItemTable items, int slot) {
            return ordered(items.popularity(slot));
        }

        @Override
        public long of(Object operand) {
            return ordered(((Number) operand).doubleValue());
        }

        /** The bits of a number are in its order where it is not below 0, else in the opposite one; -0 is 0. */
        private static long ordered(double number) {
            long bits = Double.doubleToRawLongBits(number + 0.0);
            return bits ^ ((bits >> 63) & Long.MAX_VALUE);
        }
    }

    private record Creation() implements Numbers {
        @Override
        public long of(ItemTable items, int slot) {
            return items.createdAt(slot);
        }

        @Override
        public long of(Object operand) {
            return (Long) operand;
        }
    }

    private static BlockTest compared(Numbers numbers, Filter.Operator operator, Object operand) {
        long number = numbers.of(operand);
        return switch (operator) {
            case EQUAL -> new Range(numbers, number, number);
            case NOT_EQUAL -> not(new Range(numbers, number, number));
            case LESS -> not(new Range(numbers, number, Long.MAX_VALUE));
            case LESS_OR_EQUAL -> new Range(numbers, Long.MIN_VALUE, number);
            case GREATER -> not(new Range(numbers, Long.MIN_VALUE, number));
            case GREATER_OR_EQUAL -> new Range(numbers, number, Long.MAX_VALUE);
        };
    }

    /** Numbers from one to another, both included. */
    private record Range(Numbers numbers, long low, long high) implements BlockTest {
        @Override
        public long of(ItemTable items, int from, int count) {
            long bits = 0;
            for (int i = 0; i < count; i++) {
                long number = numbers.of(items, from + i);
                bits |= (number >= low && number <= high ? 1L : 0L) << i;
            }
            return bits;
        }
    }
}
