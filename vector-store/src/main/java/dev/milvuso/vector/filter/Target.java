package dev.milvuso.vector.filter;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Path;
import java.util.Optional;

/** What a path of a filter leads to in a collection of a schema. */
public sealed interface Target {
    /** A scalar field's value. */
    record Scalar(Field.Type.Element type, boolean nullable) implements Target {}

    /** An array field. */
    record Whole(Field.Type.Array type, boolean nullable) implements Target {}

    /** An element of an array field. */
    record Element(Field.Type.Element type, int index) implements Target {}

    /** A place within a JSON field, or a dynamic field. */
    record Within(boolean dynamic) implements Target {}

    /** A whole JSON field, which can only be null or not. */
    record Document(boolean nullable) implements Target {}

    /** @throws IllegalArgumentException naming the field if the path leads nowhere */
    static Target of(Path path, CollectionSchema schema) {
        String name = path.field();
        if (name.equals(schema.key().name())) {
            return plain(path, new Field(name, schema.key().type()));
        }
        if (schema.vectors().stream().anyMatch(vector -> vector.name().equals(name))) {
            throw new FilterMismatch("field " + name + " is a vector, which filters do not look into");
        }
        Optional<Field> field = schema.field(name);
        if (field.isEmpty() && schema.dynamic()) {
            return new Within(true);
        }
        return plain(
                path,
                field.orElseThrow(() -> new FilterMismatch("collection " + schema.name() + " has no field " + name)));
    }

    private static Target plain(Path path, Field field) {
        if (field.type() instanceof Field.Type.Json) {
            return path.steps().isEmpty() ? new Document(field.nullable()) : new Within(false);
        }
        if (path.steps().isEmpty()) {
            return field.type() instanceof Field.Type.Array array
                    ? new Whole(array, field.nullable())
                    : new Scalar((Field.Type.Element) field.type(), field.nullable());
        }
        if (field.type() instanceof Field.Type.Array array
                && path.steps().size() == 1
                && path.steps().get(0) instanceof Path.Step.Index index) {
            return new Element(array.element(), index.index());
        }
        throw new FilterMismatch(FilterText.of(path) + " leads into field " + field.name() + ", which has "
                + (field.type() instanceof Field.Type.Array ? "an index alone" : "no parts"));
    }
}
