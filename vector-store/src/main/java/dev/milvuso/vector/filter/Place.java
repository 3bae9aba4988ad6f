package dev.milvuso.vector.filter;

import dev.milvuso.vector.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Follows the steps of a path into a value. */
final class Place {
    /** What stands where nothing is, other than a null. */
    static final Object NOTHING = new Object();

    private Place() {}

    /**
     * @return {@link #NOTHING} if the steps lead nowhere. A key of digits leads into an array and an index into an
     *     object, since Milvus makes one pointer of both.
     */
    static @Nullable Object in(@Nullable Object value, List<Path.Step> steps) {
        Object at = value;
        for (Path.Step step : steps) {
            at = below(at, step);
        }
        return at;
    }

    private static @Nullable Object below(@Nullable Object value, Path.Step step) {
        if (value instanceof Map<?, ?> object) {
            Object key = step instanceof Path.Step.Key named
                    ? named.name()
                    : Integer.toString(((Path.Step.Index) step).index());
            return object.containsKey(key) ? object.get(key) : NOTHING;
        }
        if (value instanceof List<?> list) {
            int index = step instanceof Path.Step.Index numbered ? numbered.index() : digits((Path.Step.Key) step);
            return index >= 0 && index < list.size() ? list.get(index) : NOTHING;
        }
        return NOTHING;
    }

    private static int digits(Path.Step.Key key) {
        return key.name().matches("0|[1-9][0-9]{0,8}") ? Integer.parseInt(key.name()) : -1;
    }
}
