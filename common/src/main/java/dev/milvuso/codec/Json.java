package dev.milvuso.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Streaming JSON for the topics' codecs. Records on the log are read and written field by field: a mapper costs several
 * times more for each record, and the joiner handles every record of the platform.
 */
public final class Json {
    /** The schema version that every JSON record carries in its field {@code schema}. */
    public static final int SCHEMA = 1;

    /** So many digits, signs and points without an exponent are a number that a double can hold. */
    private static final int FINITE_DIGITS = 300;

    // Without detection all is UTF-8: the parser knows no byte positions in UTF-16, see rawNumbers.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(32).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Json() {}

    /** Writes the fields of one JSON object. */
    public interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    /** Takes one field of a JSON object; the parser stands on the value and must be left on its last token. */
    public interface FieldReader {
        void read(String name, JsonParser json) throws IOException;
    }

    public static byte[] object(Fields fields) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(512)) {
            try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
                json.writeStartObject();
                json.writeNumberField("schema", SCHEMA);
                fields.write(json);
                json.writeEndObject();
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    /**
     * Reads one JSON object. Unknown fields are the reader's to skip ({@code json.skipChildren()}).
     *
     * @throws MalformedRecordException if it is not one JSON object of schema version 1
     */
    public static void parse(byte[] bytes, FieldReader reader) throws MalformedRecordException {
        boolean schemaSeen = false;
        try (JsonParser json = FACTORY.createParser(bytes)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedRecordException("not a JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals("schema")) {
                    schemaSeen = true;
                    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT || json.getIntValue() != SCHEMA) {
                        throw new MalformedRecordException("unknown schema version " + json.getText());
                    }
                } else {
                    reader.read(name, json);
                }
            }
            if (json.nextToken() != null) {
                throw new MalformedRecordException("more than one JSON value");
            }
        } catch (IOException e) {
            throw new MalformedRecordException("not valid JSON: " + firstLine(e.getMessage()));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new MalformedRecordException(firstLine(e.getMessage()));
        }
        if (!schemaSeen) {
            throw new MalformedRecordException("schema is missing");
        }
    }

    /** @throws IllegalArgumentException if the value is not a string */
    public static String string(String name, JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw new IllegalArgumentException(name + " is not a string");
        }
        return json.getText();
    }

    /** @throws IllegalArgumentException if the value is not a finite number */
    public static double number(String name, JsonParser json) throws IOException {
        if (!json.currentToken().isNumeric() || !Double.isFinite(json.getDoubleValue())) {
            throw new IllegalArgumentException(name + " is not a finite number");
        }
        return json.getDoubleValue();
    }

    /** Times stand as milliseconds since 1970 on the log: exact, short and quick to read. */
    public static Instant time(String name, JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw new IllegalArgumentException(name + " is not a number of milliseconds since 1970");
        }
        return Instant.ofEpochMilli(json.getLongValue());
    }

    /**
     * The text of the object of name → finite number that the parser stands on, as it is, and the parser moved to its
     * end.
     *
     * @param bytes what the parser reads
     * @throws IllegalArgumentException if the value is not an object, or one of its values not a finite number
     */
    public static String rawNumbers(String name, byte[] bytes, JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException(name + " is not an object");
        }
        int start = (int) json.currentTokenLocation().getByteOffset();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            JsonToken value = json.nextToken();
            if (value == null || !value.isNumeric() || !isFinite(json)) {
                throw new IllegalArgumentException(name + "." + json.currentName() + " is not a finite number");
            }
        }
        int end = (int) json.currentLocation().getByteOffset();
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /** Where the digits already tell, they are not turned into a number: that would cost more than all the rest. */
    private static boolean isFinite(JsonParser json) throws IOException {
        boolean isShort = json.getTextLength() <= FINITE_DIGITS;
        return (isShort && !hasExponent(json)) || Double.isFinite(json.getDoubleValue());
    }

    private static boolean hasExponent(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            return false;
        }
        char[] text = json.getTextCharacters();
        int end = json.getTextOffset() + json.getTextLength();
        for (int i = json.getTextOffset(); i < end; i++) {
            if (text[i] == 'e' || text[i] == 'E') {
                return true;
            }
        }
        return false;
    }

    /** @throws MalformedRecordException if the value was not there */
    public static <T> T required(String name, @Nullable T value) throws MalformedRecordException {
        if (value == null) {
            throw new MalformedRecordException(name + " is missing");
        }
        return value;
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "unknown fault" : message.lines().findFirst().orElse("");
    }
}
