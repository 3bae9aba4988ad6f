package dev.milvuso.server.recommend;

import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.server.catalogue.ItemTable;
import java.util.List;
import java.util.Optional;

/** One request on its way through the pipeline. For one thread. */
public final class Visit {
    private static final List<String> TIERS = List.of("memory", "redis", "milvus");

    private final Visitor visitor;
    private final Query query;
    private final Optional<ModelVersion> version;
    private final ItemTable items;
    private final Fits fits;
    private final Making making;
    private String tier;

    /** @param version of the model that is served; empty while there is none */
    Visit(Visitor visitor, Query query, Optional<ModelVersion> version, ItemTable items, Fits fits, Making making) {
        this.visitor = visitor;
        this.query = query;
        this.version = version;
        this.items = items;
        this.fits = fits;
        this.making = making;
        this.tier = visitor.tier();
    }

    public Visitor visitor() {
        return visitor;
    }

    public Query query() {
        return query;
    }

    /** Empty while no model is served. */
    public Optional<ModelVersion> version() {
        return version;
    }

    public ItemTable items() {
        return items;
    }

    /** Which items may be in the list; every source keeps to it. */
    public Fits fits() {
        return fits;
    }

    /** How much time is left, and whom to ask within it. */
    public Making making() {
        return making;
    }

    /**
     * Notes that a tier was needed.
     *
     * @param needed {@code memory}, {@code redis} or {@code milvus}
     */
    public void needed(String needed) {
        if (TIERS.indexOf(needed) > TIERS.indexOf(tier)) {
            tier = needed;
        }
    }

    /** The slowest tier that was needed. */
    public String tier() {
        return tier;
    }
}
