package dev.milvuso.vector.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.milvuso.vector.Explanation;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.HybridExplanation;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What searches have found. */
public final class ResultsJson {
    private static final String EXPLANATION = "explanation";

    private ResultsJson() {}

    /** A list of hits for each query, and how the search went if that was asked for. */
    public static JsonBytes.Content of(EntityJson json, List<List<Hit>> results, Optional<Explanation> explanation) {
        return out -> {
            out.writeStartObject();
            if (explanation.isPresent()) {
                out.writeFieldName(EXPLANATION);
                ExplanationJson.write(out, explanation.get());
            }
            out.writeArrayFieldStart("results");
            for (List<Hit> hits : results) {
                write(out, json, hits);
            }
            out.writeEndArray();
            out.writeEndObject();
        };
    }

    /** The one list of a hybrid search, and how that went if it was asked for. */
    public static JsonBytes.Content ofHybrid(EntityJson json, List<Hit> hits, Optional<HybridExplanation> explanation) {
        return out -> {
            out.writeStartObject();
            if (explanation.isPresent()) {
                out.writeFieldName(EXPLANATION);
                ExplanationJson.write(out, explanation.get());
            }
            out.writeFieldName("hits");
            write(out, json, hits);
            out.writeEndObject();
        };
    }

    private static void write(JsonGenerator out, EntityJson json, List<Hit> hits) throws IOException {
        out.writeStartArray();
        for (Hit hit : hits) {
            json.write(out, hit);
        }
        out.writeEndArray();
    }
}
