package dev.milvuso.vector.text;

import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.milvus.MilvusServer;
import dev.milvuso.vector.milvus.MilvusVectorStore;
import dev.milvuso.vector.tenant.Tenancy;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Texts on Milvus Lite, and in a tenant's part of it. */
final class LiteTextsIT {
    /**
     * The words of all tenants stand in one collection, made as the first of them needs it, who must be one at a time.
     */
    private static final String WORDS_OF_TENANTS = "words of tenants";

    private static VectorStore lite() {
        return new MilvusVectorStore(MilvusServer.lite().config("consistency_level=Strong"));
    }

    @Nested
    final class OfAll extends TextsContract {
        @Override
        protected VectorStore open() {
            return lite();
        }
    }

    @Nested
    final class ByDatabase extends TenantTextsContract {
        ByDatabase() {
            super(lite(), Tenancy.DATABASE);
        }
    }

    @Nested
    final class ByCollection extends TenantTextsContract {
        ByCollection() {
            super(lite(), Tenancy.COLLECTION);
        }
    }

    @Nested
    @ResourceLock(WORDS_OF_TENANTS)
    final class ByField extends TenantTextsContract {
        ByField() {
            super(lite(), Tenancy.FIELD);
        }
    }

    @Nested
    @ResourceLock(WORDS_OF_TENANTS)
    final class ByPartitionKey extends TenantTextsContract {
        ByPartitionKey() {
            super(lite(), Tenancy.PARTITION_KEY);
        }
    }
}
