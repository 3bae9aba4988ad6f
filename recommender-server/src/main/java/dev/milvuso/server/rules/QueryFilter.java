package dev.milvuso.server.rules;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.milvuso.action.UserId;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.recommend.Restriction;
import dev.milvuso.vector.Filter;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The filter of a query. What it says of an item is found out once for all requests with the same filter. */
public final class QueryFilter implements Restriction {
    private static final int REMEMBERED = 256;

    private final Catalogue catalogue;
    /** What each says of items now, for one request. */
    private final Cache<Filter, Supplier<IntPredicate>> compiled =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    public QueryFilter(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** A filter goes by the catalogue alone, whose revision counts anyway. */
    @Override
    public long revision() {
        return 0;
    }

    @Override
    public String name() {
        return "filter";
    }

    @Override
    public @Nullable IntPredicate of(Optional<UserId> user, Query query) {
        return query.filter().map(this::of).orElse(null);
    }

    /** @param filter made by {@link ItemFilters#parse} */
    public IntPredicate of(Filter filter) {
        return compiled.get(
                        filter,
                        fresh -> ColumnFilter.of(fresh).map(this::byColumns).orElseGet(() -> byItems(fresh)))
                .get();
    }

    private Supplier<IntPredicate> byColumns(BlockTest test) {
        FilteredBlocks blocks = new FilteredBlocks(test);
        return () -> blocks.of(catalogue.table());
    }

    private Supplier<IntPredicate> byItems(Filter filter) {
        FilteredSlots slots = new FilteredSlots(
                catalogue, ItemFilters.test(filter, slot -> catalogue.table().item(slot)));
        return () -> {
            slots.refresh();
            return slots;
        };
    }
}
