package dev.milvuso.vector.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.vector.BinaryMetric;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.KeyField;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import dev.milvuso.vector.milvus.MilvusServer;
import dev.milvuso.vector.milvus.MilvusVectorStore;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The contract of transfers on a real Milvus, and copies between it and the embedded engine. */
final class MilvusTransferIT extends TransferContract {
    @Override
    protected VectorStore open() {
        return new MilvusVectorStore(MilvusServer.shared().config("consistency_level=Strong"));
    }

    @Test
    void rowsGoFromOneBackendToTheOtherAndBack() {
        String name = "between_" + UUID.randomUUID().toString().replace('-', '_');
        CollectionSchema schema = CollectionSchema.named(name)
                .key(KeyField.INTEGER)
                .vector("bits", new VectorField.Type.Binary(16, BinaryMetric.HAMMING))
                .field("json", Field.Type.JSON)
                .dynamic()
                .build();
        try (VectorStore first = EmbeddedVectorStore.inMemory();
                VectorStore second = EmbeddedVectorStore.inMemory()) {
            first.create(schema);
            first.insert(
                    name,
                    LongStream.range(-1000, 1500)
                            .mapToObj(i -> Entity.of(Id.of(i))
                                    .with("bits", new Vector.Binary(new byte[] {(byte) i, (byte) (i >> 8)}))
                                    .with("json", (Object) Map.of("i", i, "r", i / 8.0))
                                    .with("more", (Object) List.of(i, "x")))
                            .toList());
            CollectionCopy there = new CollectionCopy(new StoreRows(first, name), store(), name);
            assertThat(there.run(Bookmark.none(), Progress.NONE)).isEqualTo(2500);
            CollectionCopy back = new CollectionCopy(new StoreRows(store(), name), second, name);
            back.run(Bookmark.none(), Progress.NONE);
            Comparison comparison = there.compare(Progress.NONE);
            assertThat(comparison.isEqual()).as(comparison.toString()).isTrue();
            assertThat(new CollectionComparison(new StoreRows(first, name), new StoreRows(second, name))
                            .run(Progress.NONE))
                    .isEqualTo(comparison);
        } finally {
            store().drop(name);
        }
    }
}
