package dev.milvuso.vector;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a collection holds: a key, vectors and scalar fields.
 *
 * @param vectors at least one
 * @param fields besides key and vectors, in any order
 * @param dynamic whether entities may carry fields that are not in the schema, which are then values of JSON
 * @param partitionKey the text or integer field by which rows are kept apart
 * @param timeToLive how long after it was written a row is found, in whole seconds
 */
public record CollectionSchema(
        String name,
        KeyField key,
        List<VectorField> vectors,
        List<Field> fields,
        boolean dynamic,
        Optional<String> partitionKey,
        Optional<Duration> timeToLive) {
    /** The names that a simple collection has. */
    public static final String ID = "id";

    public static final String VECTOR = "vector";

    private static final int MOST_FIELDS = 64;

    /** @throws IllegalArgumentException naming what is wrong */
    public CollectionSchema {
        Names.checked("collection", name);
        vectors = List.copyOf(vectors);
        fields = List.copyOf(fields);
        if (vectors.isEmpty()) {
            throw new ArgumentMismatch("collection " + name + " has no vector field: must have one", "vectors");
        }
        Set<String> names = new HashSet<>(Set.of(key.name()));
        addNew(names, "vectors", vectors.stream().map(VectorField::name).toList(), name);
        addNew(names, "fields", fields.stream().map(Field::name).toList(), name);
        if (names.size() > MOST_FIELDS) {
            throw new ArgumentMismatch(
                    "collection " + name + " has " + names.size() + " fields: at most " + MOST_FIELDS, "fields");
        }
        List<Field> all = fields;
        partitionKey.ifPresent(field -> checkPartitionKey(name, field, all));
        Duration wholeSeconds =
                Duration.ofSeconds(timeToLive.orElse(Duration.ofSeconds(1)).toSeconds());
        if (wholeSeconds.isZero()
                || wholeSeconds.isNegative()
                || !timeToLive.orElse(wholeSeconds).equals(wholeSeconds)) {
            throw new IllegalArgumentException("the time to live of collection " + name + " is " + timeToLive.get()
                    + ": must be whole seconds, at least one");
        }
    }

    private static void addNew(Set<String> names, String member, List<String> added, String collection) {
        for (int i = 0; i < added.size(); i++) {
            if (!names.add(added.get(i))) {
                throw new ArgumentMismatch(
                        "field " + added.get(i) + " stands twice in collection " + collection, member, i, "name");
            }
        }
    }

    private static void checkPartitionKey(String name, String field, List<Field> fields) {
        boolean fits = fields.stream()
                .filter(candidate -> candidate.name().equals(field) && !candidate.nullable())
                .anyMatch(candidate -> candidate.type() instanceof Field.Type.Text
                        || candidate.type().equals(Field.Type.INTEGER));
        if (!fits) {
            throw new ArgumentMismatch(
                    "the partition key " + field + " of collection " + name
                            + " must be a text or integer field of it that is not nullable",
                    "partition_key");
        }
    }

    /** A simple one: a text of up to 512 bytes called id, and one vector of 32-bit floats called vector. */
    public CollectionSchema(String name, int dimension, Metric metric, List<Field> fields) {
        this(
                name,
                KeyField.TEXT,
                List.of(new VectorField(VECTOR, VectorField.Type.floats(dimension, metric))),
                fields,
                false,
                Optional.empty(),
                Optional.empty());
    }

    public static Builder named(String name) {
        return new Builder(name);
    }

    public Optional<Field> field(String field) {
        return fields.stream()
                .filter(candidate -> candidate.name().equals(field))
                .findFirst();
    }

    /** @throws IllegalArgumentException if there is no such vector, or several and none is named */
    public VectorField vector(Optional<String> vector) {
        if (vector.isEmpty() && vectors.size() > 1) {
            throw new ArgumentMismatch(
                    "collection " + name + " has several vectors: name one of "
                            + vectors.stream().map(VectorField::name).collect(Collectors.joining(", ")),
                    "field");
        }
        return vectors.stream()
                .filter(candidate -> vector.isEmpty() || vector.get().equals(candidate.name()))
                .findFirst()
                .orElseThrow(() -> new ArgumentMismatch(
                        "collection " + name + " has no vector field " + vector.orElseThrow(), "field"));
    }

    public CollectionSchema renamed(String other) {
        return new CollectionSchema(other, key, vectors, fields, dynamic, partitionKey, timeToLive);
    }

    /** Whether two schemas are of the same rows, whatever the order of their fields. */
    public boolean matches(CollectionSchema other) {
        return differences(other).isEmpty();
    }

    /** @throws IllegalArgumentException naming each field in which the schema that is asked for differs */
    public void requireSame(CollectionSchema asked) {
        List<String> differences = differences(asked);
        if (!differences.isEmpty()) {
            throw new IllegalArgumentException(
                    "collection " + asked.name() + " is there with another schema: " + String.join("; ", differences));
        }
    }

    /**
     * @param asked what it should be
     * @return what is otherwise here, a clause a difference that names its field; names of collections do not count
     */
    public List<String> differences(CollectionSchema asked) {
        List<String> found = new ArrayList<>();
        compare(found, "key", key.label(), asked.key.label());
        for (VectorField mine : vectors) {
            Optional<VectorField> theirs = asked.vectors.stream()
                    .filter(other -> other.name().equals(mine.name()))
                    .findFirst();
            compare(
                    found,
                    "vector field " + mine.name(),
                    mine.type().label(),
                    shown(theirs.map(field -> field.type().label())));
        }
        for (VectorField theirs : asked.vectors) {
            if (vectors.stream().noneMatch(mine -> mine.name().equals(theirs.name()))) {
                found.add("vector field " + theirs.name() + " is missing");
            }
        }
        for (Field mine : fields) {
            compare(
                    found,
                    "field " + mine.name(),
                    mine.label(),
                    shown(asked.field(mine.name()).map(Field::label)));
        }
        for (Field theirs : asked.fields) {
            if (field(theirs.name()).isEmpty()) {
                found.add("field " + theirs.name() + " is missing");
            }
        }
        compare(found, "dynamic", Boolean.toString(dynamic), Boolean.toString(asked.dynamic));
        compare(found, "partition key", shown(partitionKey), shown(asked.partitionKey));
        compare(
                found,
                "time to live",
                shown(timeToLive.map(CollectionSchema::seconds)),
                shown(asked.timeToLive.map(CollectionSchema::seconds)));
        return found;
    }

    private static void compare(List<String> found, String what, String mine, String asked) {
        if (!mine.equals(asked)) {
            found.add(what + " is " + mine + ", asked for: " + asked);
        }
    }

    private static String seconds(Duration time) {
        return time.toSeconds() + " s";
    }

    private static String shown(Optional<String> value) {
        return value.orElse("none");
    }

    /** Collects a schema's parts. Without a key it gets {@link KeyField#TEXT}. Not for use by several threads. */
    public static final class Builder {
        private final String name;
        private KeyField key = KeyField.TEXT;
        private final List<VectorField> vectors = new ArrayList<>();
        private final List<Field> fields = new ArrayList<>();
        private boolean dynamic;
        private Optional<String> partitionKey = Optional.empty();
        private Optional<Duration> timeToLive = Optional.empty();

        private Builder(String name) {
            this.name = name;
        }

        public Builder key(KeyField field) {
            key = field;
            return this;
        }

        public Builder field(Field field) {
            fields.add(field);
            return this;
        }

        public Builder field(String field, Field.Type type) {
            return field(new Field(field, type));
        }

        public Builder vector(String field, VectorField.Type type) {
            vectors.add(new VectorField(field, type));
            return this;
        }

        public Builder vector(String field, int dimension, Metric metric) {
            return vector(field, VectorField.Type.floats(dimension, metric));
        }

        public Builder dynamic() {
            dynamic = true;
            return this;
        }

        public Builder partitionKey(String field) {
            partitionKey = Optional.of(field);
            return this;
        }

        public Builder timeToLive(Duration time) {
            timeToLive = Optional.of(time);
            return this;
        }

        /** @throws IllegalArgumentException naming what is wrong */
        public CollectionSchema build() {
            return new CollectionSchema(name, key, vectors, fields, dynamic, partitionKey, timeToLive);
        }
    }
}
