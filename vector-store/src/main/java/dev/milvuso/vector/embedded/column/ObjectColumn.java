package dev.milvuso.vector.embedded.column;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Filter;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values as they are. */
public final class ObjectColumn implements Column {
    private static final int SAMPLE = 1024;

    private @Nullable Object[][] pages = {};

    @Override
    public @Nullable Object at(int slot) {
        int page = slot >>> NumberPages.PAGE_BITS;
        return page < pages.length ? pages[page][slot & (NumberPages.PAGE - 1)] : null;
    }

    /** By a sample of the values. */
    @Override
    public long bytes() {
        int limit = pages.length << NumberPages.PAGE_BITS;
        int step = Math.max(1, limit / SAMPLE);
        long sampled = 0;
        for (int slot = 0; slot < limit; slot += step) {
            sampled += ObjectBytes.of(at(slot));
        }
        return 4L * limit + sampled * step;
    }

    @Override
    public void put(int slot, @Nullable Object value) {
        int page = slot >>> NumberPages.PAGE_BITS;
        if (page >= pages.length) {
            int before = pages.length;
            pages = Arrays.copyOf(pages, page + 1);
            for (int i = before; i <= page; i++) {
                pages[i] = new @Nullable Object[NumberPages.PAGE];
            }
        }
        pages[page][slot & (NumberPages.PAGE - 1)] = value;
    }

    @Override
    public Optional<RowTest> test(Filter leaf, boolean wanted, CollectionSchema schema) {
        return Optional.empty();
    }
}
