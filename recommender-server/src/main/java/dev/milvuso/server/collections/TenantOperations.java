package dev.milvuso.server.collections;

import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.tenant.Tenancy;

/** The tenants of the store. What one has is asked for with {@code ?tenant=} on the other routes. */
record TenantOperations(Tenancy tenancy) {
    private static final String TENANT = "tenant";

    Reply list(VectorStore store, Request request) {
        return CollectionOperations.names("tenants", tenancy.list(store));
    }

    /** Where each has a database, it is made; elsewhere nothing needs to be there. */
    Reply create(VectorStore store, Request request) {
        return named(() -> tenancy.of(store).tenant(name(request)).close());
    }

    /** With all that it has; 404 where it is known that there is no such tenant. */
    Reply drop(VectorStore store, Request request) {
        String tenant = name(request);
        boolean isListed = tenancy == Tenancy.DATABASE || tenancy == Tenancy.COLLECTION;
        if (isListed && !tenant.isEmpty() && !tenancy.list(store).contains(tenant)) {
            throw new Refusal(404, TENANT, "there is no tenant " + tenant);
        }
        return named(() -> tenancy.drop(store, name(request)));
    }

    private static String name(Request request) {
        return request.path().getOrDefault(TENANT, "");
    }

    private static Reply named(Runnable change) {
        try {
            change.run();
            return Reply.DONE;
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, TENANT, String.valueOf(e.getMessage()));
        }
    }
}
