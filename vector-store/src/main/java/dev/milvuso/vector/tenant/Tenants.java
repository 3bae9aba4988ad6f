package dev.milvuso.vector.tenant;

import dev.milvuso.vector.Feature;
import dev.milvuso.vector.VectorStore;

/** The tenants of a store, kept apart in one way or another. Safe for use by many threads. */
@FunctionalInterface
public interface Tenants {
    /**
     * @param tenant any text that is not empty, of up to about 40 letters of any kind or 128 of the plainest
     * @return what is that tenant's, to be closed by the caller, which leaves the store open
     * @throws IllegalArgumentException if the name is empty, too long or no well-formed text
     */
    TenantStore tenant(String tenant);

    /**
     * A database for each: apart in everything, and as many as the server can have databases (64 in Milvus unless it is
     * told otherwise). The first call for a tenant makes its database.
     *
     * @throws UnsupportedOperationException if the store has no databases
     */
    static Tenants byDatabase(VectorStore store) {
        Feature.DATABASES.demand(store.features(), "this store");
        return tenant -> {
            String database = TenantName.of(tenant).plain();
            store.createDatabase(database);
            return new NamedTenantStore(store.database(database), "", true);
        };
    }

    /** Collections for each, whose names begin with the tenant's: other schemas, for thousands of tenants at most. */
    static Tenants byCollection(VectorStore store) {
        return tenant -> new NamedTenantStore(store, TenantName.of(tenant).plain() + "__", false);
    }

    /**
     * The same collections for all, in which a field says whose a row is: for any number of tenants. Names and schemas
     * of collections are everybody's. Keys are texts, or numbers that the store makes.
     */
    static Tenants byField(VectorStore store) {
        return tenant -> new SharedTenantStore(store, TenantName.of(tenant), false);
    }

    /**
     * As {@link #byField}, with that field as the collections' partition key: a server then looks only where the
     * tenant's rows are.
     */
    static Tenants byPartitionKey(VectorStore store) {
        return tenant -> new SharedTenantStore(store, TenantName.of(tenant), true);
    }
}
