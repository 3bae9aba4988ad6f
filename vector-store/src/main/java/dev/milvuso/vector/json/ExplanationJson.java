package dev.milvuso.vector.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.milvuso.vector.Explanation;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.HybridExplanation;
import dev.milvuso.vector.SearchProfile;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a search went; without its hits, which are written as those of any search. */
public final class ExplanationJson {
    private static final String STAGES = "stages_ms";
    private static final String ENGINE = "engine";
    private static final String SEARCHES = "searches";
    private static final double NANOS_A_MILLI = 1e6;

    private ExplanationJson() {}

    public static void write(JsonGenerator out, Explanation explanation) throws IOException {
        out.writeStartObject();
        out.writeStringField("collection", explanation.collection());
        out.writeStringField("field", explanation.vectorField());
        out.writeStringField("shape", explanation.shape());
        out.writeNumberField("rows", explanation.rows());
        out.writeNumberField("candidates", explanation.candidates());
        out.writeNumberField("selectivity", explanation.selectivity());
        out.writeBooleanField("from_cache", explanation.fromCache());
        stages(out, explanation.stages());
        if (explanation.engine().isPresent()) {
            SearchProfile engine = explanation.engine().get();
            out.writeObjectFieldStart(ENGINE);
            out.writeBooleanField("exact", engine.exact());
            out.writeStringField("why", engine.why());
            out.writeNumberField("candidates", engine.candidates());
            stages(out, engine.stages());
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    public static void write(JsonGenerator out, HybridExplanation explanation) throws IOException {
        out.writeStartObject();
        out.writeArrayFieldStart(SEARCHES);
        for (Explanation search : explanation.searches()) {
            write(out, search);
        }
        out.writeEndArray();
        stages(out, explanation.stages());
        out.writeEndObject();
    }

    private static void stages(JsonGenerator out, Map<String, Duration> stages) throws IOException {
        out.writeObjectFieldStart(STAGES);
        for (Map.Entry<String, Duration> stage : stages.entrySet()) {
            out.writeNumberField(stage.getKey(), stage.getValue().toNanos() / NANOS_A_MILLI);
        }
        out.writeEndObject();
    }

    /** @param hits of the search */
    public static Explanation read(JsonInput input, List<List<Hit>> hits) {
        return new Explanation(
                input.get("collection").text(),
                input.get("field").text(),
                input.get("shape").text(),
                input.get("rows").whole(),
                input.get("candidates").whole(),
                input.get("selectivity").number(),
                input.get("from_cache").truth(),
                hits,
                input.find(ENGINE).map(ExplanationJson::engine),
                stages(input));
    }

    /**
     * Of the searches' own hits nothing is written.
     *
     * @param hits of the hybrid search
     */
    public static HybridExplanation hybrid(JsonInput input, List<Hit> hits) {
        return new HybridExplanation(
                input.get(SEARCHES).elements(Integer.MAX_VALUE).stream()
                        .map(search -> read(search, List.of()))
                        .toList(),
                hits,
                stages(input));
    }

    private static SearchProfile engine(JsonInput input) {
        return new SearchProfile(
                input.get("exact").truth(),
                input.get("why").text(),
                input.get("candidates").whole(),
                stages(input));
    }

    private static Map<String, Duration> stages(JsonInput input) {
        JsonInput stages = input.get(STAGES);
        Map<String, Duration> read = new LinkedHashMap<>();
        for (String stage : stages.names()) {
            read.put(stage, Duration.ofNanos(Math.round(stages.get(stage).number() * NANOS_A_MILLI)));
        }
        return read;
    }
}
