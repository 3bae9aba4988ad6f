package dev.milvuso.server.http;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.milvuso.action.ItemId;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.item.Item;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An item as it is posted. */
record ItemBody(int dimension, Clock clock) {
    private static final int MAX_ATTRIBUTES = 16384;
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    Item read(Fields fields) {
        Optional<float[]> embedding = embedding(fields);
        Optional<String> category = fields.text("category", 256, text -> text);
        List<String> tags = tags(fields);
        double score = fields.number("popularity_score").orElse(0);
        var createdAt = fields.time("created_at").orElseGet(clock::instant);
        Optional<String> title = fields.text("title", 1024, text -> text);
        Optional<String> description = fields.text("description", 16384, text -> text);
        Map<String, Object> attributes = attributes(fields);
        boolean hidden = fields.flag("hidden");
        Optional<Instant> from = fields.time("available_from");
        Optional<Instant> until = fields.time("available_until");
        if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
            fields.fault("available_until", "must be later than available_from");
            throw new Fields.Missing();
        }
        ItemId id = fields.requiredText("item_id", 256, ItemId::new);
        return new Item(
                id, category, tags, score, createdAt, title, description, attributes, hidden, embedding, from, until);
    }

    private Optional<float[]> embedding(Fields fields) {
        Optional<JsonNode> node = fields.find("embedding");
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (!node.get().isArray() || node.get().size() != dimension) {
            String length = node.get().isArray() ? ", not " + node.get().size() : "";
            fields.fault("embedding", "must be an array of " + dimension + " numbers" + length);
            return Optional.empty();
        }
        float[] vector = new float[dimension];
        boolean isZero = true;
        for (int i = 0; i < dimension; i++) {
            JsonNode number = node.get().get(i);
            vector[i] = number.floatValue();
            isZero &= vector[i] == 0;
            if (!number.isNumber() || !Embedding.isServable(vector[i])) {
                fields.fault("embedding[" + i + "]", "must be a number from -1e15 to 1e15");
                return Optional.empty();
            }
        }
        if (isZero) {
            fields.fault("embedding", "must not be all zeros");
        }
        return Optional.of(vector);
    }

    private static List<String> tags(Fields fields) {
        Optional<JsonNode> node = fields.find("tags");
        Set<String> tags = new LinkedHashSet<>();
        if (node.isPresent() && (!node.get().isArray() || node.get().size() > 100)) {
            fields.fault("tags", "must be an array of at most 100 strings");
            return List.of();
        }
        for (int i = 0; node.isPresent() && i < node.get().size(); i++) {
            JsonNode tag = node.get().get(i);
            String text = tag.asText();
            if (!tag.isTextual() || text.isEmpty() || text.length() > 128 || !UnicodeText.isStorable(text)) {
                fields.fault("tags[" + i + "]", "must be a string of 1 to 128 characters");
            }
            tags.add(text);
        }
        return List.copyOf(tags);
    }

    private static Map<String, Object> attributes(Fields fields) {
        Optional<JsonNode> node = fields.find("attributes");
        if (node.isEmpty()) {
            return Map.of();
        }
        if (!node.get().isObject() || node.get().toString().length() > MAX_ATTRIBUTES || !isStorable(node.get())) {
            fields.fault(
                    "attributes",
                    "must be an object of up to " + MAX_ATTRIBUTES
                            + " characters, without null, NUL and lone surrogates; a number in it must be "
                            + Numbers.RULE);
            return Map.of();
        }
        return MAPPER.convertValue(node.get(), new TypeReference<>() {});
    }

    private static boolean isStorable(JsonNode node) {
        if (node.isObject()) {
            return node.properties().stream()
                    .allMatch(each -> UnicodeText.isStorable(each.getKey()) && isStorable(each.getValue()));
        }
        if (node.isArray()) {
            return node.valueStream().allMatch(ItemBody::isStorable);
        }
        return node.isTextual()
                ? UnicodeText.isStorable(node.textValue())
                : node.isBoolean() || Numbers.isStorable(node);
    }
}
