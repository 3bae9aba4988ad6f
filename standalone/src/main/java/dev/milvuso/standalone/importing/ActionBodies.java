package dev.milvuso.standalone.importing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Turns the lines of one import into bodies of {@code POST /actions}. For one thread. */
public final class ActionBodies {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The formats that are understood. */
    public enum Format {
        /** User, item, rating and seconds since 1970, separated by tabs; always for the item. */
        ncf,
        /** One body a line. */
        jsonl
    }

    private final Format format;
    private final Map<UUID, Integer> occurrences = new HashMap<>();

    public ActionBodies(Format format) {
        this.format = format;
    }

    /**
     * The body with an {@code event_id} that is the same for the same line on every run, so that a repeated import
     * counts nothing twice. A line that stands in the data several times is an action each time.
     *
     * @throws IllegalArgumentException saying what is wrong with the line
     */
    public ObjectNode body(String line) {
        ObjectNode body = format == Format.jsonl ? fromJson(line) : fromNcf(line);
        if (!body.has("event_id")) {
            UUID content = UUID.nameUUIDFromBytes((format + "\n" + line).getBytes(StandardCharsets.UTF_8));
            int occurrence = occurrences.merge(content, 1, Integer::sum);
            body.put("event_id", "import-" + content + "-" + occurrence);
        }
        return body;
    }

    private static ObjectNode fromJson(String line) {
        try {
            JsonNode tree = JSON.readTree(line);
            if (tree instanceof ObjectNode object && object.path("user_id").isTextual()) {
                return object;
            }
            throw new IllegalArgumentException("not a JSON object with a user_id");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not valid JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static ObjectNode fromNcf(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != 4) {
            throw new IllegalArgumentException(fields.length + " fields: must be user, item, rating and timestamp");
        }
        ObjectNode body = JSON.createObjectNode();
        body.put("user_id", fields[0]);
        body.put("item_id", fields[1]);
        body.put("action_type", "Like");
        try {
            body.put(
                    "timestamp",
                    Instant.ofEpochSecond(Long.parseLong(fields[3])).toString());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("timestamp is " + fields[3] + ": must be seconds since 1970", e);
        }
        return body;
    }
}
