package dev.milvuso.vector.transfer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.milvuso.vector.Id;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** A place among rows as JSON, with what transfer it is of. */
public final class MarkJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private MarkJson() {}

    public static byte[] write(String transfer, Mark mark) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.getFactory().createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("transfer", transfer);
            json.writeNumberField("rows", mark.rows());
            if (mark.partition().isPresent() && mark.key().isPresent()) {
                json.writeStringField("partition", mark.partition().get());
                json.writeFieldName("key");
                ValueJson.write(json, mark.key().get().plain());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException if it is of another transfer, or no such JSON */
    public static Mark read(String transfer, byte[] bytes) throws IOException {
        JsonNode node = JSON.readTree(bytes);
        if (!SchemaJson.text(node, "transfer").equals(transfer)) {
            throw new IllegalArgumentException("it is of another transfer, '" + SchemaJson.text(node, "transfer")
                    + "', and this is '" + transfer + "'");
        }
        JsonNode key = node.path("key");
        if (key.isMissingNode()) {
            return new Mark(node.path("rows").asLong(), Optional.empty(), Optional.empty());
        }
        Id last = key.isTextual() ? Id.of(key.textValue()) : Id.of(key.longValue());
        return new Mark(node.path("rows").asLong(), Optional.of(SchemaJson.text(node, "partition")), Optional.of(last));
    }
}
