package dev.milvuso.server.recommend;

import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.server.catalogue.Catalogue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Requests of one catalogue, for tests of a single part of the pipeline. */
public record Visits(Catalogue catalogue, Optional<ModelVersion> version) {
    public Visit of(Visitor visitor, Query query) {
        Fits fits = Fits.of(catalogue, Optional.of(visitor.user()), query, List.of());
        return new Visit(
                visitor, query, version, catalogue.table(), fits, new Making(0, new Deadline(Duration.ofMinutes(1))));
    }

    /** Which are there, from the top. */
    public static List<Integer> slots(Candidates candidates) {
        return IntStream.range(0, candidates.size())
                .map(candidates::slot)
                .boxed()
                .toList();
    }
}
