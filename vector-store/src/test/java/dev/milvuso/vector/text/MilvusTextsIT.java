package dev.milvuso.vector.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.StoreFixture;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.milvus.MilvusServer;
import dev.milvuso.vector.milvus.MilvusVectorStore;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A Milvus without sparse vectors says so, and rows go in as they are. */
final class MilvusTextsIT extends StoreFixture {
    private final CollectionSchema schema = CollectionSchema.named(name)
            .vector("meaning", 2, Metric.COSINE)
            .field("body", Field.Type.TEXT)
            .build();

    MilvusTextsIT() {
        super("texts");
    }

    @Override
    protected VectorStore open() {
        return new MilvusVectorStore(MilvusServer.shared().config("consistency_level=Strong"));
    }

    @Test
    void aTextHasNoSparseVectorAndTheAnswerSaysWhy() {
        store().create(schema);
        CollectionTexts texts = new CollectionTexts(store());
        List<Runnable> wrong = List.of(
                () -> texts.fit(name, "body", "words"),
                () -> texts.fit(name, "body", "meaning"),
                () -> texts.query(schema, schema.vector(Optional.of("meaning")), "fox"));
        for (Runnable each : wrong) {
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(each::run)
                    .withMessageMatching("Milvus 2\\.3\\.\\S+ does not offer sparse vectors");
        }
        List<Entity> rows =
                List.of(Entity.of(Id.of("one")).with("meaning", Vector.of(1, 0)).with("body", "a fox"));
        assertThat(texts.complete(schema, rows)).isSameAs(rows);
        assertThat(texts.fitted(schema)).isEmpty();
    }
}
