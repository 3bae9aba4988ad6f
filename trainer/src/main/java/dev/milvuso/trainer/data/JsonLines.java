package dev.milvuso.trainer.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/** One body of {@code POST /actions} a line; other fields of it are ignored. */
record JsonLines() implements LineFormat {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @Override
    public List<Interaction> parse(String line) {
        JsonNode action = object(line);
        return List.of(new TextFields(
                        string(action, "user_id"),
                        string(action, "item_id"),
                        string(action, "action_type"),
                        number(action, "value"),
                        action.path("timestamp").asText())
                .toInteraction());
    }

    private static JsonNode object(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            if (node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("is not valid JSON: must be one action", e);
        }
        throw new IllegalArgumentException("is no JSON object: must be one action");
    }

    private static String string(JsonNode action, String name) {
        JsonNode node = action.path(name);
        if (!node.isTextual() && !node.isMissingNode()) {
            throw new IllegalArgumentException(name + " is " + Quoted.abridged(node.toString()) + ", must be a string");
        }
        return node.asText();
    }

    private static String number(JsonNode action, String name) {
        JsonNode node = action.path(name);
        if (!node.isNumber() && !node.isMissingNode() && !node.isNull()) {
            throw new IllegalArgumentException(name + " is " + Quoted.abridged(node.toString()) + ", must be a number");
        }
        return node.isNull() ? "" : node.asText();
    }
}
