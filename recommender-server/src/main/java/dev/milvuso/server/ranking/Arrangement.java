package dev.milvuso.server.ranking;

import dev.milvuso.config.RankingConfig;
import dev.milvuso.server.catalogue.Codes;
import dev.milvuso.server.recommend.Candidates;
import dev.milvuso.server.recommend.Choice;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.recommend.Visit;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Puts a list together place by place: what chance has put at its place stays there, sources with a quota get theirs,
 * and every other place goes to the candidate that adds most to those above it, within the cap of its category. An item
 * of a source with a quota is in the list by that quota only, unless nothing else is left.
 */
public final class Arrangement implements Choice {
    private final RankingConfig config;
    private final Quotas quotas;
    private final ItemSpace space;
    private final ConcurrentLinkedQueue<Pool> pools = new ConcurrentLinkedQueue<>();

    /** @param shares of a list's places by the source's place in the pipeline; 0: the source competes by score */
    public Arrangement(RankingConfig config, double[] shares, ItemSpace space) {
        this.config = config;
        this.quotas = new Quotas(shares.clone());
        this.space = space;
    }

    /** Five times the list or 200 more: to differ or to be capped, an item must have others to give way to. */
    @Override
    public int pool(Query query) {
        int count = query.count();
        return diversity(query) == 0 && cap(query) == 0 ? count : Math.min(5 * count, count + 200);
    }

    private double diversity(Query query) {
        return query.diversity().orElse(config.diversity());
    }

    /** 0: none. A list that is asked for by category is of that category. */
    private int cap(Query query) {
        return query.categories().isEmpty() ? config.categoryCap() : 0;
    }

    @Override
    public void choose(Visit visit, Candidates candidates) {
        double diversity = diversity(visit.query());
        int cap = cap(visit.query());
        if (cap > 0) {
            visit.fits().also(slot -> isBelow(cap, visit, candidates, slot));
        }
        if (diversity == 0 && cap == 0 && quotas.isEmpty()) {
            candidates.cut(visit.query().count());
            return;
        }
        Pool free = pools.poll();
        Pool pool = free == null ? new Pool(space) : free;
        try {
            pool.fill(visit, candidates, diversity > 0);
            new Arranging(pool, candidates, quotas, cap, gain(diversity))
                    .arrange(visit.query().count());
        } finally {
            pool.clear();
            pools.add(pool);
        }
    }

    private Gain gain(double diversity) {
        if (diversity == 0) {
            return Gain.RANK;
        }
        return config.diversityBy().equals("dpp") ? new Determinant(diversity) : new MarginalRelevance(diversity);
    }

    /** Of one more item, beside those that are in the list. */
    private static boolean isBelow(int cap, Visit visit, Candidates candidates, int slot) {
        int category = Pool.category(visit, slot);
        if (category == Codes.NONE) {
            return true;
        }
        int taken = 0;
        for (int row = 0; row < candidates.size(); row++) {
            taken += Pool.category(visit, candidates.slot(row)) == category ? 1 : 0;
        }
        return taken < cap;
    }
}
