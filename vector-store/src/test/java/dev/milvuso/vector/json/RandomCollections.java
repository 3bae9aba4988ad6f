package dev.milvuso.vector.json;

import dev.milvuso.vector.BinaryMetric;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.KeyField;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Schemas of every type, and entities that fit them, the same ones in each run. */
final class RandomCollections {
    private static final List<String> TEXTS =
            List.of("", "a", "0", "null", "\"", "\\", "\u0000", "日本", "😀", "/~", "1.0");
    private static final long[] WHOLES = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, (1L << 53) + 1};
    private static final double[] REALS = {0, -0.0, 1, 0.1, 1e300, -Double.MIN_VALUE, Math.PI, 16_777_217, 1.0 / 3};

    private final Random random;

    RandomCollections(long seed) {
        this.random = new Random(seed);
    }

    CollectionSchema schema() {
        CollectionSchema.Builder schema = CollectionSchema.named("c").key(key());
        for (int i = random.nextInt(3); i >= 0; i--) {
            schema.vector("v" + i, vectorType());
        }
        for (int i = random.nextInt(9); i > 0; i--) {
            schema.field(field("f" + i));
        }
        if (random.nextBoolean()) {
            schema.field("tenant", Field.Type.TEXT).partitionKey("tenant");
        }
        if (random.nextBoolean()) {
            schema.timeToLive(Duration.ofSeconds(1 + random.nextInt(100_000)));
        }
        return random.nextBoolean() ? schema.dynamic().build() : schema.build();
    }

    private KeyField key() {
        return switch (random.nextInt(3)) {
            case 0 -> new KeyField("number", Field.Type.INTEGER, random.nextBoolean());
            case 1 -> new KeyField("name", new Field.Type.Text(1 + random.nextInt(65535)), false);
            default -> KeyField.TEXT;
        };
    }

    private VectorField.Type vectorType() {
        if (random.nextInt(4) == 0) {
            return new VectorField.Type.Sparse();
        }
        if (random.nextInt(4) == 0) {
            return new VectorField.Type.Binary(8 * (1 + random.nextInt(9)), of(BinaryMetric.values()));
        }
        return new VectorField.Type.Dense(
                2 + random.nextInt(9), of(VectorField.Precision.values()), of(Metric.values()));
    }

    private Field field(String name) {
        Field.Type type = type();
        Field field = new Field(name, type);
        Field orNull = random.nextInt(3) == 0 ? field.orNull() : field;
        return random.nextInt(3) == 0 ? orNull.orElse(value(type)) : orNull;
    }

    private Field.Type type() {
        return switch (random.nextInt(6)) {
            case 0 -> Field.Type.JSON;
            case 1 -> new Field.Type.Array(element(), 1 + random.nextInt(4096));
            default -> element();
        };
    }

    private Field.Type.Element element() {
        return switch (random.nextInt(4)) {
            case 0 -> new Field.Type.Bool();
            case 1 -> new Field.Type.Int(8 << random.nextInt(4));
            case 2 -> new Field.Type.Real(random.nextBoolean() ? 32 : 64);
            default -> new Field.Type.Text(12 + random.nextInt(65524));
        };
    }

    Entity entity(CollectionSchema schema) {
        Entity entity = schema.key().generated()
                ? Entity.withoutKey()
                : Entity.of(
                        schema.key().type() instanceof Field.Type.Text
                                ? Id.of("k" + random.nextInt(9))
                                : Id.of(WHOLES[random.nextInt(WHOLES.length)]));
        for (VectorField field : schema.vectors()) {
            entity = entity.with(field.name(), vector(field.type()));
        }
        for (Field field : schema.fields()) {
            entity = random.nextInt(4) == 0 ? entity : entity.with(field.name(), value(field.type()));
        }
        return schema.dynamic() && random.nextBoolean() ? entity.with("a b~/", orText(json(3))) : entity;
    }

    private static Object orText(@Nullable Object value) {
        return value == null ? "null" : value;
    }

    Vector vector(VectorField.Type type) {
        if (type instanceof VectorField.Type.Dense dense) {
            float[] numbers = new float[dense.dimension()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = Float.intBitsToFloat(random.nextInt(0x7F7FFFFF)) * (random.nextBoolean() ? 1 : -1);
            }
            return new Vector.Dense(numbers);
        }
        if (type instanceof VectorField.Type.Binary binary) {
            byte[] bits = new byte[binary.dimension() / 8];
            random.nextBytes(bits);
            return new Vector.Binary(bits);
        }
        int[] indices = random.ints(1 + random.nextInt(5), 0, Integer.MAX_VALUE)
                .distinct()
                .sorted()
                .toArray();
        float[] numbers = new float[indices.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = random.nextFloat();
        }
        return new Vector.Sparse(indices, numbers);
    }

    Object value(Field.Type type) {
        if (type instanceof Field.Type.Array array) {
            List<Object> values = new ArrayList<>();
            for (int i = random.nextInt(Math.min(5, array.capacity())); i > 0; i--) {
                values.add(value(array.element()));
            }
            return values;
        }
        if (type instanceof Field.Type.Int whole) {
            long value = WHOLES[random.nextInt(WHOLES.length)];
            return value << (64 - whole.bits()) >> (64 - whole.bits());
        }
        if (type instanceof Field.Type.Real real) {
            double value = REALS[random.nextInt(REALS.length)];
            return real.bits() == 64 ? (Object) value : (Object) (float) Math.max(-1e30, Math.min(1e30, value));
        }
        if (type instanceof Field.Type.Json) {
            return map(3);
        }
        return type instanceof Field.Type.Bool ? (Object) random.nextBoolean() : of(TEXTS);
    }

    private Map<String, @Nullable Object> map(int depth) {
        Map<String, @Nullable Object> map = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            map.put(of(TEXTS), json(depth - 1));
        }
        return map;
    }

    private @Nullable Object json(int depth) {
        return switch (random.nextInt(depth <= 0 ? 5 : 7)) {
            case 0 -> null;
            case 1 -> WHOLES[random.nextInt(WHOLES.length)];
            case 2 -> REALS[random.nextInt(REALS.length)];
            case 3 -> random.nextBoolean();
            case 4 -> of(TEXTS);
            case 5 -> map(depth);
            default -> Arrays.asList(json(depth - 1), json(depth - 1));
        };
    }

    private <T> T of(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private <T> T of(T[] all) {
        return all[random.nextInt(all.length)];
    }
}
