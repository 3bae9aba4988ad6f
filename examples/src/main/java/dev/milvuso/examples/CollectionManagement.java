package dev.milvuso.examples;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Feature;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.Path;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorStore;
import java.io.PrintStream;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * A collection gets a new field without anybody noticing: a second version, filled from the first, behind one alias.
 */
public final class CollectionManagement {
    private static final String FIRST = "example_books_1";
    private static final String SECOND = "example_books_2";
    private static final String BOOKS = "example_books";

    private CollectionManagement() {}

    public static void main(String[] arguments) {
        try (VectorStore store = Stores.open(arguments)) {
            run(store, System.out);
        }
    }

    static void run(VectorStore store, PrintStream out) {
        clear(store);
        store.create(schema(FIRST).build());
        store.createAlias(BOOKS, FIRST);
        store.createPartition(FIRST, "old");
        store.insert(BOOKS, Optional.of("old"), List.of(book("emma", 1815, 0.9f, 0.1f)));
        store.insert(BOOKS, List.of(book("dune", 1965, 0.1f, 0.9f), book("ubik", 1969, 0.2f, 0.8f)));
        out.println("partitions: " + store.partitions(BOOKS));

        store.create(schema(SECOND).field("century", Field.Type.INTEGER).build());
        Iterator<List<Entity>> all = store.iterate(BOOKS, QueryRequest.everything(), 1000);
        while (all.hasNext()) {
            store.upsert(
                    SECOND,
                    all.next().stream().map(CollectionManagement::withCentury).toList());
        }
        if (store.count(SECOND) != store.count(FIRST)) {
            throw new IllegalStateException("rows are missing in " + SECOND);
        }
        store.alterAlias(BOOKS, SECOND); // from here on, whoever asks for the books asks the second version
        store.drop(FIRST);
        out.println("collections: "
                + store.list().stream().filter(name -> name.startsWith(BOOKS)).toList() + ", alias "
                + store.aliases(SECOND));

        SearchRequest request = SearchRequest.of(Vector.of(0, 1))
                .filter(Path.of("century").is(20))
                .build();
        out.println("of the 20th century: "
                + store.search(BOOKS, request).stream().map(hit -> hit.id()).toList());
        out.println(store.statistics(BOOKS).rows() + " rows, loaded: "
                + store.statistics(BOOKS).loaded());
        out.println("this store has databases: " + store.features().contains(Feature.DATABASES));
        clear(store);
    }

    private static CollectionSchema.Builder schema(String name) {
        return CollectionSchema.named(name).vector("taste", 2, Metric.COSINE).field("year", Field.Type.INTEGER);
    }

    private static Entity book(String title, long year, float... taste) {
        return Entity.of(Id.of(title)).with("taste", Vector.of(taste)).with("year", (Object) year);
    }

    private static Entity withCentury(Entity book) {
        long year = (Long) book.fields().getOrDefault("year", 0L);
        return book.with("century", (Object) ((year + 99) / 100));
    }

    private static void clear(VectorStore store) {
        store.dropAlias(BOOKS);
        store.drop(FIRST);
        store.drop(SECOND);
    }
}
