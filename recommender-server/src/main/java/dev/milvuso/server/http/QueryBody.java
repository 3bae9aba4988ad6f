package dev.milvuso.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.milvuso.action.ItemId;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.rules.ItemFilters;
import dev.milvuso.vector.Filter;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * What is asked for, as a body: the parameters of {@code GET /recommendations/{user_id}} by the same names, lists as
 * arrays.
 *
 * @param usual how many items if it does not say
 * @param most how many it may ask for
 */
record QueryBody(ItemFilters filters, int usual, int most) {
    private static final int ID = 256;

    Query read(Fields fields) {
        int count = whole(fields, Parameters.COUNT, most).orElse(usual);
        Set<String> categories =
                texts(fields, "category", Parameters.MAX_CATEGORIES, Parameters.MAX_CATEGORY, text -> text);
        Set<String> tags = texts(fields, "tags", Parameters.MAX_TAGS, Parameters.MAX_TAG, text -> text);
        Optional<Filter> filter = fields.text("filter", ItemFilters.LONGEST, text -> text)
                .filter(text -> !text.isBlank())
                .flatMap(text -> parsed(fields, text));
        Set<ItemId> excluded = texts(fields, "exclude", Parameters.MAX_EXCLUDED, ID, ItemId::new);
        boolean excludeSeen = fields.find("exclude_seen").isEmpty() || fields.flag("exclude_seen");
        Optional<ItemId> contextItem = fields.text("context_item", ID, ItemId::new);
        OptionalDouble diversity = fields.number("diversity");
        if (diversity.isPresent() && !(diversity.getAsDouble() >= 0 && diversity.getAsDouble() <= 1)) {
            fields.fault("diversity", "must be a number from 0 to 1");
        }
        boolean explain = fields.flag("explain");
        return new Query(count, categories, tags, filter, excluded, excludeSeen, contextItem, diversity, explain);
    }

    private Optional<Filter> parsed(Fields fields, String text) {
        try {
            return Optional.of(filters.parse(text));
        } catch (IllegalArgumentException e) {
            fields.fault("filter", Fields.message("filter", e));
            return Optional.empty();
        }
    }

    static OptionalInt whole(Fields fields, String name, int most) {
        Optional<JsonNode> node = fields.find(name);
        if (node.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!node.get().isIntegralNumber()
                || !node.get().canConvertToInt()
                || node.get().intValue() < 1
                || node.get().intValue() > most) {
            fields.fault(name, "must be a whole number from 1 to " + most);
            return OptionalInt.empty();
        }
        return OptionalInt.of(node.get().intValue());
    }

    /** An array of texts, or one text alone; in their order, repeats count once. */
    static <T> Set<T> texts(Fields fields, String name, int most, int longest, Function<String, T> make) {
        Set<T> texts = new LinkedHashSet<>();
        Optional<JsonNode> node = fields.find(name);
        if (node.isEmpty()) {
            return texts;
        }
        if (node.get().isTextual()) {
            fields.text(name, longest, make).ifPresent(texts::add);
            return texts;
        }
        if (!node.get().isArray() || node.get().size() > most) {
            fields.fault(name, "must be an array of at most " + most + " strings");
            return texts;
        }
        for (int i = 0; i < node.get().size(); i++) {
            text(fields, name + "[" + i + "]", node.get().get(i), longest, make).ifPresent(texts::add);
        }
        return texts;
    }

    private static <T> Optional<T> text(
            Fields fields, String place, JsonNode node, int longest, Function<String, T> make) {
        String text = node.asText();
        if (!node.isTextual() || text.isEmpty() || !Parameters.isShort(text, longest)) {
            fields.fault(place, "must be a string of 1 to " + longest + " characters, without NUL and lone surrogates");
            return Optional.empty();
        }
        try {
            return Optional.of(make.apply(text));
        } catch (IllegalArgumentException e) {
            fields.fault(place, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
