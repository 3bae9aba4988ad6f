package dev.milvuso.server.quality;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How good lists were that were served within a window.
 *
 * @param since from when on lists are counted, ISO 8601: later than the window's begin if less of the log has been read
 * @param by the name of the slice; null if none was asked for
 * @param all over all lists
 * @param slices by value; empty if none was asked for
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record QualityReport(
        String window, String since, int k, @Nullable String by, Figures all, List<Part> slices) {
    /** The lists, or the items, of one value of the slice. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Part(String value, Figures figures) {}

    /**
     * Rates; null where nothing has happened that a rate could be of, and numbers of lists where single items are told
     * apart. A relevant item is one with an action in favour ({@link ListMeasures} has the formulas).
     * {@code precision}, {@code recall}, {@code ndcg} and {@code map} of a source or a position are what its items add
     * to those of all lists: over all sources, or all positions, they sum up to them.
     *
     * @param lists served lists
     * @param answered lists that anything relevant followed, listed or not
     * @param shown shown items, an item counting in each list
     * @param ctr shown items with a click / shown
     * @param debiasedCtr Σ over clicked items of 1 / (how likely their position is to be looked at, against the first)
     *     / shown: the CTR if all positions were looked at like the first (Joachims et al., WSDM 2017)
     * @param listCtr lists with a click / lists
     * @param conversion shown items with a conversion / shown
     * @param engagement shown items with any action in favour / shown
     * @param refusal shown items with an action against them / shown
     * @param precision mean over lists
     * @param recall mean over answered lists, as are {@code ndcg}, {@code debiasedNdcg} and {@code map}
     * @param coverage distinct items shown / items in the catalogue, at most 1; estimated, standard error 2.3 %
     * @param diversity 1 - the share of K that a list has in common with the one served before it to another user, mean
     * @param intraListDiversity mean distance of two items of a list, mean over lists
     * @param novelty bits: mean of -log2 of the items' shares of popularity
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Figures(
            @Nullable Long lists,
            @Nullable Long answered,
            long shown,
            long clicks,
            long conversions,
            @Nullable Double ctr,
            @Nullable Double debiasedCtr,
            @Nullable Double listCtr,
            @Nullable Double conversion,
            @Nullable Double engagement,
            @Nullable Double refusal,
            @Nullable Double precision,
            @Nullable Double recall,
            @Nullable Double ndcg,
            @Nullable Double debiasedNdcg,
            @Nullable Double map,
            @Nullable Double coverage,
            @Nullable Double diversity,
            @Nullable Double intraListDiversity,
            @Nullable Double novelty) {

        /** @param measured what the measures of lists are means over */
        static Figures of(Tally sum, Tally measured, int catalogue, boolean ofLists) {
            return new Figures(
                    ofLists ? sum.lists : null,
                    ofLists ? sum.answered : null,
                    sum.shown,
                    sum.clicks,
                    sum.conversions,
                    rate(sum.clicks, sum.shown),
                    rate(sum.debiasedClicks, sum.shown),
                    rate(sum.clickedLists, sum.lists),
                    rate(sum.conversions, sum.shown),
                    rate(sum.favours, sum.shown),
                    rate(sum.againsts, sum.shown),
                    rate(sum.precision, measured.lists),
                    rate(sum.recall, measured.answered),
                    rate(sum.ndcg, measured.answered),
                    rate(sum.debiasedNdcg, sum.answered),
                    rate(sum.averagePrecision, measured.answered),
                    catalogue == 0 ? null : (Double) Math.min(1, sum.distinctItems() / catalogue),
                    sum.overlaps == 0 ? null : (Double) (1 - sum.overlap / sum.overlaps),
                    rate(sum.distance, sum.comparable),
                    rate(sum.surprise, sum.surprising));
        }

        private static @Nullable Double rate(long part, long of) {
            return rate((double) part, of);
        }

        private static @Nullable Double rate(double sum, long of) {
            return of == 0 ? null : (Double) (sum / of);
        }
    }

    static QualityReport of(Bucket sum, TimeWindow window, Optional<Slice> by, long since, int k, int catalogue) {
        List<Part> parts = new ArrayList<>();
        by.ifPresent(slice -> sum.by(slice)
                .forEach((value, tally) -> parts.add(new Part(value, figures(sum, tally, slice, catalogue)))));
        return new QualityReport(
                window.label(),
                Instant.ofEpochMilli(since).toString(),
                k,
                by.map(Slice::label).orElse(null),
                Figures.of(sum.all(), sum.all(), catalogue, true),
                parts);
    }

    private static Figures figures(Bucket sum, Tally part, Slice slice, int catalogue) {
        return slice.isOfLists()
                ? Figures.of(part, part, catalogue, true)
                : Figures.of(part, sum.all(), catalogue, false);
    }
}
