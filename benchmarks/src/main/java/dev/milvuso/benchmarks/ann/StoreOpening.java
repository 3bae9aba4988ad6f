package dev.milvuso.benchmarks.ann;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.milvuso.benchmarks.process.CpuTime;
import dev.milvuso.benchmarks.process.Options;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Opens the store that {@link StoreSearches} filled and searches it once, in a JVM that has just started; prints how
 * long that took. With {@code --halt true} it then replaces one row in a hundred and ends without closing the store.
 */
public final class StoreOpening {
    private static final int REPLACED = 100;

    private StoreOpening() {}

    public static void main(String[] arguments) throws IOException {
        Options options = new Options(arguments, "directory", "rows", "dimension", "halt");
        int rows = options.number("rows", 1_000_000);
        Factors factors = new Factors(options.number("dimension", 64));
        float[] query = factors.users(1, 2).row(0);
        long cpu = CpuTime.nanos();
        long begin = System.nanoTime();
        try (EmbeddedVectorStore store = EmbeddedVectorStore.in(Path.of(options.required("directory")))) {
            long opened = System.nanoTime();
            int found = store.search(FactorStore.COLLECTION, SearchRequest.nearest(query, 10))
                    .size();
            long searched = System.nanoTime();
            System.out.println(new ObjectMapper()
                    .createObjectNode()
                    .put("rows", store.count(FactorStore.COLLECTION))
                    .put("seconds_to_open", (opened - begin) / 1e9)
                    .put("seconds_to_first_answer", (searched - begin) / 1e9)
                    .put("cpu_seconds", (CpuTime.nanos() - cpu) / 1e9)
                    .put("hits", found));
            if (options.text("halt", "false").equals("true")) {
                // Other items in the place of the first ones.
                FactorStore.write(store, factors.items(rows / REPLACED, 3), 0, rows / REPLACED);
                Runtime.getRuntime().halt(0);
            }
        }
    }
}
