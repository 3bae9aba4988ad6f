package dev.milvuso.vector.transfer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Id;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an export holds: its file {@code manifest.json}, which is there once all parts are, and until then
 * {@code unfinished.json}.
 *
 * @param partitions all of the collection, those without rows too
 * @param parts in the order of their rows
 */
record Manifest(CollectionSchema schema, List<String> partitions, List<Part> parts) {
    static final String FINISHED = "manifest.json";
    static final String UNFINISHED = "unfinished.json";

    private static final String FORMAT = "milvuso-collection";
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    Manifest {
        partitions = List.copyOf(partitions);
        parts = List.copyOf(parts);
    }

    long rows() {
        return parts.stream().mapToLong(Part::rows).sum();
    }

    Manifest with(Part part) {
        List<Part> more = new ArrayList<>(parts);
        more.add(part);
        return new Manifest(schema, partitions, more);
    }

    /** The place behind the first so many parts. */
    Mark behind(int count) {
        if (count == 0) {
            return Mark.START;
        }
        Part last = parts.get(count - 1);
        long before = parts.subList(0, count).stream().mapToLong(Part::rows).sum();
        return new Mark(before, Optional.of(last.partition()), Optional.of(last.last()));
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.getFactory().createGenerator(bytes).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeStringField("format", FORMAT);
            json.writeNumberField("version", VERSION);
            json.writeNumberField("rows", rows());
            json.writeFieldName("schema");
            SchemaJson.write(json, schema);
            json.writeFieldName("partitions");
            ValueJson.write(json, partitions);
            json.writeArrayFieldStart("parts");
            for (Part part : parts) {
                write(json, part);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, Part part) throws IOException {
        json.writeStartObject();
        json.writeStringField("file", part.file());
        json.writeStringField("partition", part.partition());
        json.writeNumberField("rows", part.rows());
        json.writeNumberField("bytes", part.bytes());
        json.writeStringField("sha256", part.sha256());
        json.writeFieldName("last");
        ValueJson.write(json, part.last().plain());
        json.writeEndObject();
    }

    /** @throws IllegalArgumentException naming the file and what is wrong with it */
    static Manifest read(Path file) {
        try {
            JsonNode node = JSON.readTree(Files.readAllBytes(file));
            if (!node.path("format").asText().equals(FORMAT)
                    || node.path("version").asInt() != VERSION) {
                throw new IllegalArgumentException("it must say format " + FORMAT + " and version " + VERSION);
            }
            List<String> partitions = new ArrayList<>();
            node.path("partitions").forEach(partition -> partitions.add(partition.asText()));
            List<Part> parts = new ArrayList<>();
            for (JsonNode part : node.path("parts")) {
                parts.add(part(part, parts.size() + 1));
            }
            return new Manifest(SchemaJson.read(node.path("schema")), partitions, parts);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    file + " is no manifest of an export: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
    }

    private static Part part(JsonNode node, int number) {
        JsonNode last = node.path("last");
        String file = SchemaJson.text(node, "file");
        // Nothing else is ever opened, wherever a manifest may come from.
        if (!file.equals(Part.name(number))) {
            throw new IllegalArgumentException(
                    "part " + number + " is called " + file + ": must be " + Part.name(number));
        }
        return new Part(
                file,
                SchemaJson.text(node, "partition"),
                node.path("rows").asLong(),
                node.path("bytes").asLong(),
                SchemaJson.text(node, "sha256"),
                last.isTextual() ? Id.of(last.textValue()) : Id.of(last.longValue()));
    }
}
