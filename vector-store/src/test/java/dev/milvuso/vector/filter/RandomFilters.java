package dev.milvuso.vector.filter;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Feature;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.KeyField;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.Path;
import dev.milvuso.vector.Texts;
import dev.milvuso.vector.Vector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rows and filters on them by chance, from few values, so that many are equal and every type meets every other. */
public final class RandomFilters {
    /** What has broken somebody's quoting. */
    public static final List<String> HOSTILE = List.of(
            "",
            " ",
            "\"",
            "'",
            "\\",
            "\\\"",
            "\" or id > 0 or \"",
            "' or '1' == '1",
            "\"] or id not in [",
            "a\" == \"a",
            "%",
            "_",
            "a%",
            "a_c",
            "\\%",
            "\\u0041",
            "\\x41",
            "\\101",
            "\n",
            "\r\n",
            "\t",
            "\u0001",
            "\u0000",
            "a\u0000b",
            "é",
            "日本",
            "😀",
            "\uE000",
            "\u202E",
            "{x}",
            "${x}",
            "$meta",
            "null",
            "true",
            "1",
            "1.0",
            "a",
            "ab",
            "abc",
            "B",
            "<b>&=",
            "--",
            "/*",
            "id");

    private static final List<String> TEXTS =
            List.of("", "a", "ab", "abc", "b", "a%c", "a_c", "é", "😀", "\uE000", "1");
    private static final long[] WHOLES = {
        0, 1, -1, 2, 3, 7, 127, -128, 300, 1L << 53, (1L << 53) + 1, Long.MAX_VALUE, Long.MIN_VALUE
    };
    private static final double[] REALS = {
        0, -0.0, 1, 1.5, 2, 0.1, -0.1, 3, 1e300, -1e300, 9007199254740992.0, 16777217, Double.MIN_VALUE
    };
    private static final List<String> KEYS = List.of("x", "y", "0", "1", "deep", "no", "日本", "a b", "a.b", "~0");
    private static final List<String> OTHERS = List.of("colour", "size", "tags", "nothing", "like", "a b", "日本");

    /** Which may have no value. */
    private static final List<String> NULLABLE =
            List.of("maybe_truth", "maybe_whole", "maybe_real", "maybe_text", "maybe_wholes", "maybe_json");

    /** Which have another value if a row gives none. */
    private static final List<String> USUAL = List.of("usual", "usual_text");

    private final Random random;
    private final Kinds kinds;
    private final List<String> texts;

    /**
     * What rows and filters may be made of.
     *
     * @param mixed whether values within JSON are of any type, or texts alone
     * @param nullable whether there are nullable fields
     * @param defaults whether there are default values
     * @param jsonNulls whether it is asked whether something within JSON is null
     */
    public record Kinds(boolean mixed, boolean nullable, boolean defaults, boolean jsonNulls) {
        public static final Kinds ALL = new Kinds(true, true, true, true);

        /** That a store can do. */
        public static Kinds of(Set<Feature> features) {
            return new Kinds(
                    features.contains(Feature.MIXED_JSON),
                    features.contains(Feature.NULLABLE_FIELDS),
                    features.contains(Feature.DEFAULT_VALUES),
                    features.contains(Feature.JSON_NULLS));
        }
    }

    /** @param texts that rows and filters hold beside others */
    public RandomFilters(long seed, List<String> texts) {
        this(seed, texts, Kinds.ALL);
    }

    /** @param texts that rows and filters hold beside others */
    public RandomFilters(long seed, List<String> texts, Kinds kinds) {
        this.random = new Random(seed);
        this.kinds = kinds;
        this.texts = new ArrayList<>(TEXTS);
        this.texts.addAll(texts);
    }

    public static CollectionSchema schema(String name) {
        return schema(name, new Field.Type.Text(100), Kinds.ALL);
    }

