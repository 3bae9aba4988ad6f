package dev.milvuso.codec;

import dev.milvuso.action.Action;
import dev.milvuso.action.EventId;
import dev.milvuso.action.Heartbeat;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.RequestId;
import dev.milvuso.action.ServedList;
import dev.milvuso.action.UserEvent;
import dev.milvuso.action.UserId;
import dev.milvuso.embedding.Activation;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.EmbeddingRecord;
import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.embedding.RankerWeights;
import dev.milvuso.example.TrainingExample;
import dev.milvuso.feature.FeatureSnapshot;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Records of random values within what their types allow: any script, any sign, any size. */
record RandomRecords(Random random) {
    UserEvent event() {
        return switch (random.nextInt(4)) {
            case 0 -> new Heartbeat(time());
            case 1 ->
                new ServedList(
                        new RequestId(id()),
                        new UserId(id()),
                        text(),
                        time(),
                        some(
                                1 + random.nextInt(5),
                                () -> new ServedList.Shown(new ItemId(id()), 1 - random.nextFloat(), text(), text())),
                        new ServedList.Origin(text(), context(), random.nextBoolean()));
            default ->
                new Action(
                        new EventId(id()),
                        new UserId(id()),
                        new ItemId(id()),
                        text(),
                        time(),
                        time(),
                        random.nextBoolean() ? Optional.of(new RequestId(id())) : Optional.empty(),
                        random.nextBoolean() ? OptionalDouble.of(finite()) : OptionalDouble.empty(),
                        context());
        };
    }

    FeatureSnapshot snapshot() {
        return new FeatureSnapshot(new EventId(id()), new UserId(id()), new ItemId(id()), time(), features());
    }

    TrainingExample example() {
        return new TrainingExample(
                id(),
                some(1 + random.nextInt(3), () -> new EventId(id())),
                new UserId(id()),
                new ItemId(id()),
                text(),
                random.nextInt(2),
                100 * random.nextFloat(),
                time(),
                time(),
                random.nextBoolean() ? Optional.of(new RequestId(id())) : Optional.empty(),
                text(),
                random.nextBoolean() ? Optional.of(features()) : Optional.empty(),
                random.nextBoolean());
    }

    EmbeddingRecord embedding() {
        ModelVersion version = new ModelVersion("v" + random.nextInt(1000) + "._-");
        if (random.nextInt(4) == 0) {
            return new Activation(version, random.nextLong(), random.nextLong());
        }
        if (random.nextInt(4) == 0) {
            return ranker(version);
        }
        float[] vector = vector(random.nextInt(300));
        Kind kind = random.nextBoolean() ? Kind.USER : Kind.ITEM;
        return new Embedding(
                version,
                kind,
                id(),
                vector,
                random.nextFloat(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong());
    }

    private RankerWeights ranker(ModelVersion version) {
        List<String> names = some(1 + random.nextInt(20), this::text);
        return new RankerWeights(
                version,
                random.nextLong(),
                random.nextLong(),
                random.nextBoolean(),
                random.nextLong(),
                random.nextFloat(),
                random.nextFloat(),
                names,
                vector(names.size() * (2 + random.nextInt(5))));
    }

    private float[] vector(int length) {
        float[] vector = new float[length];
        for (int i = 0; i < length; i++) {
            vector[i] = Math.max(-Embedding.LARGEST, Math.min(Embedding.LARGEST, (float) finite()));
        }
        return vector;
    }

    private static <T> List<T> some(int count, Supplier<T> one) {
        return Stream.generate(one).limit(count).toList();
    }

    private Instant time() {
        return Instant.ofEpochMilli(random.nextLong(-100_000_000_000_000L, 100_000_000_000_000L));
    }

    private double finite() {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> random.nextInt();
            case 2 -> Float.MAX_VALUE * (random.nextFloat() - 0.5);
            default -> Float.MIN_VALUE * random.nextInt(100);
        };
    }

    private String features() {
        StringBuilder json = new StringBuilder("{\"ü😀\":").append(finite());
        for (int i = random.nextInt(5); i > 0; i--) {
            json.append(", \"f").append(i).append("\" : ").append(finite());
        }
        return json.append('}').toString();
    }

    private Map<String, String> context() {
        Map<String, String> entries = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            entries.put(text() + i, text());
        }
        return entries;
    }

    private String id() {
        int length = 1 + random.nextInt(random.nextInt(10) == 0 ? 128 : 12);
        return random.ints(0, Character.MAX_CODE_POINT + 1)
                .map(c -> random.nextBoolean() ? '!' + c % 90 : c)
                .filter(c -> Character.isDefined(c)
                        && !Character.isWhitespace(c)
                        && !Character.isSpaceChar(c)
                        && !Character.isISOControl(c)
                        && Character.getType(c) != Character.SURROGATE)
                .limit(length)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private String text() {
        List<String> odd = List.of("", "\"", "\\", "\n\t\0", "\u2028\u007f", "😀", "{}", "a b");
        return random.nextBoolean() ? odd.get(random.nextInt(odd.size())) : id();
    }
}
