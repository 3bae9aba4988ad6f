package dev.milvuso.vector.embedded.column;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Filter;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values as they are. */
public final class ObjectColumn implements Column {
    private @Nullable Object[][] pages = {};

    @Override
    public @Nullable Object at(int slot) {
        int page = slot >>> NumberPages.PAGE_BITS;
        return page < pages.length ? pages[page][slot & (NumberPages.PAGE - 1)] : null;
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
