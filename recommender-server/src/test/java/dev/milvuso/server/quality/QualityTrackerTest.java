package dev.milvuso.server.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.milvuso.action.ServedList;
import dev.milvuso.action.UserEvent;
import dev.milvuso.server.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QualityTrackerTest {
    private static final long START = Instant.parse("2026-01-31T12:00:00Z").toEpochMilli();
    private static final Duration WINDOW = Duration.ofMinutes(30);
    private static final int K = 5;
    private static final double EXACT = 1e-9;

    private final ManualClock clock = new ManualClock();
    private final List<String> told = new ArrayList<>();

    private final class Told implements Following {
        @Override
        public void served(OpenList list) {
            told.add("served " + list.user());
        }

        @Override
        public void followed(OpenList list, int position, int added) {
            told.add(list.user() + " " + position + " " + added);
        }
    }

    private QualityTracker tracker(int openLists, Examination examination) {
        return new QualityTracker(
                new QualityTracker.Settings(WINDOW, K, openLists, 20),
                Site.MEANING,
                new Site.NumberedItems(),
                examination,
                new Told(),
                clock);
    }

    private QualityTracker tracker() {
        return tracker(100_000, Examination.EVEN);
    }

    private QualityReport.Figures hour(QualityTracker tracker) {
        return tracker.report(TimeWindow.HOUR, Optional.empty()).all();
    }

    @Test
    void noveltyAndDistanceAreThoseOfTheFirstThousandListsOfASecond() {
        QualityTracker tracker = tracker();
        clock.goOn(Duration.ofMillis(START - clock.millis()));
        for (int i = 0; i < 1500; i++) {
            String[] items = i < 1000 ? new String[] {"0", "50"} : new String[] {"6", "16"};
            tracker.happened(Site.list("r" + i, "u" + i, START, items));
        }
        assertThat(hour(tracker).shown()).isEqualTo(3000);
        assertThat(hour(tracker).novelty()).isCloseTo((1 + 1 + 50 % 7) / 2.0, within(EXACT));
        assertThat(hour(tracker).intraListDiversity()).isCloseTo(0.5, within(EXACT));
        clock.goOn(Duration.ofSeconds(1));
        for (int i = 0; i < 1000; i++) {
            tracker.happened(Site.list("s" + i, "u" + i, START, "6", "16"));
        }
        assertThat(hour(tracker).intraListDiversity()).isCloseTo(0.3, within(EXACT));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyFigureIsThatOfAComputationOverTheWholeLog(long seed) {
        List<UserEvent> log = Site.log(
                new Random(seed), 3000, START, START + Duration.ofHours(20).toMillis());
        QualityTracker tracker = tracker();
        BruteForce truth = new BruteForce(log, WINDOW.toMillis(), K);
        for (UserEvent event : log) {
            clock.goOn(Duration.between(clock.instant(), event.timestamp()));
            tracker.happened(event);
            if (event.timestamp().toEpochMilli() % 5 == 0) {
                tracker.live();
            }
        }
        for (TimeWindow window : TimeWindow.values()) {
            // All lists of the last sixty sixtieths, the present one not whole.
            long width = window.length().toMillis() / 60;
            long begin = (Math.floorDiv(clock.millis(), width) - 59) * width;
            Predicate<ServedList> within = list -> list.timestamp().toEpochMilli() >= begin;
            check(tracker.report(window, Optional.empty()).all(), truth, within);
            slices(tracker, window, Slice.SOURCE)
                    .forEach((source, figures) -> checkPart(
                            figures,
                            truth,
                            within,
                            (list, i) -> list.items().get(i).source().equals(source)));
            slices(tracker, window, Slice.POSITION)
                    .forEach((position, figures) ->
                            checkPart(figures, truth, within, (list, i) -> i == Integer.parseInt(position) - 1));
            checkSums(tracker, window, Slice.SOURCE);
            checkSums(tracker, window, Slice.POSITION);
            slices(tracker, window, Slice.MODEL_VERSION)
                    .forEach((version, figures) -> check(
                            figures,
                            truth,
                            within.and(list -> list.modelVersion().equals(version))));
            slices(tracker, window, Slice.VARIANT)
                    .forEach((variant, figures) -> check(
                            figures,
                            truth,
                            within.and(list -> variant.equals(
                                    "colour/" + list.origin().variants().get("colour")))));
        }
    }

    private static Map<String, QualityReport.Figures> slices(QualityTracker tracker, TimeWindow window, Slice slice) {
        return tracker.report(window, Optional.of(slice)).slices().stream()
                .collect(java.util.stream.Collectors.toMap(QualityReport.Part::value, QualityReport.Part::figures));
    }

    private static void check(QualityReport.Figures figures, BruteForce truth, Predicate<ServedList> lists) {
        assertThat(figures.lists()).isEqualTo(truth.count(lists));
        if (truth.count(lists) == 0) {
            return;
        }
        checkItems(figures, truth, lists, (list, i) -> true);
        assertThat(figures.precision()).isCloseTo(truth.mean(lists, truth::precision), within(EXACT));
        assertClose(figures.recall(), truth.mean(lists, truth::recall));
        assertClose(figures.ndcg(), truth.mean(lists, truth::ndcg));
        assertClose(figures.debiasedNdcg(), truth.mean(lists, truth::ndcg));
        assertClose(figures.map(), truth.mean(lists, truth::averagePrecision));
        assertThat(figures.coverage()).isCloseTo(truth.distinct(lists) / 60.0, within(0.02));
    }

    /** What single items add to the measures of their lists. */
    private static void checkPart(
            QualityReport.Figures figures,
            BruteForce truth,
            Predicate<ServedList> lists,
            BiPredicate<ServedList, Integer> items) {
        checkItems(figures, truth, lists, items);
        assertClose(figures.precision(), truth.mean(lists, each -> truth.precision(each, items)));
        assertClose(figures.recall(), truth.mean(lists, each -> truth.recall(each, items)));
        assertClose(figures.ndcg(), truth.mean(lists, each -> truth.ndcg(each, items)));
        assertClose(figures.map(), truth.mean(lists, each -> truth.averagePrecision(each, items)));
        assertThat(figures.debiasedNdcg()).isNull();
        assertThat(figures.answered()).isNull();
    }

    private static void checkSums(QualityTracker tracker, TimeWindow window, Slice slice) {
        QualityReport report = tracker.report(window, Optional.of(slice));
        assertClose(
                report.all().ndcg(),
                report.all().ndcg() == null
                        ? Double.NaN
                        : report.slices().stream()
                                .mapToDouble(part ->
                                        Objects.requireNonNull(part.figures().ndcg()))
                                .sum());
    }

    private static void checkItems(
            QualityReport.Figures figures,
            BruteForce truth,
            Predicate<ServedList> lists,
            BiPredicate<ServedList, Integer> items) {
        assertClose(figures.ctr(), truth.rate("click", lists, items));
        assertClose(figures.debiasedCtr(), truth.rate("click", lists, items));
        assertClose(figures.conversion(), truth.rate("conversion", lists, items));
        assertClose(figures.engagement(), truth.rate("favour", lists, items));
        assertClose(figures.refusal(), truth.rate("against", lists, items));
    }

    private static void assertClose(@org.jspecify.annotations.Nullable Double value, double truth) {
        if (Double.isNaN(truth)) {
            assertThat(value).isNull();
        } else {
            assertThat(value).isCloseTo(truth, within(EXACT));
        }
    }

    @Test
    void theSameLogTwiceChangesNothing() {
        List<UserEvent> log = Site.log(new Random(9), 500, START, START + 60_000);
        clock.goOn(Duration.ofMinutes(1));
        QualityTracker tracker = tracker();
        log.forEach(tracker::happened);
        QualityReport once = tracker.report(TimeWindow.HOUR, Optional.of(Slice.POSITION));
        log.forEach(tracker::happened);
        assertThat(tracker.report(TimeWindow.HOUR, Optional.of(Slice.POSITION))).isEqualTo(once);
    }

    @Test
    void aLogReadAgainLongAfterwardsBringsNoListBack() {
        QualityTracker tracker = tracker();
        ServedList list = Site.list("r", "u", START, "1", "2");
        tracker.happened(list);
        clock.goOn(WINDOW.plusMinutes(2));
        tracker.live();
        tracker.happened(list);
        assertThat(hour(tracker).lists()).isEqualTo(1);
        assertThat(tracker.openLists()).isZero();
    }

    @Test
    void anActionThatArrivesBeforeItsListCounts() {
        QualityTracker tracker = tracker();
        tracker.happened(Site.action("Click", "u", "2", START, "r"));
        tracker.happened(Site.list("r", "u", START, "1", "2"));
        assertThat(hour(tracker).clicks()).isEqualTo(1);
        assertThat(told).containsExactly("served u", "u 1 " + (Meaning.CLICK | Meaning.FAVOUR));
    }

    @Test
    void nobodyElseCanAnswerAList() {
        QualityTracker tracker = tracker();
        tracker.happened(Site.list("r", "u", START, "1", "2"));
        tracker.happened(Site.action("Click", "v", "2", START, "r"));
        assertThat(hour(tracker).clicks()).isZero();
        assertThat(hour(tracker).answered()).isZero();
    }

    @Test
    void whatComesAfterTheWindowCountsForNothing() {
        QualityTracker tracker = tracker();
        tracker.happened(Site.list("r", "u", START, "1", "2"));
        clock.goOn(WINDOW.plusMillis(1));
        tracker.happened(Site.action("Click", "u", "2", clock.millis(), "r"));
        tracker.happened(Site.action("Click", "u", "2", clock.millis(), ""));
        assertThat(hour(tracker).clicks()).isZero();
        tracker.happened(Site.action("Click", "u", "2", START + WINDOW.toMillis(), ""));
        assertThat(hour(tracker).clicks()).isEqualTo(1);
    }

    @Test
    void clicksWeighMoreWhereFewLook() {
        QualityTracker tracker = tracker(100, position -> 1.0 / (position + 1));
        tracker.happened(Site.list("r", "u", START, "1", "2", "3"));
        tracker.happened(Site.action("Click", "u", "3", START, ""));
        tracker.happened(Site.action("Like", "u", "1", START, ""));
        QualityReport.Figures figures = hour(tracker);
        assertThat(figures.ctr()).isCloseTo(1 / 3.0, within(EXACT));
        assertThat(figures.debiasedCtr()).isCloseTo(3 / 3.0, within(EXACT));
        double second = Math.log(2) / Math.log(3);
        assertThat(figures.ndcg()).isCloseTo((1 + 0.5) / (1 + second), within(EXACT));
        assertThat(figures.debiasedNdcg()).isCloseTo((1 + 3 * 0.5) / (3 + second), within(EXACT));
    }

    @Test
    void moreListsThanFitMakeTheOldestCloseEarlyAndNothingElseBreaks() {
        QualityTracker tracker = tracker(10, Examination.EVEN);
        for (int i = 0; i < 1000; i++) {
            tracker.happened(Site.list("r" + i, "u" + i % 3, START, "1", "2"));
        }
        tracker.happened(Site.action("Click", "u0", "1", START, "r0"));
        tracker.happened(Site.action("Click", "u0", "1", START, "r999"));
        assertThat(tracker.openLists()).isEqualTo(10);
        assertThat(hour(tracker).lists()).isEqualTo(1000);
        assertThat(hour(tracker).clicks()).isEqualTo(1);
    }

    @Test
    void moreActionsWithoutAListThanFitAreForgottenOldestFirst() {
        QualityTracker tracker = tracker();
        for (int i = 0; i <= Attribution.MOST_WAITING; i++) {
            tracker.happened(Site.action("Click", "u", "1", START + i, "r" + i));
        }
        clock.goOn(Duration.ofMinutes(1));
        tracker.happened(Site.list("r0", "u", START, "1"));
        tracker.happened(Site.list("r1", "u", START, "1"));
        assertThat(hour(tracker).clicks()).isEqualTo(1);
    }

    @Test
    void aListFromTheFutureCountsNow() {
        QualityTracker tracker = tracker();
        tracker.happened(Site.list("r", "u", START + Duration.ofDays(900).toMillis(), "1"));
        assertThat(hour(tracker).lists()).isEqualTo(1);
        clock.goOn(Duration.ofHours(2));
        assertThat(hour(tracker).lists()).isZero();
        assertThat(tracker.report(TimeWindow.DAY, Optional.empty()).all().lists())
                .isEqualTo(1);
    }

    @Test
    void nothingAtAllIsNoRate() {
        QualityReport report = tracker().report(TimeWindow.WEEK, Optional.of(Slice.SOURCE));
        assertThat(report.all().ctr()).isNull();
        assertThat(report.all().ndcg()).isNull();
        assertThat(report.slices()).isEmpty();
        assertThat(report.since()).isEqualTo(Instant.ofEpochMilli(START).toString());
    }

    @Test
    void valuesBeyondTheMostCountTogether() {
        QualityTracker tracker = tracker();
        for (int i = 0; i < 40; i++) {
            ServedList list = Site.list("r" + i, "u" + i, START, "1");
            tracker.happened(new ServedList(
                    list.requestId(), list.userId(), "v" + i, list.timestamp(), list.items(), list.origin()));
        }
        List<QualityReport.Part> parts = tracker.report(TimeWindow.HOUR, Optional.of(Slice.MODEL_VERSION))
                .slices();
        assertThat(parts).hasSize(9);
        assertThat(parts.get(8).value()).isEqualTo("other");
        assertThat(parts.get(8).figures().lists()).isEqualTo(32);
    }
}
