package dev.milvuso.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Reads request bodies strictly: one JSON value, no field twice, at most 32 levels deep. */
final class JsonReader {
    private static final int MOST = 1000;
    private static final int DEPTH = 32;

    private final ObjectMapper mapper = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private final int maxBytes;

    /** @param maxBytes longer bodies do not come this far */
    JsonReader(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * One thing or an array of up to 1,000, each read by {@code reader}; all faults of all of them in one problem.
     *
     * @throws Problem if anything is wrong
     */
    <T> List<T> oneOrMany(Context context, Function<Fields, T> reader) {
        checkType(context);
        return oneOrMany(context.req()::getInputStream, reader);
    }

    /** What may fail to be opened. */
    interface Body {
        InputStream open() throws IOException;
    }

    <T> List<T> oneOrMany(Body unread, Function<Fields, T> reader) {
        JsonNode body = body(unread);
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
                T read = reader.apply(fields);
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

    private JsonNode body(Body unread) {
        try {
            JsonNode body = mapper.readTree(unread.open().readNBytes(maxBytes));
            if (body == null || body.isMissingNode()) {
                throw Problem.of("", "the body is empty: must be JSON");
            }
            return body;
        } catch (StreamConstraintsException e) {
            throw Problem.of(
                    "", "the body is nested more than " + DEPTH + " deep, or a number, name or text in it is too long");
        } catch (JsonProcessingException e) {
            throw Problem.of("", "the body is not valid JSON" + fault(e));
        } catch (IOException e) {
            throw Problem.of("", "the body could not be read");
        }
    }

    /** In our words, but for a name that stands twice: Jackson's talk of its classes and settings. */
    private static String fault(JsonProcessingException e) {
        String reason = e.getOriginalMessage();
        if (e instanceof MismatchedInputException) {
            return ": there is more than one value in it";
        }
        JsonLocation at = e.getLocation();
        return (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr())
                + (reason.startsWith("Duplicate field") ? ": " + reason : "");
    }

    private static void checkType(Context context) {
        String type = context.contentType();
        String media = type == null
                ? "application/json"
                : type.toLowerCase(Locale.ROOT).split(";", 2)[0].strip();
        if (!media.equals("application/json") && !media.endsWith("+json")) {
            throw unsupported("Content-Type", "must be application/json");
        }
        String encoding = context.header("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw unsupported("Content-Encoding", "must not be set: bodies are taken as they are");
        }
    }

    private static Problem unsupported(String header, String message) {
        return new Problem(415, header + " " + message, List.of(new Problem.Fault(header, message)));
    }
}
