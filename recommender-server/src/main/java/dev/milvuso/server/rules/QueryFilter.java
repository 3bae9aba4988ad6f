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
import org.jspecify.annotations.Nullable;

/** The filter of a query. What it says of an item is found out once for all requests with the same filter. */
public final class QueryFilter implements Restriction {
    private static final int REMEMBERED = 256;

    private final Catalogue catalogue;
    private final Cache<Filter, FilteredSlots> compiled =
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
        FilteredSlots slots = compiled.get(
                filter,
                fresh -> new FilteredSlots(
                        catalogue,
                        ItemFilters.test(fresh, slot -> catalogue.table().item(slot))));
        slots.refresh();
        return slots;
    }
}
