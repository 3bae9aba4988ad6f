package dev.milvuso.vector.transfer;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.json.IndexJson;
import dev.milvuso.vector.json.JsonBytes;
import dev.milvuso.vector.json.JsonInput;
import dev.milvuso.vector.json.SchemaJson;
import dev.milvuso.vector.json.ValueJson;
import dev.milvuso.vector.transfer.part.JsonLines;
import dev.milvuso.vector.transfer.part.PartFormat;
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
 * @param aliases that the collection had
 * @param version of the files' form
 * @param parts in the order of their rows
 */
record Manifest(
        CollectionSchema schema,
        Map<String, IndexSpec> indexes,
        List<String> partitions,
        List<String> aliases,
        ExportFormat format,
        long version,
        List<Part> parts) {
    static final String FINISHED = "manifest.json";
    static final String UNFINISHED = "unfinished.json";

    private static final String FORMAT = "milvuso-collection";
    /** Version 1 had no aliases, nothing but lines of JSON, and sparse vectors in another form. */
    private static final long VERSION = 2;

    private static final int MOST = 1_000_000;

    Manifest {
        indexes = Map.copyOf(indexes);
        partitions = List.copyOf(partitions);
        aliases = List.copyOf(aliases);
        parts = List.copyOf(parts);
    }

    Manifest(
            CollectionSchema schema,
            Map<String, IndexSpec> indexes,
            List<String> partitions,
            List<String> aliases,
            ExportFormat format,
            List<Part> parts) {
        this(schema, indexes, partitions, aliases, format, VERSION, parts);
    }

    /** How its parts are read. */
    PartFormat partFormat() {
        return version == 1 ? JsonLines.ofVersion1(schema) : format.parts();
    }

    long rows() {
        return parts.stream().mapToLong(Part::rows).sum();
    }

    Manifest with(List<Part> further) {
        List<Part> more = new ArrayList<>(parts);
        more.addAll(further);
        return new Manifest(schema, indexes, partitions, aliases, format, version, more);
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
            writeHead(out);
            out.writeStringField("files", format.label());
            out.writeNumberField("rows", rows());
            out.writeArrayFieldStart("parts");
            for (Part part : parts) {
                write(out, part);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    /** What there is to say before any row, in one line without an end. */
    byte[] head() {
        return JsonBytes.of(out -> {
            out.writeStartObject();
            writeHead(out);
            out.writeEndObject();
        });
    }

    private void writeHead(JsonGenerator out) throws IOException {
        out.writeStringField("format", FORMAT);
        out.writeNumberField("version", version);
        out.writeFieldName("schema");
        SchemaJson.write(out, schema);
        out.writeArrayFieldStart("indexes");
        for (Map.Entry<String, IndexSpec> index : new TreeMap<>(indexes).entrySet()) {
            IndexJson.write(out, Optional.of(index.getKey()), index.getValue());
        }
        out.writeEndArray();
        write(out, "partitions", partitions);
        write(out, "aliases", aliases);
    }

    private static void write(JsonGenerator out, String member, List<String> names) throws IOException {
        out.writeArrayFieldStart(member);
        for (String name : names) {
            out.writeString(name);
        }
        out.writeEndArray();
    }

    private static void write(JsonGenerator out, Part part) throws IOException {
        out.writeStartObject();
        out.writeStringField("file", part.file());
        out.writeStringField("partition", part.partition());
        out.writeNumberField("rows", part.rows());
        out.writeNumberField("bytes", part.bytes());
        out.writeStringField("sha256", part.sha256());
        out.writeFieldName("last");
        ValueJson.write(out, part.last().plain(), false);
        out.writeEndObject();
    }

    /** @throws IllegalArgumentException naming the file and what is wrong with it */
    static Manifest read(Path file) {
        try {
            JsonInput input = JsonBytes.read(Files.readAllBytes(file));
            ExportFormat files = input.find("files")
                    .map(label -> label.make(() -> ExportFormat.named(label.text())))
                    .orElse(ExportFormat.JSONL);
            List<Part> parts = new ArrayList<>();
            for (JsonInput part : checked(input).get("parts").elements(MOST)) {
                parts.add(part(part, Part.name(parts.size() + 1, files)));
            }
            return head(input, files).with(parts);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    file + " is no manifest of an export: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
    }

    /** What {@link #head} wrote. @throws IllegalArgumentException naming the place of what is wrong */
    static Manifest head(byte[] line) {
        return head(checked(JsonBytes.read(line)), ExportFormat.JSONL);
    }

    private static JsonInput checked(JsonInput input) {
        long version = input.get("version").whole();
        if (!input.get("format").text().equals(FORMAT) || version < 1 || version > VERSION) {
            throw new IllegalArgumentException("it must say format " + FORMAT + " and version 1 or " + VERSION);
        }
        return input;
    }

    private static Manifest head(JsonInput input, ExportFormat files) {
        Map<String, IndexSpec> indexes = new HashMap<>();
        input.get("indexes")
                .elements(MOST)
                .forEach(index -> indexes.put(index.get("field").text(), IndexJson.read(index)));
        return new Manifest(
                SchemaJson.read(input.get("schema")),
                indexes,
                names(input.get("partitions")),
                input.find("aliases").map(Manifest::names).orElse(List.of()),
                files,
                input.get("version").whole(),
                List.of());
    }

    private static List<String> names(JsonInput input) {
        return input.elements(MOST).stream().map(JsonInput::text).toList();
    }

    private static Part part(JsonInput input, String right) {
        String file = input.get("file").text();
        // Nothing else is ever opened, wherever a manifest may come from.
        if (!file.equals(right)) {
            throw input.get("file").mismatch("is " + file + ": must be " + right);
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
