package dev.milvuso.vector.tenant;

import dev.milvuso.vector.VectorStore;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ways to keep tenants apart, by name. */
public enum Tenancy {
    /** {@link Tenants#byDatabase}. */
    DATABASE,
    /** {@link Tenants#byCollection}. */
    COLLECTION,
    /** {@link Tenants#byField}. */
    FIELD,
    /** {@link Tenants#byPartitionKey}. */
    PARTITION_KEY;

    private static final String BETWEEN = "__";

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException naming the ways there are */
    public static Tenancy named(String label) {
        return Arrays.stream(values())
                .filter(way -> way.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("tenancy is " + label + ": must be one of "
                        + Arrays.stream(values()).map(Tenancy::label).collect(Collectors.joining(", "))));
    }

    public Tenants of(VectorStore store) {
        return switch (this) {
            case DATABASE -> Tenants.byDatabase(store);
            case COLLECTION -> Tenants.byCollection(store);
            case FIELD -> Tenants.byField(store);
            case PARTITION_KEY -> Tenants.byPartitionKey(store);
        };
    }

    /** A tenant's part of a store as a store. The caller closes it, which leaves the store open. */
    public VectorStore view(VectorStore store, String tenant) {
        return new TenantVectorStore(of(store).tenant(tenant), store);
    }

    /**
     * Those that have something, in order.
     *
     * @throws UnsupportedOperationException where tenants share collections, as nothing but their rows says whose they
     *     are
     */
    public List<String> list(VectorStore store) {
        Stream<String> names = switch (this) {
            case DATABASE -> store.databases().stream();
            case COLLECTION -> store.list().stream().map(Tenancy::beforeTheCollection);
            case FIELD, PARTITION_KEY ->
                throw new UnsupportedOperationException(
                        "tenants by " + label() + " are not listed: nothing but their rows says whose they are");
        };
        return names.map(TenantName::read)
                .flatMap(Optional::stream)
                .distinct()
                .sorted()
                .toList();
    }

    /** Behind the first two characters a tenant's encoded name never has {@code __}. */
    private static String beforeTheCollection(String name) {
        int end = name.indexOf(BETWEEN, 2);
        return end < 0 ? "" : name.substring(0, end);
    }

    /** Drops all that a tenant has; nothing if that is nothing. */
    public void drop(VectorStore store, String tenant) {
        if (this == DATABASE
                && !store.databases().contains(TenantName.of(tenant).plain())) {
            return;
        }
        try (TenantStore theirs = of(store).tenant(tenant)) {
            theirs.list().forEach(theirs::drop);
        }
        if (this == DATABASE) {
            store.dropDatabase(TenantName.of(tenant).plain());
        }
    }
}
