package dev.milvuso.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Parses JSON strictly: UTF-8 that is well formed, one value, no field twice, few levels, short numbers. */
final class JsonText {
    private static final int DEPTH = 32;
    private static final int DIGITS = 1000;
    private static final int NAME = 1000;

    /**
     * Numbers stay as they are written. NaN and the infinities are read, so that the field that holds one can refuse it
     * by its name. Names are not remembered: a caller could make them collide.
     */
    private static final ObjectMapper AS_WRITTEN = mapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);

    /** For vectors, which are many numbers, and none with more digits than a double has. */
    private static final ObjectMapper AS_DOUBLES = mapper();

    private static ObjectMapper mapper() {
        return new ObjectMapper(JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEPTH)
                        .maxNumberLength(DIGITS)
                        .maxNameLength(NAME)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .build());
    }

    /** One value, or those of an array. */
    record Entries(boolean isArray, List<JsonNode> values) {}

    private final ObjectMapper mapper;
    private final byte[] bytes;
    private final int most;
    private String place = Problem.BODY;
    private int badByte = -1;

    /** @param most entries of an array */
    private JsonText(ObjectMapper mapper, byte[] bytes, int most) {
        this.mapper = mapper;
        this.bytes = bytes;
        this.most = most;
    }

    /**
     * The body's value. Of an array no more is kept than the entries that may be there.
     *
     * @throws Problem that names the place if it is no such JSON; 413 if the array has too many entries
     */
    static Entries parse(byte[] bytes, int most) {
        return new JsonText(AS_WRITTEN, bytes, most).parse();
    }

    /**
     * The body's value, which is an object, its numbers as doubles where they are not whole.
     *
     * @throws Problem that names the place if it is no such JSON
     */
    static JsonNode object(byte[] bytes) {
        Entries entries = new JsonText(AS_DOUBLES, bytes, 1).parse();
        if (entries.isArray() || !entries.values().get(0).isObject()) {
            throw Problem.of(400, Problem.BODY, "must be a JSON object");
        }
        return entries.values().get(0);
    }

    private Entries parse() {
        CharBuffer text = text();
        try (JsonParser json = mapper.getFactory().createParser(text.array(), text.position(), text.remaining())) {
            try {
                Entries entries = entries(json);
                if (badByte >= 0) {
                    throw notUtf8();
                }
                return entries;
            } catch (JsonProcessingException e) {
                place = JsonPlace.of(json.getParsingContext());
                throw badByte >= 0 ? notUtf8() : problem(e, json);
            } catch (NumberFormatException e) {
                place = JsonPlace.of(json.getParsingContext());
                throw problem(400, "is a number whose exponent is out of all range");
            }
        } catch (IOException e) {
            throw new IllegalStateException("characters in memory cannot be read", e);
        }
    }

    /** What comes before the first byte that is not UTF-8. */
    private CharBuffer text() {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer unread = ByteBuffer.wrap(bytes);
        CharBuffer text = CharBuffer.allocate(bytes.length);
        if (decoder.decode(unread, text, true).isError()) {
            badByte = unread.position();
        }
        text.flip();
        if (text.hasRemaining() && text.get(0) == '\ufeff') {
            text.get(); // a byte order mark may be ignored
        }
        return text;
    }

    private Entries entries(JsonParser json) throws IOException {
        JsonToken first = json.nextToken();
        if (first == null) {
            throw badByte >= 0 ? notUtf8() : problem(400, "is empty: it must be JSON");
        }
        List<JsonNode> values = new ArrayList<>();
        if (first == JsonToken.START_ARRAY) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (values.size() == most) {
                    throw problem(413, "is an array of more than " + most + " entries: send it in parts");
                }
                values.add(mapper.readTree(json));
            }
        } else {
            values.add(mapper.readTree(json));
        }
        if (json.nextToken() != null) {
            throw problem(400, "is not valid JSON: there is more than one value in it");
        }
        return new Entries(first == JsonToken.START_ARRAY, values);
    }

    private Problem problem(JsonProcessingException e, JsonParser json) {
        if (json.getParsingContext().getNestingDepth() > DEPTH) {
            return problem(400, "is nested deeper than " + DEPTH + " levels");
        }
        if (e instanceof StreamConstraintsException) {
            return problem(400, "holds a number of more than " + DIGITS + " digits or a name of more than " + NAME);
        }
        String reason = e.getOriginalMessage();
        if (reason.startsWith("Duplicate field")) {
            return problem(400, "stands twice in its object");
        }
        var at = e.getLocation();
        return problem(
                400,
                "is not valid JSON"
                        + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr()));
    }

    private Problem notUtf8() {
        return problem(400, "is not UTF-8 at byte " + badByte);
    }

    private Problem problem(int status, String message) {
        return Problem.of(status, place, message);
    }
}
