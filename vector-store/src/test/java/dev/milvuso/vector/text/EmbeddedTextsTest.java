package dev.milvuso.vector.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.cache.ForwardingVectorStore;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import dev.milvuso.vector.tenant.Tenancy;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Texts in the embedded engine, and in a tenant's part of it. */
final class EmbeddedTextsTest {
    private static VectorStore memory() {
        return EmbeddedVectorStore.inMemory();
    }

    @Nested
    final class OfAll extends TextsContract {
        @Override
        protected VectorStore open() {
            return memory();
        }
    }

    @Nested
    final class ByDatabase extends TenantTextsContract {
        ByDatabase() {
            super(memory(), Tenancy.DATABASE);
        }
    }

    @Nested
    final class ByCollection extends TenantTextsContract {
        ByCollection() {
            super(memory(), Tenancy.COLLECTION);
        }
    }

    @Nested
    final class ByField extends TenantTextsContract {
        ByField() {
            super(memory(), Tenancy.FIELD);
        }
    }

    @Nested
    final class ByPartitionKey extends TenantTextsContract {
        ByPartitionKey() {
            super(memory(), Tenancy.PARTITION_KEY);
        }
    }

    /** Each is a call to a server, with every insert. */
    @Test
    void whatWasFittedIsReadAtOnceHoweverManyVectorsThereAre() {
        AtomicInteger reads = new AtomicInteger();
        CollectionSchema schema = CollectionSchema.named("rows")
                .vector("one", new VectorField.Type.Sparse())
                .vector("two", new VectorField.Type.Sparse())
                .vector("three", new VectorField.Type.Sparse())
                .field("body", Field.Type.TEXT)
                .build();
        try (VectorStore counting = new ForwardingVectorStore(memory()) {
            @Override
            public List<Entity> get(String collection, Collection<Id> keys, Output output) {
                reads.incrementAndGet();
                return super.get(collection, keys, output);
            }
        }) {
            counting.create(schema);
            CollectionTexts texts = new CollectionTexts(counting);
            texts.fit("rows", "body", "three");
            texts.fit("rows", "body", "one");
            reads.set(0);
            assertThat(texts.fitted(schema)).extracting(Bm25Field::vector).containsExactly("one", "three");
            assertThat(reads).hasValue(1);
        }
    }
}
