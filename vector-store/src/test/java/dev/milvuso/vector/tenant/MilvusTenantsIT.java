package dev.milvuso.vector.tenant;

import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.milvus.MilvusServer;
import dev.milvuso.vector.milvus.MilvusVectorStore;
import org.junit.jupiter.api.Nested;

/** The contract of tenants on a real Milvus, kept apart in each way. */
final class MilvusTenantsIT {
    private static VectorStore milvus() {
        return new MilvusVectorStore(MilvusServer.shared().config("consistency_level=Strong"));
    }

    @Nested
    final class ByDatabase extends TenantsContract {
        @Override
        protected VectorStore open() {
            return milvus();
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
            return milvus();
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
            return milvus();
        }

        @Override
        protected Tenants tenants(VectorStore store) {
            return Tenants.byField(store);
        }
    }
}
