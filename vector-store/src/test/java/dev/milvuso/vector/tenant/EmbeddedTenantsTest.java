package dev.milvuso.vector.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.KeyField;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.Path;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class EmbeddedTenantsTest {
    @Nested
    final class ByDatabase extends TenantsContract {
        @Override
        protected VectorStore open() {
            return EmbeddedVectorStore.inMemory();
        }

        @Override
        protected Tenants tenants(VectorStore store) {
            return Tenants.byDatabase(store);
        }
    }

    @Nested
    final class ByCollection extends TenantsContract {
        @Override
        protected VectorStore open() {
            return EmbeddedVectorStore.inMemory();
        }

        @Override
        protected Tenants tenants(VectorStore store) {
            return Tenants.byCollection(store);
        }
    }

    @Nested
    final class ByField extends TenantsContract {
        @Override
        protected VectorStore open() {
            return EmbeddedVectorStore.inMemory();
        }

        @Override
        protected Tenants tenants(VectorStore store) {
            return Tenants.byField(store);
        }
    }

    @Nested
    final class ByPartitionKey extends TenantsContract {
        @Override
        protected VectorStore open() {
            return EmbeddedVectorStore.inMemory();
        }

        @Override
        protected Tenants tenants(VectorStore store) {
            return Tenants.byPartitionKey(store);
        }
    }

    private final VectorStore store = EmbeddedVectorStore.inMemory();
    private final TenantStore mine = Tenants.byField(store).tenant("mine");
    private final TenantStore theirs = Tenants.byField(store).tenant("theirs");

    private static CollectionSchema schema(KeyField key) {
        return CollectionSchema.named("rows")
                .key(key)
                .vector("vector", 2, Metric.EUCLIDEAN)
                .dynamic()
                .build();
    }

    private static Entity row() {
        return Entity.withoutKey().with("vector", Vector.of(1, 1));
    }

    @Test
    void rowsWithKeysOfTheStoresOwnAreKeptApart() {
        mine.create(schema(KeyField.GENERATED));
        Id key = mine.insert("rows", List.of(row())).get(0);
        Id their = theirs.insert("rows", List.of(row())).get(0);
        assertThat(mine.get("rows", List.of(key, their), Output.ALL))
                .extracting(Entity::key)
                .containsExactly(Optional.of(key));
        mine.deleteKeys("rows", List.of(their));
        mine.deleteWhere("rows", Path.of("id").is(their.plain()));
        mine.deleteWhere("rows", Filter.not(Path.of("id").is(key.plain())));
        assertThat(theirs.count("rows")).isEqualTo(1);
        assertThat(mine.count("rows")).isEqualTo(1);
    }

    @Test
    void numbersForKeysCannotBeShared() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> mine.create(schema(KeyField.INTEGER)))
                .withMessageContaining("need texts");
    }

    @Test
    void theFieldThatSaysWhoseARowIsIsNotThere() {
        mine.create(schema(KeyField.TEXT));
        Entity row = Entity.of(Id.of("1")).with("vector", Vector.of(1, 1));
        mine.insert("rows", List.of(row));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> mine.upsert("rows", List.of(row.with("milvuso_tenant", (Object) "t_theirs"))))
                .withMessage("there is no field milvuso_tenant");
        for (Filter filter : List.of(
                Path.of("milvuso_tenant").is("t_theirs"),
                Filter.not(Path.of("milvuso_tenant").is("t_mine")),
                Filter.or(Path.of("x").isNull(), Path.of("milvuso_tenant").startsWith("t")))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> mine.query("rows", QueryRequest.where(filter)))
                    .withMessage("there is no field milvuso_tenant");
        }
        assertThat(mine.query("rows", QueryRequest.everything().output(Output.of("milvuso_tenant"))))
                .containsExactly(Entity.of(Id.of("1")));
        assertThat(mine.query("rows", QueryRequest.everything())).containsExactly(row);
    }

    @Test
    void collectionsThatAreNotSharedAreNotThere() {
        store.create(schema(KeyField.TEXT));
        assertThat(mine.list()).isEmpty();
        assertThat(mine.describe("rows")).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> mine.count("rows"))
                .withMessage("there is no collection rows");
        mine.drop("rows");
        assertThat(store.describe("rows")).isPresent();
    }

    @Test
    void longKeysOfFieldsFitAsLongAsTheTenantMadeThem() {
        mine.create(schema(new KeyField("id", new Field.Type.Text(10), false)));
        mine.upsert("rows", List.of(Entity.of(Id.of("0123456789")).with("vector", Vector.of(1, 1))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> mine.upsert(
                        "rows", List.of(Entity.of(Id.of("0123456789a")).with("vector", Vector.of(1, 1)))))
                .withMessageContaining("10 bytes");
    }
}
