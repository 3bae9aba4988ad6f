package dev.milvuso.vector;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a collection holds: an id (text of up to 512 bytes), one vector, and further fields.
 *
 * @param name letters, digits and _, starting with a letter or _
 * @param dimension numbers in a vector, 2 to 4096
 * @param fields besides id and vector; every entity has all of them
 */
public record CollectionSchema(String name, int dimension, Metric metric, List<Field> fields) {
    /** The names that every collection has. */
    public static final String ID = "id";

    public static final String VECTOR = "vector";

    /** @throws IllegalArgumentException naming what is wrong */
    public CollectionSchema {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]{0,254}")) {
            throw new IllegalArgumentException(
                    "collection name '" + name + "' must be 1 to 255 letters, digits and _, not starting with a digit");
        }
        if (dimension < 2 || dimension > 4096) {
            throw new IllegalArgumentException("dimension is " + dimension + ": must be 2 to 4096");
        }
        fields = List.copyOf(fields);
        Set<String> names = new HashSet<>(Set.of(ID, VECTOR));
        for (Field field : fields) {
            if (!names.add(field.name())) {
                throw new IllegalArgumentException("field " + field.name() + " stands twice in collection " + name);
            }
        }
    }
}
