package dev.milvuso.vector.tenant;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.KeyField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The schema of a collection that tenants share: one more field, which says whose a row is, and longer keys. */
final class SharedSchema {
    /** By which rows are kept apart. */
    static final String TENANT = "milvuso_tenant";

    private static final Field FIELD = new Field(TENANT, new Field.Type.Text(TenantName.LONGEST));

    /** A key begins with the tenant's name and a slash. */
    private static final int MORE_BYTES = TenantName.LONGEST + 1;

    private static final int MOST_BYTES = 65535 - MORE_BYTES;

    private SharedSchema() {}

    /** @throws IllegalArgumentException if collections of that schema cannot be shared */
    static CollectionSchema shared(CollectionSchema schema) {
        if (schema.partitionKey().isPresent()) {
            throw new IllegalArgumentException("collection " + schema.name() + " is partitioned by "
                    + schema.partitionKey().get() + ": a collection that tenants share is partitioned by tenant");
        }
        List<Field> fields = new ArrayList<>(schema.fields());
        fields.add(FIELD);
        return new CollectionSchema(
                schema.name(),
                longer(schema),
                schema.vectors(),
                fields,
                schema.dynamic(),
                Optional.of(TENANT),
                schema.timeToLive());
    }

    private static KeyField longer(CollectionSchema schema) {
        KeyField key = schema.key();
        if (key.generated()) {
            return key;
        }
        if (!(key.type() instanceof Field.Type.Text text) || text.maxBytes() > MOST_BYTES) {
            throw new IllegalArgumentException("collection " + schema.name() + " has the key " + key.type()
                    + ": tenants that share one need texts of up to " + MOST_BYTES
                    + " bytes, or numbers that the store makes");
        }
        return new KeyField(key.name(), new Field.Type.Text(text.maxBytes() + MORE_BYTES), false);
    }

    /** As the tenant made it; nothing if tenants do not share it. */
    static Optional<CollectionSchema> own(CollectionSchema shared) {
        boolean isShared = shared.partitionKey().equals(Optional.of(TENANT))
                && shared.field(TENANT).equals(Optional.of(FIELD));
        Optional<KeyField> key = isShared ? shorter(shared.key()) : Optional.empty();
        return key.map(own -> new CollectionSchema(
                shared.name(),
                own,
                shared.vectors(),
                shared.fields().stream()
                        .filter(field -> !field.name().equals(TENANT))
                        .toList(),
                shared.dynamic(),
                Optional.empty(),
                shared.timeToLive()));
    }

    private static Optional<KeyField> shorter(KeyField key) {
        if (key.generated()) {
            return Optional.of(key);
        }
        return key.type() instanceof Field.Type.Text text && text.maxBytes() > MORE_BYTES
                ? Optional.of(new KeyField(key.name(), new Field.Type.Text(text.maxBytes() - MORE_BYTES), false))
                : Optional.empty();
    }
}
