package dev.milvuso.vector.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.VectorStore;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** When a write is seen: its own writer's reads wait for it, others' need not. */
@Execution(ExecutionMode.CONCURRENT)
final class MilvusConsistencyIT {
    private static final int ROUNDS = 40;

    private final String name = "session_" + UUID.randomUUID().toString().replace('-', '_');
    private final CollectionSchema schema =
            new CollectionSchema(name, 2, Metric.EUCLIDEAN, List.of(new Field("round", Field.Type.INTEGER)));

    private static MilvusVectorStore open(String level) {
        return new MilvusVectorStore(MilvusServer.shared().config("consistency_level=" + level));
    }

    private void write(VectorStore store, long round) {
        store.upsert(name, List.of(new Entity("a", new float[] {round, 0}, Map.of("round", round))));
    }

    /** By a search, a count and a read by key in turn. */
    private void assertSeen(VectorStore store, long round) {
        switch ((int) (round % 3)) {
            case 0 ->
                assertThat(store.search(name, SearchRequest.nearest(new float[] {round, 0}, 1)))
                        .singleElement()
                        .satisfies(hit -> assertThat(hit.score()).isZero());
            case 1 ->
                assertThat(store.count(name, Filter.equal("round", round))).isEqualTo(1);
            default ->
                assertThat(store.get(name, List.of("a")))
                        .singleElement()
                        .satisfies(row -> assertThat(row.fields()).containsEntry("round", round));
        }
    }

    @Test
    void aSessionReadsItsOwnWrites() {
        try (VectorStore store = open("Session")) {
            store.create(schema);
            try {
                for (long round = 0; round < ROUNDS; round++) {
                    write(store, round);
                    assertSeen(store, round);
                }
            } finally {
                store.drop(name);
            }
        }
    }

    /** Of which Milvus 2.3 says no time. */
    @Test
    void aSessionSeesWhatItHasDeletedNoMore() {
        try (VectorStore store = open("Session")) {
            store.create(schema);
            try {
                for (long round = 0; round < ROUNDS; round++) {
                    write(store, round);
                    store.delete(name, List.of("a"));
                    assertThat(store.count(name)).isZero();
                    assertThat(store.search(name, SearchRequest.nearest(new float[] {round, 0}, 1)))
                            .isEmpty();
                }
            } finally {
                store.drop(name);
            }
        }
    }

    @Test
    void aSessionInAnotherDatabaseDoesToo() {
        try (VectorStore store = open("Session")) {
            store.createDatabase(name);
            try (VectorStore inside = store.database(name)) {
                inside.create(schema);
                try {
                    for (long round = 0; round < ROUNDS; round++) {
                        write(inside, round);
                        assertSeen(inside, round);
                    }
                } finally {
                    inside.drop(name);
                }
            } finally {
                store.dropDatabase(name);
            }
        }
    }

    /** Else the tests above could not fail. */
    @Test
    void whoDoesNotWaitMissesSomeOfItsWrites() {
        try (VectorStore store = open("Eventually")) {
            store.create(schema);
            try {
                int missed = 0;
                for (long round = 0; round < ROUNDS; round++) {
                    write(store, round);
                    missed += store.count(name, Filter.equal("round", round)) == 0 ? 1 : 0;
                }
                assertThat(missed).isPositive();
            } finally {
                store.drop(name);
            }
        }
    }
}
