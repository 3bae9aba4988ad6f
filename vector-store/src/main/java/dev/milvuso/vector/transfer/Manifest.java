package dev.milvuso.vector.transfer;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.json.IndexJson;
import dev.milvuso.vector.json.JsonBytes;
import dev.milvuso.vector.json.JsonInput;
import dev.milvuso.vector.json.SchemaJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an export holds: its file {@code manifest.json}, which is there once all parts are, and until then
 * {@code unfinished.json}.
 *
 * @param indexes by field
 * @param partitions all of the collection, those without rows too
 * @param parts in the order of their rows
 */
record Manifest(CollectionSchema schema, Map<String, IndexSpec> indexes, List<String> partitions, List<Part> parts) {
    static final String FINISHED = "manifest.json";
    static final String UNFINISHED = "unfinished.json";

    private static final String FORMAT = "milvuso-collection";
    private static final int VERSION = 1;
    private static final int MOST = 1_000_000;

    Manifest {
        indexes = Map.copyOf(indexes);
        partitions = List.copyOf(partitions);
        parts = List.copyOf(parts);
    }

    long rows() {
        return parts.stream().mapToLong(Part::rows).sum();
    }

    Manifest with(Part part) {
        List<Part> more = new ArrayList<>(parts);
        more.add(part);
        return new Manifest(schema, indexes, partitions, more);
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
        return JsonBytes.of(out -> {
            out.useDefaultPrettyPrinter();
            out.writeStartObject();
            out.writeStringField("format", FORMAT);
            out.writeNumberField("version", VERSION);
            out.writeNumberField("rows", rows());
            out.writeFieldName("schema");
            SchemaJson.write(out, schema);
            out.writeArrayFieldStart("indexes");
            for (Map.Entry<String, IndexSpec> index : new TreeMap<>(indexes).entrySet()) {
                IndexJson.write(out, Optional.of(index.getKey()), index.getValue());
            }
            out.writeEndArray();
            out.writeFieldName("partitions");
            ValueJson.write(out, partitions);
            out.writeArrayFieldStart("parts");
            for (Part part : parts) {
                write(out, part);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private static void write(JsonGenerator out, Part part) throws IOException {
        out.writeStartObject();
        out.writeStringField("file", part.file());
        out.writeStringField("partition", part.partition());
        out.writeNumberField("rows", part.rows());
        out.writeNumberField("bytes", part.bytes());
        out.writeStringField("sha256", part.sha256());
        out.writeFieldName("last");
        ValueJson.write(out, part.last().plain());
        out.writeEndObject();
    }

    /** @throws IllegalArgumentException naming the file and what is wrong with it */
    static Manifest read(Path file) {
        try {
            JsonInput input = JsonBytes.read(Files.readAllBytes(file));
            if (!input.get("format").text().equals(FORMAT)
                    || input.get("version").whole() != VERSION) {
                throw new IllegalArgumentException("it must say format " + FORMAT + " and version " + VERSION);
            }
            Map<String, IndexSpec> indexes = new HashMap<>();
            input.get("indexes")
                    .elements(MOST)
                    .forEach(index -> indexes.put(index.get("field").text(), IndexJson.read(index)));
            List<String> partitions = input.get("partitions").elements(MOST).stream()
                    .map(JsonInput::text)
                    .toList();
            List<Part> parts = new ArrayList<>();
            for (JsonInput part : input.get("parts").elements(MOST)) {
                parts.add(part(part, parts.size() + 1));
            }
            return new Manifest(SchemaJson.read(input.get("schema")), indexes, partitions, parts);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    file + " is no manifest of an export: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
    }

    private static Part part(JsonInput input, int number) {
        String file = input.get("file").text();
        // Nothing else is ever opened, wherever a manifest may come from.
        if (!file.equals(Part.name(number))) {
            throw new IllegalArgumentException(
                    "part " + number + " is called " + file + ": must be " + Part.name(number));
        }
        return new Part(
                file,
                input.get("partition").text(),
                input.get("rows").whole(),
                input.get("bytes").whole(),
                input.get("sha256").text(),
                MarkJson.id(input.get("last")));
    }
}
