package dev.milvuso.vector.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.Path;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tenant that shares collections sees just what it would see with a store of its own, whatever the others do. */
final class TenantPropertyTest {
    private static final String ALPHABET = "ab_/%\\\"' \u0000é";
    private static final int STEPS = 400;

    private static String word(Random random) {
        int length = 1 + random.nextInt(3);
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return word.toString();
    }

    private static Filter filter(Random random, int depth) {
        Path path = Path.of(random.nextBoolean() ? "id" : "free");
        return switch (random.nextInt(depth == 0 ? 6 : 9)) {
            case 0 -> path.is(word(random));
            case 1 -> path.isNot(word(random));
            case 2 -> path.above(word(random));
            case 3 -> path.between(word(random), word(random));
            case 4 -> path.isIn(List.of(word(random), word(random)));
            case 5 -> path.like(word(random).replace("\\", "") + "%");
            case 6 -> Filter.not(filter(random, depth - 1));
            case 7 -> Filter.and(filter(random, depth - 1), filter(random, depth - 1));
            default -> Filter.or(filter(random, depth - 1), filter(random, depth - 1));
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void sharingIsNotSeen(long seed) {
        Random random = new Random(seed);
        CollectionSchema schema = CollectionSchema.named("rows")
                .vector("vector", 2, Metric.EUCLIDEAN)
                .dynamic()
                .build();
        List<String> names = List.of("a", "a/", "a_2f", "%", "é");
        try (VectorStore shared = EmbeddedVectorStore.inMemory()) {
            List<TenantStore> tenants =
                    names.stream().map(Tenants.byField(shared)::tenant).toList();
            List<VectorStore> alone = IntStream.range(0, names.size())
                    .<VectorStore>mapToObj(i -> EmbeddedVectorStore.inMemory())
                    .toList();
            tenants.get(0).create(schema);
            alone.forEach(store -> store.create(schema));
            for (int step = 0; step < STEPS; step++) {
                int who = random.nextInt(names.size());
                act(tenants.get(who), alone.get(who), random);
                for (int each = 0; each < names.size(); each++) {
                    Filter filter = filter(random, 2);
                    assertThat(tenants.get(each).query("rows", QueryRequest.where(filter)))
                            .as("seed %s step %s tenant %s: %s", seed, step, names.get(each), filter)
                            .isEqualTo(alone.get(each).query("rows", QueryRequest.where(filter)));
                }
            }
            for (int each = 0; each < names.size(); each++) {
                assertThat(tenants.get(each).query("rows", QueryRequest.everything()))
                        .isEqualTo(alone.get(each).query("rows", QueryRequest.everything()));
            }
        }
    }

    private static void act(TenantStore tenant, VectorStore alone, Random random) {
        switch (random.nextInt(6)) {
            case 0 -> {
                List<Id> keys = List.of(Id.of(word(random)), Id.of(word(random)));
                tenant.deleteKeys("rows", keys);
                alone.deleteKeys("rows", keys);
            }
            case 1 -> {
                Filter filter = filter(random, 2);
                tenant.deleteWhere("rows", filter);
                alone.deleteWhere("rows", filter);
            }
            default -> {
                List<Entity> rows = IntStream.range(0, 5)
                        .mapToObj(i -> new Entity(
                                word(random), new float[] {random.nextFloat(), 1}, Map.of("free", word(random))))
                        .toList();
                tenant.upsert("rows", rows);
                alone.upsert("rows", rows);
            }
        }
    }
}
