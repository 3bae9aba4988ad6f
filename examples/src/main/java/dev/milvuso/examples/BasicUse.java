package dev.milvuso.examples;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.KeyField;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.Path;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorStore;
import java.io.PrintStream;
import java.util.List;

/** Make a collection, put rows in, search with a filter, read, delete. */
public final class BasicUse {
    private static final String COLLECTION = "example_colours";

    private BasicUse() {}

    public static void main(String[] arguments) {
        try (VectorStore store = Stores.open(arguments)) {
            run(store, System.out);
        }
    }

    static void run(VectorStore store, PrintStream out) {
        store.drop(COLLECTION);
        store.create(CollectionSchema.named(COLLECTION)
                .key(KeyField.INTEGER)
                .vector("rgb", 3, Metric.EUCLIDEAN)
                .field("name", Field.Type.TEXT)
                .field("warm", Field.Type.BOOL)
                .build());

        store.insert(
                COLLECTION,
                List.of(
                        colour(1, "red", true, 255, 0, 0),
                        colour(2, "orange", true, 255, 165, 0),
                        colour(3, "navy", false, 0, 0, 128),
                        colour(4, "teal", false, 0, 128, 128)));
        out.println(store.count(COLLECTION) + " colours");

        SearchRequest likeTomato = SearchRequest.of(Vector.of(255, 99, 71))
                .k(2)
                .filter(Path.of("warm").is(true))
                .output(Output.of("name"))
                .build();
        for (Hit hit : store.search(COLLECTION, likeTomato)) {
            out.println("tomato is like " + hit.fields().get("name") + ", at " + hit.score());
        }

        store.upsert(COLLECTION, List.of(colour(3, "dark blue", false, 0, 0, 139)));
        for (Entity found : store.get(COLLECTION, List.of(Id.of(3)), Output.of("name"))) {
            out.println("3 is now " + found.fields().get("name"));
        }

        store.deleteWhere(COLLECTION, Path.of("warm").is(false));
        out.println(store.count(COLLECTION) + " colours are left");
        store.drop(COLLECTION);
    }

    private static Entity colour(long id, String name, boolean warm, float red, float green, float blue) {
        return Entity.of(Id.of(id))
                .with("rgb", Vector.of(red, green, blue))
                .with("name", name)
                .with("warm", (Object) warm);
    }
}