    /** @param text of which arrays are */
    public static CollectionSchema schema(String name, Field.Type.Text text, Kinds kinds) {
        CollectionSchema.Builder schema = CollectionSchema.named(name)
                .key(KeyField.INTEGER)
                .vector("vector", 2, Metric.EUCLIDEAN)
                .field("truth", Field.Type.BOOL)
                .field("small", new Field.Type.Int(8))
                .field("middle", new Field.Type.Int(32))
                .field("whole", Field.Type.INTEGER)
                .field("single", new Field.Type.Real(32))
                .field("real", Field.Type.REAL)
                .field("text", new Field.Type.Text(100))
                .field("json", Field.Type.JSON)
                .field("wholes", new Field.Type.Array(new Field.Type.Int(64), 8))
                .field("smalls", new Field.Type.Array(new Field.Type.Int(8), 8))
                .field("singles", new Field.Type.Array(new Field.Type.Real(32), 8))
                .field("reals", new Field.Type.Array(new Field.Type.Real(64), 8))
                .field("texts", new Field.Type.Array(text, 8))
                .field("truths", new Field.Type.Array(new Field.Type.Bool(), 8))
                .dynamic();
        if (kinds.nullable()) {
            schema.field(new Field("maybe_truth", Field.Type.BOOL).orNull())
                    .field(new Field("maybe_whole", Field.Type.INTEGER).orNull())
                    .field(new Field("maybe_real", Field.Type.REAL).orNull())
                    .field(new Field("maybe_text", new Field.Type.Text(100)).orNull())
                    .field(new Field("maybe_wholes", new Field.Type.Array(new Field.Type.Int(64), 8)).orNull())
                    .field(new Field("maybe_json", Field.Type.JSON).orNull());
        }
        if (kinds.defaults()) {
            schema.field(new Field("usual", Field.Type.INTEGER).orElse(7L))
                    .field(new Field("usual_text", new Field.Type.Text(100)).orElse("ab"));
        }
        return schema.build();
    }

    public List<Entity> rows(int count) {
        return IntStream.range(0, count).mapToObj(this::row).toList();
    }

