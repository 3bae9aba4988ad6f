package dev.milvuso.server.rules;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.milvuso.item.Item;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Path;
import dev.milvuso.vector.filter.FilterCheck;
import dev.milvuso.vector.filter.FilterParser;
import dev.milvuso.vector.filter.RowFilter;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Filters of items: in the language of {@link FilterParser}, over the fields of {@link ItemFields}. A time may be
 * compared with a text in ISO 8601 with an offset. A text is read once, however often it is asked for. Safe for use by
 * many threads.
 */
public final class ItemFilters {
    /** In chars. */
    public static final int LONGEST = 4096;

    private static final int REMEMBERED = 10_000;

    private final FilterCheck check = new FilterCheck(ItemFields.SCHEMA);
    private final Cache<String, Filter> read =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    /** @throws IllegalArgumentException that names what is wrong, where, and what would be right */
    public Filter parse(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "filter: the text has " + text.length() + " characters, at most " + LONGEST + " are read");
        }
        Filter known = read.getIfPresent(text);
        if (known != null) {
            return known;
        }
        Filter filter = timed(FilterParser.parse(text));
        check.check(filter);
        read.put(text, filter);
        return filter;
    }

    /**
     * A test of items by slot; false where there is no item.
     *
     * @param filter made by {@link #parse}
     */
    public static IntPredicate test(Filter filter, IntFunction<@Nullable Item> items) {
        IntPredicate test = new RowFilter(ItemFields.SCHEMA, ItemFields.columns(items)).test(filter);
        return slot -> items.apply(slot) != null && test.test(slot);
    }

    /** With times as numbers. */
    private static Filter timed(Filter filter) {
        if (filter instanceof Filter.And and) {
            return new Filter.And(and.all().stream().map(ItemFilters::timed).toList());
        }
        if (filter instanceof Filter.Or or) {
            return new Filter.Or(or.any().stream().map(ItemFilters::timed).toList());
        }
        if (filter instanceof Filter.Not not) {
            return new Filter.Not(timed(not.filter()));
        }
        if (filter instanceof Filter.Compare compare && isTime(compare.path())) {
            return new Filter.Compare(compare.path(), compare.operator(), millis(compare.path(), compare.value()));
        }
        if (filter instanceof Filter.Between between && isTime(between.path())) {
            return new Filter.Between(
                    between.path(),
                    millis(between.path(), between.low()),
                    between.lowIncluded(),
                    millis(between.path(), between.high()),
                    between.highIncluded());
        }
        if (filter instanceof Filter.In in && isTime(in.path())) {
            List<Object> times =
                    in.values().stream().map(each -> millis(in.path(), each)).toList();
            return new Filter.In(in.path(), times);
        }
        return filter;
    }

    private static boolean isTime(Path path) {
        return path.steps().isEmpty() && ItemFields.isTime(path.field());
    }

    private static Object millis(Path path, Object operand) {
        if (!(operand instanceof String text)) {
            return operand;
        }
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "filter: " + path.field() + " is compared with '" + text
                            + "': must be milliseconds since 1970 or an ISO 8601 time with an offset, such as"
                            + " \"2026-01-31T12:00:00Z\"",
                    e);
        }
    }
}
