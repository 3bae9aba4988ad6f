package dev.milvuso.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads request bodies: one thing or an array of them. */
final class JsonReader {
    private static final int MOST = 1000;
    private static final int MOST_FAULTS = 20;

    private final int maxBytes;

    /** @param maxBytes longer bodies are refused */
    JsonReader(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * One thing or an array of up to 1,000, each read by {@code reader}; all faults of all of them in one problem.
     *
     * @throws Problem if anything is wrong
     */
    <T> List<T> oneOrMany(Context context, Function<Fields, T> reader) {
        BodyType.check(context);
        return oneOrMany(context.req()::getInputStream, reader);
    }

    /**
     * One object.
     *
     * @throws Problem if the body is anything else
     */
    JsonNode one(Context context) {
        BodyType.check(context);
        return JsonText.object(bytes(context.req()::getInputStream));
    }

    /**
     * One object, read by {@code reader}; all faults in one problem.
     *
     * @throws Problem if anything is wrong
     */
    <T> T one(Context context, Function<Fields, T> reader) {
        return read(asWritten(context), reader);
    }

    /**
     * One object, its numbers as they are written.
     *
     * @throws Problem if the body is anything else
     */
    JsonNode asWritten(Context context) {
        BodyType.check(context);
        JsonText.Entries body = JsonText.parse(bytes(context.req()::getInputStream), 1);
        if (body.isArray()) {
            throw Problem.of(400, Problem.BODY, "must be a JSON object");
        }
        return body.values().get(0);
    }

    /** @throws Problem if anything is wrong with the object */
    static <T> T read(JsonNode object, Function<Fields, T> reader) {
        List<Problem.Fault> faults = new ArrayList<>();
        List<T> read = new ArrayList<>();
        read(object, "", reader, faults, read);
        refuse(faults);
        return read.get(0);
    }

    private static void refuse(List<Problem.Fault> faults) {
        if (!faults.isEmpty()) {
            Problem.Fault first = faults.get(0);
            throw new Problem(400, first.field() + " " + first.message(), faults);
        }
    }

    /** What may fail to be opened. */
    interface Body {
        InputStream open() throws IOException;
    }

    <T> List<T> oneOrMany(Body unread, Function<Fields, T> reader) {
        JsonText.Entries body = JsonText.parse(bytes(unread), MOST);
        if (body.values().isEmpty()) {
            throw Problem.of(400, Problem.BODY, "is an empty array: it must have 1 to " + MOST + " entries");
        }
        List<Problem.Fault> faults = new ArrayList<>();
        List<T> all = new ArrayList<>();
        for (int i = 0; i < body.values().size() && faults.size() < MOST_FAULTS; i++) {
            String prefix = body.isArray() ? "[" + i + "]" : "";
            read(body.values().get(i), prefix, reader, faults, all);
        }
        refuse(faults);
        return all;
    }

    private static <T> void read(
            JsonNode value, String prefix, Function<Fields, T> reader, List<Problem.Fault> faults, List<T> all) {
        Fields fields = new Fields(value, prefix, faults);
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

    private byte[] bytes(Body unread) {
        try {
            // One more than may be there: a body that is cut may look like a whole one.
            byte[] bytes = unread.open().readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw Problem.of(413, Problem.BODY, "is larger than " + maxBytes + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw Problem.of(400, Problem.BODY, "could not be read to its end");
        }
    }
}
