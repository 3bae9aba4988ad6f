package dev.milvuso.standalone.command;

import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.cache.SlowQueries.SlowQuery;
import dev.milvuso.vector.rest.RestVectorStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;

/** The latest searches that a running Milvuso found slow. */
@Command(
        name = "slow",
        description = "The latest searches of a running Milvuso that took server.slow_search or longer, newest first.")
final class SlowSearchesCommand extends VectorsAction {
    private static final double NANOS_OF_MILLISECOND = 1e6;

    @Override
    void run(VectorStore store) {
        if (!(store instanceof RestVectorStore running)) {
            throw new IllegalArgumentException(
                    "slow searches are kept by a running Milvuso for all who search there: ask it by --url alone");
        }
        List<SlowQuery> slow = running.slowSearches();
        if (json()) {
            print(Result.json(Result.of(
                    "searches", slow.stream().map(SlowSearchesCommand::row).toList())));
        } else {
            lines(slow).forEach(this::print);
        }
    }

    private static Map<String, Object> row(SlowQuery slow) {
        return Map.of(
                "at", slow.at().toString(),
                "collection", slow.collection(),
                "shape", slow.shape(),
                "took_ms", milliseconds(slow),
                "failure", slow.failure());
    }

    private static double milliseconds(SlowQuery slow) {
        return slow.took().toNanos() / NANOS_OF_MILLISECOND;
    }

    private static List<String> lines(List<SlowQuery> slow) {
        List<String> lines = new ArrayList<>();
        slow.forEach(search -> lines.add(String.format(
                Locale.ROOT,
                "%s  %9.1f ms  %s: %s%s",
                search.at(),
                milliseconds(search),
                search.collection(),
                search.shape(),
                search.failure().isEmpty() ? "" : ", failed with " + search.failure())));
        return lines;
    }
}
