package dev.milvuso.vector.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.KeyField;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.tenant.Tenancy;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The same in a tenant's part of a store, which says nothing of another's words. */
abstract class TenantTextsContract extends TextsContract {
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final VectorStore whole;
    private final Tenancy way;

    /** @param whole of which the tenants have parts; closed here */
    TenantTextsContract(VectorStore whole, Tenancy way) {
        this.whole = whole;
        this.way = way;
    }

    private String tenant(String tenant) {
        return tenant + run;
    }

    @Override
    protected VectorStore open() {
        return way.view(whole, tenant("own"));
    }

    @Override
    protected void cleanUp() {
        super.cleanUp();
        way.drop(whole, tenant("own"));
        way.drop(whole, tenant("other"));
        whole.close();
    }

    @Test
    void whatATenantCountsIsNoOneElses() {
        CollectionSchema schema = CollectionSchema.named(name)
                .key(new KeyField("id", new Field.Type.Text(64), false))
                .vector("words", new VectorField.Type.Sparse())
                .field("body", Field.Type.TEXT)
                .build();
        try (VectorStore other = way.view(whole, tenant("other"))) {
            fill(store(), schema, "brown bread");
            fill(other, schema, "brown bread", "brown fox", "secret");
            assertThat(new CollectionTexts(store()).fitted(schema))
                    .extracting(Bm25Field::documents)
                    .containsExactly(1L);
            assertThat(search(store(), schema, "secret bread")).hasSize(1);
            assertThat(search(store(), schema, "secret")).isEmpty();
            assertThat(search(other, schema, "brown")).hasSize(2);
            new CollectionTexts(store()).forget(schema);
            assertThat(search(other, schema, "secret")).hasSize(1);
        }
    }

    private void fill(VectorStore store, CollectionSchema schema, String... bodies) {
        store.create(schema);
        CollectionTexts texts = new CollectionTexts(store);
        texts.fit(name, "body", "words");
        for (String body : bodies) {
            Entity row = Entity.of(Id.of(body)).with("body", body);
            List<Id> unused = store.insert(name, Optional.empty(), texts.complete(schema, List.of(row)));
        }
        texts.fit(name, "body", "words");
    }

    private List<Hit> search(VectorStore store, CollectionSchema schema, String text) {
        Vector query = new CollectionTexts(store).query(schema, schema.vector(Optional.of("words")), text);
        return store.search(name, SearchRequest.of(query).in("words").k(10).build());
    }
}
