package dev.milvuso.standalone.command;

import dev.milvuso.vector.Hit;
import dev.milvuso.vector.HybridExplanation;
import dev.milvuso.vector.HybridSearchRequest;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.json.EntityJson;
import dev.milvuso.vector.json.HybridJson;
import dev.milvuso.vector.json.ResultsJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Several searches, one list. */
@Command(
        name = "hybrid",
        description = "Several searches of a collection, such as by words and by meaning, their lists merged.")
final class VectorsHybridCommand extends CollectionCommands.OfOne {
    @Parameters(
            index = "1",
            paramLabel = "FILE",
            description = {
                "the request in JSON, as POST /collections/{collection}/hybrid takes it:",
                "{\"searches\": [{\"vector\": …, \"field\": …, \"k\": …}, …], \"ranking\": {\"type\": \"reciprocal_rank\"}, \"k\": 10}"
            })
    private Path file = Path.of("");

    @Option(names = "--explain", description = "also how each search went: candidates, the store's plan, times")
    private boolean explain;

    @Override
    void run(VectorStore store) throws IOException {
        EntityJson json = new EntityJson(schema(store, collection()));
        HybridSearchRequest search =
                read(file, request -> HybridJson.read(request, json, VectorsSearchCommand.texts(store, json)));
        Optional<HybridExplanation> explanation =
                explain ? Optional.of(store.explain(collection(), search)) : Optional.empty();
        List<Hit> hits =
                explanation.map(HybridExplanation::hits).orElseGet(() -> store.hybridSearch(collection(), search));
        List<String> lines = new ArrayList<>(new EntityTable(json).hitLines(hits));
        explanation.ifPresent(how -> lines.addAll(ExplanationLines.of(how)));
        print(ResultsJson.ofHybrid(json, hits, explanation), lines);
    }
}
