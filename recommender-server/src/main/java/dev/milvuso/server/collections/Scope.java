package dev.milvuso.server.collections;

import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.tenant.Tenancy;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which part of the store is meant.
 *
 * @param database none means the one it is connected to
 * @param tenant whose part of it; none means all
 * @param tenancy how tenants are kept apart
 */
public record Scope(Optional<String> database, Optional<String> tenant, Tenancy tenancy) {
    /** @throws Refusal if there is no such database, or no tenant can be called so */
    <T> T in(VectorStore store, Function<VectorStore, T> operation) {
        if (database.isEmpty()) {
            return inTenant(store, operation);
        }
        if (!store.databases().contains(database.get())) {
            throw new Refusal(404, "database", "there is no database " + database.get());
        }
        try (VectorStore other = store.database(database.get())) {
            return inTenant(other, operation);
        }
    }

    private <T> T inTenant(VectorStore store, Function<VectorStore, T> operation) {
        if (tenant.isEmpty()) {
            return operation.apply(store);
        }
        try (VectorStore theirs = view(store, tenant.get())) {
            return operation.apply(theirs);
        }
    }

    private VectorStore view(VectorStore store, String name) {
        try {
            return tenancy.view(store, name);
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, "tenant", String.valueOf(e.getMessage()));
        }
    }
}
