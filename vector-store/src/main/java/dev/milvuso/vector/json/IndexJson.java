package dev.milvuso.vector.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.milvuso.vector.IndexDescription;
import dev.milvuso.vector.IndexSpec;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Indexes: a type and parameters by Milvus's names. */
public final class IndexJson {
    private static final String TYPE = "type";
    private static final String PARAMETERS = "parameters";

    private IndexJson() {}

    /**
     * @param input whose members {@code type} and {@code parameters} say which
     * @throws JsonMismatch naming the place of what is wrong
     */
    public static IndexSpec read(JsonInput input) {
        String type = input.get(TYPE).text();
        IndexSpec usual = input.get(TYPE).make(() -> IndexSpec.of(type, Map.of()));
        Optional<JsonInput> parameters = input.find(PARAMETERS);
        Map<String, String> values = new HashMap<>();
        parameters.ifPresent(all -> all.names().forEach(name -> values.put(name, scalar(all.get(name)))));
        return parameters
                .map(given -> given.make(() -> IndexSpec.of(type, values)))
                .orElse(usual);
    }

    private static String scalar(JsonInput value) {
        JsonNode node = value.node();
        if (!node.isNumber() && !node.isTextual()) {
            throw value.wrong("a number");
        }
        return node.asText();
    }

    /** Its members, into an object that is begun. */
    private static void write(JsonGenerator out, IndexSpec spec) throws IOException {
        out.writeStringField(TYPE, spec.type());
        out.writeObjectFieldStart(PARAMETERS);
        for (Map.Entry<String, String> parameter : new TreeMap<>(spec.parameters()).entrySet()) {
            out.writeFieldName(parameter.getKey());
            // All of them are numbers.
            out.writeNumber(parameter.getValue());
        }
        out.writeEndObject();
    }

    /** A request for an index of a field. */
    public static void write(JsonGenerator out, Optional<String> field, IndexSpec spec) throws IOException {
        out.writeStartObject();
        if (field.isPresent()) {
            out.writeStringField("field", field.get());
        }
        write(out, spec);
        out.writeEndObject();
    }

    public static IndexDescription description(JsonInput input) {
        return new IndexDescription(
                input.get("field").text(),
                read(input),
                input.get("structure").text(),
                input.find("metric").map(metric -> metric.text().toUpperCase(Locale.ROOT)),
                input.get("state").oneOf(IndexDescription.State.values()),
                input.get("rows_indexed").whole(),
                input.get("rows_pending").whole(),
                input.find("failure").map(JsonInput::text));
    }

    public static void write(JsonGenerator out, IndexDescription index) throws IOException {
        out.writeStartObject();
        out.writeStringField("field", index.field());
        write(out, index.spec());
        out.writeStringField("structure", index.structure());
        if (index.metric().isPresent()) {
            out.writeStringField("metric", index.metric().get().toLowerCase(Locale.ROOT));
        }
        out.writeStringField("state", index.state().name().toLowerCase(Locale.ROOT));
        out.writeNumberField("rows_indexed", index.rowsIndexed());
        out.writeNumberField("rows_pending", index.rowsPending());
        if (index.failure().isPresent()) {
            out.writeStringField("failure", index.failure().get());
        }
        out.writeEndObject();
    }
}
