package dev.milvuso.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/** Reads request bodies strictly: one JSON value, no field twice, at most 32 levels deep. */
final class JsonReader {
    private static final int MOST = 1000;

    private final ObjectMapper mapper = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(32).build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private final int maxBytes;

    JsonReader(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * One thing or an array of up to 1,000, each read by {@code reader}; all faults of all of them in one problem.
     *
     * @throws Problem if anything is wrong
     */
    <T> List<T> oneOrMany(Context context, BiFunction<Fields, String, T> reader) {
        JsonNode body = body(context);
        if (body.isArray() && body.size() > MOST) {
            throw new Problem(413, "the array has " + body.size() + " entries: at most " + MOST + " are taken at once");
        }
        if (body.isArray() && body.isEmpty()) {
            throw Problem.of("", "the array is empty");
        }
        List<Problem.Fault> faults = new ArrayList<>();
        List<T> all = new ArrayList<>();
        int count = body.isArray() ? body.size() : 1;
        for (int i = 0; i < count && faults.size() < 20; i++) {
            String prefix = body.isArray() ? "[" + i + "]" : "";
            Fields fields = new Fields(body.isArray() ? body.get(i) : body, prefix, faults);
            int before = faults.size();
            try {
                T read = reader.apply(fields, prefix);
                fields.refuseUnknown();
                if (faults.size() == before) {
                    all.add(read);
                }
            } catch (Fields.Missing e) {
                fields.refuseUnknown();
            }
        }
        if (!faults.isEmpty()) {
            Problem.Fault first = faults.get(0);
            throw new Problem(400, (first.field() + " " + first.message()).strip(), faults);
        }
        return all;
    }

    private JsonNode body(Context context) {
        String type = context.contentType();
        if (type != null) {
            String media = type.toLowerCase(Locale.ROOT).split(";", 2)[0].strip();
            if (!media.equals("application/json") && !media.endsWith("+json")) {
                throw new Problem(415, "the content type is " + media + ": must be application/json");
            }
        }
        if (context.req().getContentLengthLong() > maxBytes) {
            throw tooLarge();
        }
        try {
            byte[] bytes = context.req().getInputStream().readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw tooLarge();
            }
            JsonNode body = mapper.readTree(bytes);
            if (body == null || body.isMissingNode()) {
                throw Problem.of("", "the body is empty: must be JSON");
            }
            return body;
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw Problem.of("", "the body is not valid JSON" + where + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            throw Problem.of("", "the body could not be read");
        }
    }

    private Problem tooLarge() {
        return new Problem(413, "the body is larger than " + maxBytes + " bytes");
    }
}
