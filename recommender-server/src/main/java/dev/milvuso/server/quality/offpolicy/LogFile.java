package dev.milvuso.server.quality.offpolicy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Reads choices from a file, one JSON object a line: {@code reward}, {@code propensity} and {@code target}, and
 * optionally {@code predicted} with {@code predicted_target}, and {@code group}. What {@code milvuso exposures} says of
 * a choice besides is passed over.
 */
public final class LogFile {
    private static final Set<String> FIELDS =
            Set.of("reward", "propensity", "target", "predicted", "predicted_target", "group");

    /** What was chosen, when and where. */
    private static final Set<String> DESCRIPTION = Set.of(
            "request_id", "user_id", "item_id", "position", "at", "source", "model_version", "variants", "shuffled");

    private final ObjectMapper mapper = new ObjectMapper();

    /**
     * @throws IllegalArgumentException naming file, line and field of the first line that is wrong
     * @throws IOException if the file cannot be read
     */
    public void read(Path file, Consumer<Logged> choices) throws IOException {
        long line = 0;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                line++;
                if (!text.isBlank()) {
                    choices.accept(choice(text));
                }
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + ":" + line + ": is not a JSON object", e);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + ":" + (line + 1) + ": is not UTF-8", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ":" + line + ": " + e.getMessage(), e);
        }
    }

    private Logged choice(String text) throws JsonProcessingException {
        JsonNode node = mapper.readTree(text);
        if (!node.isObject()) {
            throw new IllegalArgumentException("is not a JSON object");
        }
        Set<String> unknown = new TreeSet<>();
        node.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(FIELDS);
        unknown.removeAll(DESCRIPTION);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "unknown field " + unknown.iterator().next());
        }
        if (node.has("predicted") != node.has("predicted_target")) {
            throw new IllegalArgumentException("predicted and predicted_target need each other");
        }
        return new Logged(
                number(node, "reward"),
                number(node, "propensity"),
                number(node, "target"),
                node.has("predicted") ? number(node, "predicted") : 0,
                node.has("predicted") ? number(node, "predicted_target") : 0,
                Optional.ofNullable(node.get("group")).map(JsonNode::asText));
    }

    private static double number(JsonNode node, String field) {
        JsonNode value = node.get(field);
        if (value == null || !value.isNumber()) {
            throw new IllegalArgumentException(field + (value == null ? " is missing" : " is not a number"));
        }
        return value.doubleValue();
    }
}
