package dev.milvuso.standalone.importing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.trainer.data.OnError;
import dev.milvuso.trainer.data.SkippedLines;
import dev.milvuso.trainer.data.TextFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One body a line, with every field it has: of an action if it has a {@code user_id}, else of an item. */
final class JsonEntries implements Entries {
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Path file;
    private final OnError onError;
    private final TextFile lines;
    private final EventIdOfLine ids;
    private final SkippedLines skipped = new SkippedLines();
    private long line;

    JsonEntries(Path file, OnError onError) {
        this.file = file;
        this.onError = onError;
        this.ids = new EventIdOfLine(file);
        try {
            // One byte a character, so that Jackson finds what is not UTF-8 and the line is known.
            this.lines = TextFile.open(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be opened: " + e.getMessage(), e);
        }
    }

    @Override
    public @Nullable Entry next() {
        for (String text = readLine(); text != null; text = readLine()) {
            line++;
            if (text.isBlank()) {
                continue;
            }
            try {
                return entry(text);
            } catch (IllegalArgumentException e) {
                String message = file + " line " + line + ": " + e.getMessage();
                if (onError == OnError.FAIL) {
                    throw new IllegalArgumentException(message, e);
                }
                skipped.add(message);
            }
        }
        return null;
    }

    private @Nullable String readLine() {
        try {
            return lines.readLine();
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read after line " + line + ": " + e.getMessage(), e);
        }
    }

    private Entry entry(String text) {
        ObjectNode body = parse(text);
        String source = file + " line " + line;
        JsonNode user = body.path("user_id");
        if (user.isMissingNode()) {
            if (body.has("action_type")) {
                throw new IllegalArgumentException("user_id is missing: an action must have one");
            }
            return new Entry(Kind.ITEM, source, body.path("item_id").asText(), body);
        }
        if (!body.hasNonNull("event_id")) {
            body.put("event_id", ids.of(text.strip(), line, 0));
        }
        return new Entry(Kind.ACTION, source, user.asText(), body);
    }

    private static ObjectNode parse(String text) {
        try {
            if (JSON.readTree(text.getBytes(StandardCharsets.ISO_8859_1)) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            // What follows is a place within the line.
            String fault = e.getOriginalMessage().split("\\R| \\(start marker| at \\[Source", 2)[0];
            throw new IllegalArgumentException("is not valid JSON: " + fault, e);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be read", e);
        }
        throw new IllegalArgumentException("is no JSON object: must be one action or one item");
    }

    @Override
    public long skipped() {
        return skipped.count();
    }

    @Override
    public long bytesRead() {
        return lines.bytesRead();
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be closed: " + e.getMessage(), e);
        }
    }
}
