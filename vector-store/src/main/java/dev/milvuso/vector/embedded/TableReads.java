package dev.milvuso.vector.embedded;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.SearchProfile;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.Texts;
import dev.milvuso.vector.embedded.column.RowTest;
import dev.milvuso.vector.embedded.column.SlotBits;
import dev.milvuso.vector.index.Selection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked of a table's rows. Requests are checked before. Not for longer than the table stays as it is.
 *
 * @param loaded partitions that are looked in where a request names none; none means all
 * @param alive what rows fulfil whose time to live is not over; none if every row does
 */
record TableReads(CollectionSchema schema, VectorTable table, Set<String> loaded, Optional<RowTest> alive) {
    private static final Comparator<Id> BY_CODE_POINT =
            (a, b) -> a instanceof Id.Text first && b instanceof Id.Text second
                    ? Texts.compare(first.value(), second.value())
                    : a.compareTo(b);

    List<Entity> get(Collection<Id> keys, Output output) {
        RowTest found = test(Optional.empty(), Set.of());
        return keys.stream()
                .distinct()
                .mapToInt(table::slot)
                .filter(slot -> slot >= 0 && found.test(slot))
                .mapToObj(slot -> table.entity(slot, output))
                .toList();
    }

    List<Entity> query(QueryRequest request) {
        return keys(request.filter(), request.partitions()).stream()
                .skip(request.offset())
                .limit(request.limit())
                .map(key -> table.entity(table.slot(key), request.output()))
                .toList();
    }

    /** @return in order, by code point */
    List<Id> keys(Optional<Filter> filter, Set<String> partitions) {
        return rows(filter, partitions).stream()
                .mapToObj(table::key)
                .sorted(BY_CODE_POINT)
                .toList();
    }

    long count(Optional<Filter> filter) {
        boolean isAll = filter.isEmpty() && loaded.isEmpty() && alive.isEmpty();
        return isAll ? table.size() : rows(filter, Set.of()).count();
    }

    private SlotBits rows(Optional<Filter> filter, Set<String> partitions) {
        return test(filter, partitions).of(table.live());
    }

    private RowTest test(Optional<Filter> filter, Set<String> partitions) {
        List<RowTest> tests = new ArrayList<>(List.of(table.filters().test(filter, in(partitions))));
        alive.ifPresent(tests::add);
        return RowTest.all(tests);
    }

    private Set<String> in(Set<String> partitions) {
        return partitions.isEmpty() ? loaded : partitions;
    }

    List<List<Hit>> search(SearchRequest request) {
        TableSearch search = new TableSearch(schema, table, request, selected(request));
        return request.queries().stream().map(search::hits).toList();
    }

    private Selection selected(SearchRequest request) {
        Selection found = table.filters().select(request.filter(), in(request.partitions()));
        return alive.<Selection>map(test -> new AliveRows(found, test)).orElse(found);
    }

    SearchProfile profile(SearchRequest request) {
        long begin = System.nanoTime();
        CountingSelection counting = new CountingSelection(selected(request), table.live());
        long selected = System.nanoTime();
        TableSearch search = new TableSearch(schema, table, request, counting);
        request.queries().forEach(search::hits);
        long end = System.nanoTime();
        Map<String, Duration> stages = new LinkedHashMap<>();
        stages.put("filter", Duration.ofNanos(selected - begin));
        stages.put("index", Duration.ofNanos(search.indexNanos()));
        stages.put("rows", Duration.ofNanos(end - selected - search.indexNanos()));
        Optional<DenseColumn> dense = search.dense();
        return new SearchProfile(
                dense.map(it -> it.isExact(request.parameters(), counting.isListed()))
                        .orElse(true),
                dense.map(it -> it.why(request.parameters(), counting.isListed()))
                        .orElse("an exact scan: ranges, groups and vectors of this kind have no other"),
                counting.asked(),
                stages);
    }
}
