package dev.milvuso.vector.tenant;

import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.milvus.MilvusServer;
import dev.milvuso.vector.milvus.MilvusVectorStore;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** The contract of tenants on a real Milvus, kept apart in each way. */
final class MilvusTenantsIT {
    private static VectorStore milvus() {
        return new MilvusVectorStore(MilvusServer.shared().config("consistency_level=Strong"));
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

    @Nested
    final class ByPartitionKey extends FewerCalls {
        @Override
        protected Tenants tenants(VectorStore store) {
            return Tenants.byPartitionKey(store);
        }
    }
}
