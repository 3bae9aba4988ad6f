package dev.milvuso.server.quality;

import org.jspecify.annotations.Nullable;

/** Sums over some lists, or over the items of them that stand at one position or come from one source. */
final class Tally {
    long lists;
    long answered;
    long clickedLists;
    long shown;
    long clicks;
    long conversions;
    long favours;
    long againsts;
    double debiasedClicks;
    double precision;
    double recall;
    double ndcg;
    double averagePrecision;
    double debiasedNdcg;
    double surprise;

    /** Shown items whose surprise is known. */
    long surprising;

    double distance;
    long comparable;
    double overlap;
    long overlaps;
    private @Nullable ItemSketch items;

    void item(long hash) {
        ItemSketch sketch = items;
        if (sketch == null) {
            sketch = new ItemSketch();
            items = sketch;
        }
        sketch.add(hash);
    }

    double distinctItems() {
        return items == null ? 0 : items.count();
    }

    /** @param weight what the click counts without the bias of its position */
    void followed(int added, double weight) {
        if ((added & Meaning.CLICK) != 0) {
            clicks++;
            debiasedClicks += weight;
        }
        conversions += (added & Meaning.CONVERSION) != 0 ? 1 : 0;
        favours += (added & Meaning.FAVOUR) != 0 ? 1 : 0;
        againsts += (added & Meaning.AGAINST) != 0 ? 1 : 0;
    }

    /** The measures of a list that counts here already have changed, or what an item adds to them. */
    void changed(ListMeasures before, ListMeasures now) {
        answered += (now.answered() ? 1 : 0) - (before.answered() ? 1 : 0);
        precision += now.precision() - before.precision();
        recall += now.recall() - before.recall();
        ndcg += now.ndcg() - before.ndcg();
        averagePrecision += now.averagePrecision() - before.averagePrecision();
        debiasedNdcg += now.debiasedNdcg() - before.debiasedNdcg();
    }

    void add(Tally other) {
        lists += other.lists;
        answered += other.answered;
        clickedLists += other.clickedLists;
        shown += other.shown;
        clicks += other.clicks;
        conversions += other.conversions;
        favours += other.favours;
        againsts += other.againsts;
        debiasedClicks += other.debiasedClicks;
        precision += other.precision;
        recall += other.recall;
        ndcg += other.ndcg;
        averagePrecision += other.averagePrecision;
        debiasedNdcg += other.debiasedNdcg;
        surprise += other.surprise;
        surprising += other.surprising;
        distance += other.distance;
        comparable += other.comparable;
        overlap += other.overlap;
        overlaps += other.overlaps;
        if (other.items != null) {
            items = items == null ? new ItemSketch() : items;
            items.add(other.items);
        }
    }
}
