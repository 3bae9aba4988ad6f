package dev.milvuso.vector.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.vector.BinaryMetric;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.KeyField;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class EmbeddedTransferTest extends TransferContract {
    @Override
    protected VectorStore open() {
        return EmbeddedVectorStore.inMemory();
    }

    private static CollectionSchema schema() {
        return CollectionSchema.named("rich")
                .key(KeyField.GENERATED)
                .vector("dense", 2, Metric.INNER_PRODUCT)
                .vector("half", new VectorField.Type.Dense(2, VectorField.Precision.FLOAT16, Metric.EUCLIDEAN))
                .vector("brain", new VectorField.Type.Dense(2, VectorField.Precision.BFLOAT16, Metric.COSINE))
                .vector("bits", new VectorField.Type.Binary(16, BinaryMetric.HAMMING))
                .vector("sparse", new VectorField.Type.Sparse())
                .field(new Field("maybe", Field.Type.INTEGER).orNull())
                .field(new Field("otherwise", Field.Type.TEXT).orElse("dflt"))
                .field("tenant", Field.Type.TEXT)
                .partitionKey("tenant")
                .timeToLive(Duration.ofHours(1))
                .build();
    }

    private static Entity row() {
        return Entity.withoutKey()
                .with("dense", Vector.of(-0f, Float.MIN_VALUE))
                .with("half", Vector.of(0.1f, 60000))
                .with("brain", Vector.of(0.1f, 0x1p50f))
                .with("bits", new Vector.Binary(new byte[] {-1, 5}))
                .with("sparse", new Vector.Sparse(new int[] {0, 70_000}, new float[] {0.1f, -2}))
                .with("tenant", (Object) "a");
    }

    @ParameterizedTest
    @EnumSource
    void everyKindOfVectorAndNullAndGeneratedKeysComeBack(ExportFormat format) {
        store().create(schema());
        List<Id> keys = store().insert("rich", List.of(row(), row().with("maybe", (Object) 3L)));
        new CollectionExport(new StoreRows(store(), "rich"), directory, CollectionExport.PART_BYTES, format)
                .run(Progress.NONE);
        try (VectorStore second = EmbeddedVectorStore.inMemory()) {
            CollectionCopy copy = new CollectionCopy(ExportedRows.of(directory), second, "rich");
            copy.run(Bookmark.none(), Progress.NONE);
            List<Entity> rows = second.query("rich", QueryRequest.everything());
            assertThat(rows).isEqualTo(store().query("rich", QueryRequest.everything()));
            assertThat(rows.stream().map(row -> row.key().orElseThrow())).containsExactlyElementsOf(keys);
            assertThat(rows.get(0).fields()).doesNotContainKey("maybe").containsEntry("otherwise", "dflt");
            assertThat(copy.compare(Progress.NONE).isEqual()).isTrue();
            assertThat(second.describe("rich").orElseThrow().differences(schema()))
                    .singleElement()
                    .asString()
                    .startsWith("key ");
        }
    }

    /** Version 1 has no aliases, no word of the files' form, sparse vectors in two arrays. */
    @Test
    void anExportOfTheFirstVersionIsStillRead() throws IOException {
        Path part = directory.resolve("part-000001.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(part))) {
            out.write("{\"id\":\"a\",\"words\":{\"indices\":[3,70000],\"numbers\":[0.5,-2.0]},\"n\":7}\n"
                    .getBytes(StandardCharsets.UTF_8));
        }
        Files.writeString(directory.resolve("manifest.json"), """
                {"format": "milvuso-collection", "version": 1, "rows": 1,
                 "schema": {"name": "old", "key": {"type": "text", "max_bytes": 512},
                   "vectors": [{"name": "words", "type": "sparse"}], "fields": [{"name": "n", "type": "int64"}]},
                 "indexes": [], "partitions": ["_default"],
                 "parts": [{"file": "part-000001.jsonl.gz", "partition": "_default", "rows": 1, "bytes": %d,
                   "sha256": "%s", "last": "a"}]}
                """.formatted(Files.size(part), Durable.sha256(part)));
        new CollectionCopy(ExportedRows.of(directory), store(), "old").run(Bookmark.none(), Progress.NONE);
        assertThat(store().query("old", QueryRequest.everything()))
                .containsExactly(Entity.of(Id.of("a"))
                        .with("words", new Vector.Sparse(new int[] {3, 70_000}, new float[] {0.5f, -2}))
                        .with("n", (Object) 7L));
    }
}
