package dev.milvuso.vector.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.milvus.MilvusServer;
import dev.milvuso.vector.milvus.MilvusVectorStore;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract of tenants on a real Milvus, kept apart in each way. */
final class MilvusTenantsIT {
    private static VectorStore milvus() {
        return new MilvusVectorStore(MilvusServer.shared().config("consistency_level=Strong"));
    }

    @Test
    void aServerThatLooksForUpsertedRowsInWrongPlacesIsFoundOut() {
        try (VectorStore store = milvus()) {
            String name = "probed_" + UUID.randomUUID().toString().replace('-', '_');
            assertThatThrownBy(() -> Tenants.byPartitionKey(store)
                            .tenant("a")
                            .create(new CollectionSchema(name, 2, Metric.EUCLIDEAN, List.of())))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("by field, by collection or by database");
            assertThat(store.describe(name)).isEmpty();
            assertThat(store.list()).noneMatch(there -> there.startsWith("milvuso_probe_"));
        }
    }

    /** Each call takes some 20 ms of a server that other tests ask as well. */
    abstract static class FewerCalls extends TenantsContract {
        @Override
        protected VectorStore open() {
            return milvus();
        }

        @Override
        protected List<String> hostileTenants() {
            return List.of("canary_");
        }

        @Override
        protected List<String> hostileTexts() {
            return List.of("a", "\" or milvuso_tenant != \"");
        }
    }

    @Nested
    final class ByDatabase extends FewerCalls {
        @Override
        protected Tenants tenants(VectorStore store) {
            return Tenants.byDatabase(store);
        }
    }

    @Nested
    final class ByCollection extends FewerCalls {
        @Override
        protected Tenants tenants(VectorStore store) {
            return Tenants.byCollection(store);
        }
    }

    @Nested
    final class ByField extends FewerCalls {
        @Override
        protected Tenants tenants(VectorStore store) {
            return Tenants.byField(store);
        }
    }
}
