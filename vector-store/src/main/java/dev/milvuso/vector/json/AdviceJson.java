package dev.milvuso.vector.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.milvuso.vector.advice.IndexAdvice;
import dev.milvuso.vector.advice.Workload;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** What an index is wanted for, and which one is proposed. */
public final class AdviceJson {
    private static final double USUAL_RECALL = 0.95;

    private AdviceJson() {}

    /** @param usual store, asked for if the document names none */
    public static Workload read(JsonInput input, Supplier<Workload.Store> usual) {
        input.object("rows", "dimension", "memory_bytes", "recall", "store");
        long rows = input.get("rows").whole();
        int dimension = input.get("dimension").whole(0, Integer.MAX_VALUE);
        long memory = input.get("memory_bytes").whole();
        double recall = input.find("recall").map(JsonInput::number).orElse(USUAL_RECALL);
        Workload.Store store =
                input.find("store").map(it -> it.oneOf(Workload.Store.values())).orElseGet(usual);
        return input.make(() -> new Workload(rows, dimension, memory, recall, store));
    }

    /** The index as one is asked for, the search's part as a search takes it. */
    public static void write(JsonGenerator out, IndexAdvice advice) throws IOException {
        out.writeStartObject();
        out.writeFieldName("index");
        IndexJson.write(out, Optional.empty(), advice.spec());
        out.writeObjectFieldStart("search");
        SearchJson.write(out, advice.parameters());
        out.writeEndObject();
        out.writeNumberField("bytes", advice.bytes());
        out.writeArrayFieldStart("reasons");
        for (String reason : advice.reasons()) {
            out.writeString(reason);
        }
        out.writeEndArray();
        out.writeEndObject();
    }
}
