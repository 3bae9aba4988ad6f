package dev.milvuso.trainer.replay;

import dev.milvuso.config.Config;
import dev.milvuso.trainer.data.Timeline;
import dev.milvuso.trainer.online.OnlineCore;
import dev.milvuso.trainer.tune.PatternSearch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Replays a stream against the online trainer's core: each positive is ranked before it is learned (Gama, Sebastião and
 * Rodrigues, "On evaluating stream learning algorithms", Machine Learning 90, 2013), HR@10 and NDCG@10 of the chosen
 * item among 99 random ones that had appeared before, over all but the first tenth. A stretch of the curve is a
 * hundredth.
 */
public final class Replay {
    private static final int POINTS = 100;
    private static final int LIST = 10;

    /** What suits the first part is searched there, what suits all later ones on three of them. */
    private static final int SEARCHED_AGAIN = 3;

    private final Function<List<String>, Config> configs;
    private final Config config;
    private final Timeline events;
    private final Replayed stream;
    private final LongAdder done = new LongAdder();
    private final Map<Integer, BatchModel> models = new ConcurrentHashMap<>();
    private final Map<Integer, Config> searched = new ConcurrentHashMap<>();

    /**
     * @param configs the configuration with further settings {@code section.key=value}
     * @param until the share of the stream that is replayed, the oldest; above 0, up to 1
     * @throws IllegalArgumentException in one sentence, if the stream is too short to train and to test on
     */
    public Replay(Function<List<String>, Config> configs, Timeline events, Others among, double until) {
        this.configs = configs;
        this.config = configs.apply(List.of());
        this.events = events;
        int end = (int) Math.round(events.size() * until);
        this.stream = Replayed.of(events, among, end, config.training().seed());
        if (IntStream.range(0, stream.first()).filter(events::isPositive).count() == 0
                || events.itemsBefore(stream.first()) < 2) {
            throw new IllegalArgumentException("the data has " + events.size()
                    + " interactions: its first tenth must hold at least two items and one that is positive");
        }
    }

    /** What the online trainer begins its second tenth with. */
    public enum Begin {
        /** The first tenth is learned online. */
        ONLINE,
        /** The first tenth is trained in batch. */
        BATCH
    }

    /**
     * @param compared whether other ways of learning are replayed as well
     * @param progress told how much has been ranked, 0 to 1
     */
    public ReplayResult run(Begin begin, boolean compared, DoubleConsumer progress) {
        long started = System.nanoTime();
        List<Contestant> contestants = contestants(begin, compared);
        long all = (long) contestants.size()
                * IntStream.range(0, events.size()).filter(stream::isRanked).count();
        Map<String, Ranks> ranks = new LinkedHashMap<>();
        List<ReplayResult.Way> ways = new ArrayList<>();
        for (Contestant contestant : contestants) {
            long begun = System.nanoTime();
            Ranks own = new Ranks(events.size(), done, () -> progress.accept(done.sum() / (double) Math.max(1, all)));
            contestant.replay(stream, own);
            ranks.put(contestant.name(), own);
            ways.add(way(contestant.name(), own, (System.nanoTime() - begun) / 1e9));
        }
        return result(ranks, ways, (System.nanoTime() - started) / 1e9);
    }

    private List<Contestant> contestants(Begin begin, boolean compared) {
        Optional<Supplier<BatchModel>> from = begin == Begin.BATCH ? Optional.of(() -> model(1)) : Optional.empty();
        Contestant online = new Online(new OnlineCore(config), from, false);
        Contestant ranker = new Online(new OnlineCore(config), from, true);
        return compared
                ? List.of(
                        online,
                        ranker,
                        new Retrained("never_retrained", false, this::model),
                        new Retrained("retrained", true, this::model),
                        new Popularity(),
                        new FoldIn(() -> model(1)))
                : List.of(online, ranker);
    }

    private BatchModel model(int part) {
        return models.computeIfAbsent(
                part,
                p -> BatchModel.train(
                        searched(p < SEARCHED_AGAIN ? 1 : SEARCHED_AGAIN).training(),
                        config.recommendation().embeddingDim(),
                        events,
                        stream.begin(p)));
    }

    /** With values that suit what lies before a part, if {@code [search]} says so. */
    private Config searched(int part) {
        return searched.computeIfAbsent(
                part,
                p -> new PatternSearch(configs, (done, most, best) -> {})
                        .run(events.positives(0, stream.begin(p)))
                        .config());
    }

    private ReplayResult.Way way(String name, Ranks ranks, double seconds) {
        Means all = Means.of(ranks, 0, events.size(), event -> true);
        Means known = Means.of(ranks, 0, events.size(), this::isKnownUser);
        Means fresh = Means.of(ranks, 0, events.size(), event -> !isKnownUser(event));
        return new ReplayResult.Way(
                name, all.hr(), all.ndcg(), known.hr(), known.ndcg(), fresh.hr(), fresh.ndcg(), seconds);
    }

    private boolean isKnownUser(int event) {
        return events.user(event) < events.usersBefore(stream.first());
    }

    private ReplayResult result(Map<String, Ranks> ranks, List<ReplayResult.Way> ways, double seconds) {
        ReplayResult.Way online = ways.get(0);
        long ranked = IntStream.range(0, events.size()).filter(stream::isRanked).count();
        long known = IntStream.range(0, events.size())
                .filter(stream::isRanked)
                .filter(this::isKnownUser)
                .count();
        return new ReplayResult(
                "replay",
                stream.among().name().toLowerCase(Locale.ROOT),
                LIST,
                events.size(),
                events.skipped(),
                ranked,
                known,
                online.hr(),
                online.ndcg(),
                seconds,
                ways,
                curve(ranks));
    }

    private List<ReplayResult.Point> curve(Map<String, Ranks> ranks) {
        List<ReplayResult.Point> curve = new ArrayList<>();
        int points = Math.min(POINTS, events.size());
        for (int point = 0; point < points; point++) {
            int from = (int) ((long) events.size() * point / points);
            int to = (int) ((long) events.size() * (point + 1) / points);
            Map<String, Double> hr = new LinkedHashMap<>();
            Map<String, Double> ndcg = new LinkedHashMap<>();
            long ranked = 0;
            for (Map.Entry<String, Ranks> way : ranks.entrySet()) {
                Means means = Means.of(way.getValue(), from, to, event -> true);
                ranked = means.ranked();
                hr.put(way.getKey(), means.hr());
                ndcg.put(way.getKey(), means.ndcg());
            }
            if (ranked > 0) {
                String time = Instant.ofEpochMilli(events.millis(from)).toString();
                curve.add(new ReplayResult.Point(from, time, ranked, hr, ndcg));
            }
        }
        return curve;
    }
}
