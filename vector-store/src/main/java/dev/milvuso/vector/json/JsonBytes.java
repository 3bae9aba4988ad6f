package dev.milvuso.vector.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Documents as bytes: UTF-8, one value, no member twice, few levels. */
public final class JsonBytes {
    private static final int DEPTH = 64;
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .maxNumberLength(1000)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    // Names may be somebody's data: they are not remembered.
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonBytes() {}

    /** What a document holds. */
    public interface Content {
        void write(JsonGenerator out) throws IOException;
    }

    public static byte[] of(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = MAPPER.getFactory().createGenerator(bytes)) {
            content.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written to", e);
        }
        return bytes.toByteArray();
    }

    /** @throws JsonMismatch if it is not one value of JSON */
    public static JsonInput read(byte[] bytes) {
        try {
            JsonNode document = MAPPER.readTree(bytes);
            if (document.isMissingNode()) {
                throw new JsonMismatch(List.of(), "is empty: must be JSON");
            }
            return JsonInput.of(document);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw new JsonMismatch(
                    List.of(),
                    "is not valid JSON"
                            + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr())
                            + (e.getOriginalMessage().startsWith("Duplicate") ? ": a name stands twice" : ""));
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be read", e);
        }
    }
}
