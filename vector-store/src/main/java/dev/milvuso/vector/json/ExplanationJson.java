package dev.milvuso.vector.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.milvuso.vector.SearchProfile;
import dev.milvuso.vector.cache.Explanation;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** How a search went; without its hits, which are written as those of any search. */
public final class ExplanationJson {
    private ExplanationJson() {}

    public static void write(JsonGenerator out, Explanation explanation) throws IOException {
        out.writeStartObject();
        out.writeStringField("collection", explanation.collection());
        out.writeStringField("field", explanation.vectorField());
        out.writeStringField("shape", explanation.shape());
        out.writeNumberField("rows", explanation.rows());
        out.writeNumberField("candidates", explanation.candidates());
        out.writeNumberField("selectivity", explanation.selectivity());
        stages(out, explanation.stages());
        if (explanation.engine().isPresent()) {
            SearchProfile engine = explanation.engine().get();
            out.writeObjectFieldStart("engine");
            out.writeBooleanField("exact", engine.exact());
            out.writeStringField("why", engine.why());
            out.writeNumberField("candidates", engine.candidates());
            stages(out, engine.stages());
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    private static void stages(JsonGenerator out, Map<String, Duration> stages) throws IOException {
        out.writeObjectFieldStart("stages_ms");
        for (Map.Entry<String, Duration> stage : stages.entrySet()) {
            out.writeNumberField(stage.getKey(), stage.getValue().toNanos() / 1e6);
        }
        out.writeEndObject();
    }
}
