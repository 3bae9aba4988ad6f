package dev.milvuso.standalone.command;

import dev.milvuso.vector.Hit;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.json.EntityJson;
import dev.milvuso.vector.json.HybridJson;
import dev.milvuso.vector.json.ResultsJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
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

    @Override
    void run(VectorStore store) throws IOException {
        EntityJson json = new EntityJson(schema(store, collection()));
        List<Hit> hits = store.hybridSearch(
                collection(),
                read(file, request -> HybridJson.read(request, json, VectorsSearchCommand.texts(store, json))));
        print(ResultsJson.of(json, hits), new EntityTable(json).hitLines(hits));
    }
}
