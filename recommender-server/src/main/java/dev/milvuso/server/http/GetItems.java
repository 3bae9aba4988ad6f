package dev.milvuso.server.http;

import dev.milvuso.action.ItemId;
import dev.milvuso.item.Item;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.catalogue.ItemTable;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.rules.ItemFilters;
import dev.milvuso.server.rules.QueryFilter;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.IntPredicate;

/**
 * {@code GET /items}: the catalogue in the order of ids, hidden items too, page by page: the next one is asked for
 * {@code after} what the answer calls {@code next}.
 */
record GetItems(Catalogue catalogue, ItemFilters filters, QueryFilter queryFilter) implements Handler {
    private static final int USUAL = 100;
    private static final int MOST = 1000;
    private static final Comparator<Item> BY_ID = Comparator.comparing(Item::id);

    @Override
    public void handle(Context context) {
        Parameters parameters = Parameters.of(context, "limit", "after", "category", "tags", "filter", "embedding");
        Query query = parameters.query("limit", USUAL, MOST, filters);
        Optional<ItemId> after = parameters.value("after").map(id -> parameters.made("after", id, ItemId::new));
        boolean embedding = parameters.flag("embedding", false);
        List<Item> page = page(query, after);
        Map<String, Object> body = new LinkedHashMap<>();
        boolean isLast = page.size() <= query.count();
        List<Item> shown = isLast ? page : page.subList(0, query.count());
        body.put(
                "items",
                shown.stream().map(item -> ItemJson.of(item, embedding)).toList());
        if (!isLast) {
            body.put("next", shown.get(shown.size() - 1).id().value());
        }
        Answers.json(context, 200, body);
    }

    /** The first of those that match, and one more to know whether there is another page. */
    private List<Item> page(Query query, Optional<ItemId> after) {
        ItemTable items = catalogue.table();
        IntPredicate filter = query.filter().map(queryFilter::of).orElse(slot -> true);
        PriorityQueue<Item> first = new PriorityQueue<>(BY_ID.reversed());
        int size = catalogue.slots().size();
        for (int slot = 0; slot < size; slot++) {
            Item item = items.item(slot);
            if (item != null
                    && (after.isEmpty() || item.id().compareTo(after.get()) > 0)
                    && (first.size() <= query.count() || BY_ID.compare(item, first.element()) < 0)
                    && isAsked(item, query)
                    && filter.test(slot)) {
                first.add(item);
                if (first.size() > query.count() + 1) {
                    first.remove();
                }
            }
        }
        List<Item> page = new ArrayList<>(first);
        page.sort(BY_ID);
        return page;
    }

    private static boolean isAsked(Item item, Query query) {
        return (query.categories().isEmpty()
                        || item.category().filter(query.categories()::contains).isPresent())
                && (query.tags().isEmpty() || !Collections.disjoint(query.tags(), item.tags()));
    }
}
