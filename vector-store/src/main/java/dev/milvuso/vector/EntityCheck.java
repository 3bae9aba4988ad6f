package dev.milvuso.vector;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every adapter refuses, in the same words: entities, queries and filters that do not fit a collection's schema.
 * Immutable.
 */
public final class EntityCheck {
    private static final int MAX_ID_BYTES = 512;
    private static final int MAX_TEXT_BYTES = 1024;

    private final CollectionSchema schema;
    private final Map<String, Field.Type> types = new HashMap<>();

    public EntityCheck(CollectionSchema schema) {
        this.schema = schema;
        schema.fields().forEach(field -> types.put(field.name(), field.type()));
    }

    /** @throws IllegalArgumentException naming the entity and what is wrong with it */
    public void entities(List<Entity> entities) {
        entities.forEach(this::entity);
    }

    private void entity(Entity entity) {
        String where = "entity '" + entity.id() + "' of collection " + schema.name() + ": ";
        if (entity.id().isEmpty() || !isText(entity.id(), MAX_ID_BYTES)) {
            throw new IllegalArgumentException(
                    where + "its id must be well-formed text of 1 to " + MAX_ID_BYTES + " bytes");
        }
        vector(where, entity.vector());
        for (Field field : schema.fields()) {
            Object value = entity.fields().get(field.name());
            if (value == null) {
                throw new IllegalArgumentException(where + "field " + field.name() + " is missing");
            }
            value(where + "field " + field.name(), field.type(), value);
        }
        for (String name : entity.fields().keySet()) {
            if (!types.containsKey(name)) {
                throw new IllegalArgumentException(where + "there is no field " + name);
            }
        }
    }

    /**
     * @throws IllegalArgumentException if the query's dimension is not the collection's, or its filter does not fit the
     *     schema
     */
    public void request(SearchRequest request) {
        vector("the query for collection " + schema.name() + ": ", request.query());
        request.filter().ifPresent(this::filter);
    }

    private void vector(String where, float[] vector) {
        if (vector.length != schema.dimension()) {
            throw new IllegalArgumentException(
                    where + "the vector has " + vector.length + " numbers, must have " + schema.dimension());
        }
        for (float number : vector) {
            if (!Float.isFinite(number)) {
                throw new IllegalArgumentException(where + "the vector holds " + number);
            }
        }
        if (schema.metric() == Metric.COSINE && !hasDirection(vector)) {
            throw new IllegalArgumentException(
                    where + "the vector's length is 0 or not a number in float: the cosine needs a direction");
        }
    }

    private static boolean hasDirection(float[] vector) {
        float squares = 0;
        for (float number : vector) {
            squares += number * number;
        }
        return squares > 0 && Float.isFinite(squares);
    }

    /** A lone surrogate has no UTF-8 form: stores would silently take another text in its place. */
    private static boolean isText(String text, int maxBytes) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text)
                && text.getBytes(StandardCharsets.UTF_8).length <= maxBytes;
    }

    private void filter(Filter filter) {
        if (filter instanceof Filter.Compare compare) {
            operand(compare.field(), compare.value());
        } else if (filter instanceof Filter.In in) {
            in.values().forEach(value -> operand(in.field(), value));
        } else if (filter instanceof Filter.And and) {
            and.all().forEach(this::filter);
        } else if (filter instanceof Filter.Or or) {
            or.any().forEach(this::filter);
        } else if (filter instanceof Filter.Not not) {
            filter(not.filter());
        }
    }

    private void operand(String field, Object value) {
        value("filter on " + field, type(field), value);
    }

    private Field.Type type(String field) {
        Field.Type type = field.equals(CollectionSchema.ID) ? Field.Type.TEXT : types.get(field);
        if (type == null) {
            throw new IllegalArgumentException("filter: collection " + schema.name() + " has no field " + field);
        }
        return type;
    }

    private static void value(String where, Field.Type type, @Nullable Object value) {
        boolean fits = switch (type) {
            case TEXT -> value instanceof String text && isText(text, MAX_TEXT_BYTES);
            case INTEGER -> value instanceof Long;
            case REAL -> value instanceof Double number && Double.isFinite(number);
            case BOOL -> value instanceof Boolean;
        };
        if (!fits) {
            String right = switch (type) {
                case TEXT -> "well-formed text of up to " + MAX_TEXT_BYTES + " bytes";
                case INTEGER -> "a Long";
                case REAL -> "a finite Double";
                case BOOL -> "a Boolean";
            };
            throw new IllegalArgumentException(where + " is " + value + ": must be " + right);
        }
    }
}