    private Entity row(int id) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("truth", random.nextBoolean());
        fields.put("small", small());
        fields.put("middle", small() * 100_000);
        fields.put("whole", whole());
        fields.put("single", single());
        fields.put("real", real());
        fields.put("text", text());
        fields.put("json", object(2));
        fields.put("wholes", list(this::whole));
        fields.put("smalls", list(this::small));
        fields.put("singles", list(this::single));
        fields.put("reals", list(this::real));
        fields.put("texts", list(this::text));
        fields.put("truths", list(random::nextBoolean));
        OTHERS.forEach(other -> sometimes(fields, other, () -> json(2)));
        if (kinds.nullable()) {
            sometimes(fields, "maybe_truth", random::nextBoolean);
            sometimes(fields, "maybe_whole", this::whole);
            sometimes(fields, "maybe_real", this::real);
            sometimes(fields, "maybe_text", this::text);
            sometimes(fields, "maybe_wholes", () -> list(this::whole));
            sometimes(fields, "maybe_json", () -> object(2));
        }
        if (kinds.defaults()) {
            sometimes(fields, "usual", this::whole);
            sometimes(fields, "usual_text", this::text);
        }
        return Entity.of(Id.of(id)).with("vector", Vector.of(id, 1)).withAll(fields);
    }

    private void sometimes(Map<String, Object> fields, String name, Supplier<@Nullable Object> any) {
        Object value = random.nextInt(3) == 0 ? null : any.get();
        if (value != null) {
            fields.put(name, value);
        }
    }

    private <T> List<Object> list(Supplier<T> element) {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(element.get());
        }
        return list;
    }

    private long small() {
        return WHOLES[random.nextInt(8)];
    }

    private long whole() {
        return WHOLES[random.nextInt(WHOLES.length)];
    }

    private double real() {
        return REALS[random.nextInt(REALS.length)];
    }

    private float single() {
        float single = (float) real();
        return Float.isFinite(single) ? single : 0.5f;
    }

    private String text() {
        return pick(texts);
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private @Nullable Object json(int depth) {
        if (!kinds.mixed()) {
            return text();
        }
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> whole();
            case 1 -> small();
            case 2 -> real();
            case 3 -> text();
            case 4 -> random.nextBoolean();
            case 5 -> null;
            case 6 -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(json(depth - 1));
                }
                yield list;
            }
            default -> object(depth - 1);
        };
    }

    private Map<String, @Nullable Object> object(int depth) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (String key : KEYS) {
            if (random.nextInt(3) > 0) {
                object.put(key, json(depth));
            }
        }
        return object;
    }

    public Filter filter(int depth) {
        if (depth > 0 && random.nextInt(3) > 0) {
            return switch (random.nextInt(3)) {
                case 0 -> new Filter.Not(filter(depth - 1));
                case 1 -> new Filter.And(parts(depth));
                default -> new Filter.Or(parts(depth));
            };
        }
        return leaf();
    }

    private List<Filter> parts(int depth) {
        int count = random.nextInt(10) == 0 ? 0 : 2 + random.nextInt(2);
        return IntStream.range(0, count).mapToObj(i -> filter(depth - 1)).toList();
    }

    private Filter leaf() {
        return switch (random.nextInt(14)) {
            case 0 -> plain(Path.of("truth"), random::nextBoolean);
            case 1 -> ordered(Path.of(pick(List.of("small", "middle", "whole", "id"))), this::whole);
            case 2 -> ordered(Path.of(pick(List.of("single", "real"))), this::number);
            case 3 -> texts(Path.of("text"));
            case 4 -> array();
            case 5 -> ordered(Path.of(pick(List.of("wholes", "smalls"))).at(random.nextInt(4)), this::whole);
            case 6 -> ordered(Path.of(pick(List.of("singles", "reals"))).at(random.nextInt(4)), this::number);
            case 7 -> texts(Path.of("texts").at(random.nextInt(4)));
            case 8 -> isNull();
            case 9 -> kinds.nullable() ? nullable() : isNull();
            case 10 -> usual();
            default -> within(place());
        };
    }

    /** Of what may be null, of what never is, and within JSON. */
    private Filter isNull() {
        int kind = random.nextInt(3);
        Path path = Path.of(pick(List.of("truth", "whole", "text", "json", "wholes", "id")));
        if (kind == 0 && kinds.nullable()) {
            path = Path.of(pick(NULLABLE));
        } else if (kind == 1 && kinds.defaults()) {
            path = Path.of(pick(USUAL));
        } else if (kind == 2 && kinds.jsonNulls()) {
            path = place();
        }
        return random.nextBoolean() ? path.isNull() : path.isNotNull();
    }

    private Filter nullable() {
        return switch (random.nextInt(6)) {
            case 0 -> plain(Path.of("maybe_truth"), random::nextBoolean);
            case 1 -> ordered(Path.of("maybe_whole"), this::whole);
            case 2 -> ordered(Path.of("maybe_real"), this::number);
            case 3 -> texts(Path.of("maybe_text"));
            case 4 -> array("maybe_wholes");
            default -> within(Path.of("maybe_json").key(pick(KEYS)));
        };
    }

    private Filter usual() {
        if (!kinds.defaults()) {
            return isNull();
        }
        return random.nextBoolean() ? ordered(Path.of("usual"), this::whole) : texts(Path.of("usual_text"));
    }

    private Object number() {
        return random.nextBoolean() ? (Object) whole() : (Object) real();
    }

    private Path place() {
        Path path = random.nextBoolean() ? Path.of("json").key(pick(KEYS)) : Path.of(pick(OTHERS));
        while (random.nextInt(3) == 0) {
            path = random.nextBoolean() ? path.key(pick(KEYS)) : path.at(random.nextInt(3));
        }
        return path;
    }

    private Filter withinTexts(Path path) {
        return switch (random.nextInt(4)) {
            case 0 -> path.exists();
            case 1 -> path.isIn(list(this::text));
            default -> texts(path);
        };
    }

    private Filter within(Path path) {
        if (!kinds.mixed()) {
            return withinTexts(path);
        }
        return switch (random.nextInt(9)) {
            case 0 -> ordered(path, this::whole);
            case 1 -> ordered(path, this::number);
            case 2 -> texts(path);
            case 3 -> plain(path, random::nextBoolean);
            case 4 -> path.isIn(list(this::literal));
            case 5 -> path.exists();
            case 6 -> new Filter.ArrayContains(path, quantifier(), list(this::literal));
            case 7 ->
                new Filter.ArrayLength(
                        path, pick(List.of(Filter.Operator.EQUAL, Filter.Operator.NOT_EQUAL)), random.nextInt(4));
            default -> plain(path, this::literal);
        };
    }

    private Object literal() {
        return switch (random.nextInt(3)) {
            case 0 -> text();
            case 1 -> random.nextBoolean();
            default -> number();
        };
    }

    private Filter.Quantifier quantifier() {
        return pick(List.of(Filter.Quantifier.values()));
    }

    private Filter array() {
        return array(pick(List.of("wholes", "smalls", "singles", "reals", "texts", "truths")));
    }

    private Filter array(String field) {
        if (random.nextInt(3) == 0) {
            return new Filter.ArrayLength(Path.of(field), pick(List.of(Filter.Operator.values())), random.nextInt(5));
        }
        Supplier<Object> element = switch (field) {
            case "wholes", "smalls", "maybe_wholes" -> this::whole;
            case "singles", "reals" -> this::number;
            case "texts" -> this::text;
            default -> random::nextBoolean;
        };
        return new Filter.ArrayContains(Path.of(field), quantifier(), list(element));
    }

    private Filter plain(Path path, Supplier<?> value) {
        return new Filter.Compare(path, pick(List.of(Filter.Operator.values())), value.get());
    }

    private Filter ordered(Path path, Supplier<?> value) {
        return switch (random.nextInt(4)) {
            case 0 -> path.isIn(list(value));
            case 1 -> new Filter.Between(path, value.get(), random.nextBoolean(), value.get(), random.nextBoolean());
            default -> plain(path, value);
        };
    }

    private Filter texts(Path path) {
        return switch (random.nextInt(4)) {
            case 0 -> path.startsWith(text());
            case 1 -> path.like(Texts.escapedForLike(text()));
            default -> ordered(path, this::text);
        };
    }
}
