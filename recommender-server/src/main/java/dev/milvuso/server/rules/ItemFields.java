package dev.milvuso.server.rules;

import dev.milvuso.item.Item;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.KeyField;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.filter.RowFilter;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * An item as filters see it: {@code item_id}, {@code category}, {@code title}, {@code description}, {@code tags},
 * {@code popularity_score}, {@code hidden}, {@code attributes["…"]}, and the times {@code created_at},
 * {@code available_from} and {@code available_until} in milliseconds since 1970. An item without a value has null
 * there.
 */
final class ItemFields {
    static final CollectionSchema SCHEMA = CollectionSchema.named("items")
            .key(new KeyField("item_id", new Field.Type.Text(512), false))
            // Every schema has a vector; filters do not look into it.
            .vector("embedding", 2, Metric.COSINE)
            .field(new Field("category", Field.Type.TEXT).orNull())
            .field(new Field("title", new Field.Type.Text(4096)).orNull())
            .field(new Field("description", new Field.Type.Text(65535)).orNull())
            .field("tags", new Field.Type.Array(new Field.Type.Text(512), 100))
            .field("popularity_score", Field.Type.REAL)
            .field("hidden", Field.Type.BOOL)
            .field("attributes", Field.Type.JSON)
            .field("created_at", Field.Type.INTEGER)
            .field(new Field("available_from", Field.Type.INTEGER).orNull())
            .field(new Field("available_until", Field.Type.INTEGER).orNull())
            .build();

    private static final Map<String, Function<Item, @Nullable Object>> VALUES = Map.ofEntries(
            Map.entry("item_id", item -> item.id().value()),
            Map.entry("category", item -> item.category().orElse(null)),
            Map.entry("title", item -> item.title().orElse(null)),
            Map.entry("description", item -> item.description().orElse(null)),
            Map.entry("tags", Item::tags),
            Map.entry("popularity_score", Item::popularityScore),
            Map.entry("hidden", Item::hidden),
            Map.entry("attributes", Item::attributes),
            Map.entry("created_at", item -> item.createdAt().toEpochMilli()),
            Map.entry("available_from", item -> millis(item.availableFrom())),
            Map.entry("available_until", item -> millis(item.availableUntil())));

    private ItemFields() {}

    private static @Nullable Long millis(Optional<Instant> time) {
        return time.map(Instant::toEpochMilli).orElse(null);
    }

    static boolean isTime(String field) {
        return field.equals("created_at") || field.startsWith("available_");
    }

    /** Where the values of items stand. */
    static RowFilter.Columns columns(IntFunction<@Nullable Item> items) {
        return new RowFilter.Columns() {
            @Override
            public RowFilter.Column of(String field) {
                Function<Item, @Nullable Object> value = VALUES.get(field);
                if (value == null) {
                    throw new IllegalArgumentException("filter: items have no field " + field);
                }
                return slot -> {
                    Item item = items.apply(slot);
                    return item == null ? null : value.apply(item);
                };
            }

            @Override
            public RowFilter.Column dynamic() {
                throw new IllegalStateException("items have no fields beyond their schema");
            }
        };
    }
}
