package dev.milvuso.server;

import dev.milvuso.config.Config;
import dev.milvuso.config.RankingConfig;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.coldstart.ColdShelf;
import dev.milvuso.server.coldstart.Exploration;
import dev.milvuso.server.coldstart.NewItems;
import dev.milvuso.server.coldstart.NewsOfItems;
import dev.milvuso.server.ranking.Arrangement;
import dev.milvuso.server.ranking.Freshness;
import dev.milvuso.server.ranking.ItemSpace;
import dev.milvuso.server.ranking.Proposals;
import dev.milvuso.server.ranking.Rotation;
import dev.milvuso.server.ranking.Shown;
import dev.milvuso.server.ranking.learned.LearnedRanking;
import dev.milvuso.server.ranking.learned.LearnedWeights;
import dev.milvuso.server.recommend.BeyondMemory;
import dev.milvuso.server.recommend.CandidateSource;
import dev.milvuso.server.recommend.Choice;
import dev.milvuso.server.recommend.Finished;
import dev.milvuso.server.recommend.History;
import dev.milvuso.server.recommend.Later;
import dev.milvuso.server.recommend.LearnedVisitors;
import dev.milvuso.server.recommend.LeastCosine;
import dev.milvuso.server.recommend.PersonalItems;
import dev.milvuso.server.recommend.Pipeline;
import dev.milvuso.server.recommend.Popular;
import dev.milvuso.server.recommend.PopularNearby;
import dev.milvuso.server.recommend.Ranking;
import dev.milvuso.server.recommend.Recommender;
import dev.milvuso.server.recommend.Restriction;
import dev.milvuso.server.recommend.Visitors;
import dev.milvuso.server.rules.Pins;
import dev.milvuso.server.rules.RuleRanking;
import dev.milvuso.server.rules.RuledChoice;
import dev.milvuso.server.sequence.NextItems;
import dev.milvuso.server.sequence.SequenceRanking;
import dev.milvuso.server.sequence.Sequences;
import dev.milvuso.server.taste.LatestTaste;
import dev.milvuso.server.taste.LinearForm;
import dev.milvuso.server.taste.ReactingVisitors;
import dev.milvuso.server.tier.memory.ItemIndex;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** What lists are made by, under one configuration or another: what all share is here, the rest is made for each. */
final class ListMaking implements Function<Config, Recommender> {
    /** Candidates for a list of usual length. */
    private static final int POOL = 64;

    /** Places among {@link #usualSources}: of items of which little is known, and of what is found by vectors. */
    private static final int NEW = 0;

    private static final int PERSONAL = 1;

    /** Of what rules put in. */
    private static final int PINS = 2;

    /** Of what others did next, if that counts. */
    private static final int NEXT = 3;

    /** What of a list may come of what others did next. */
    private static final double NEXT_SHARE = 0.5;

    private final Config config;
    private final Tiers tiers;
    private final Catalogue catalogue;
    private final Popular popular;
    private final Wishes wishes;
    private final LatestTaste taste;
    private final ColdShelf cold;
    private final LearnedWeights weights;
    private final Sequences sequences;
    private final Shown shown;
    private final History history;
    private final Later refresh;
    private final Clock clock;
    private final BooleanSupplier live;
    private final Visitors visitors;
    private final List<Restriction> restrictions;
    private final LinearForm form;
    private final ItemSpace space;
    private final OtherSources others;
    private final BeyondMemory beyond;
    private final Finished finished;

    /**
     * @param config the site's own
     * @param refresh makes lists anew that are served meanwhile
     * @param live whether the log has been read up to the present
     */
    ListMaking(
            Config config,
            Tiers tiers,
            Bulkheads bulkheads,
            Catalogue catalogue,
            Popular popular,
            Wishes wishes,
            LatestTaste taste,
            ColdShelf cold,
            LearnedWeights weights,
            Sequences sequences,
            Shown shown,
            History history,
            OtherSources others,
            Later refresh,
            Clock clock,
            BooleanSupplier live) {
        this.config = config;
        this.tiers = tiers;
        this.catalogue = catalogue;
        this.popular = popular;
        this.wishes = wishes;
        this.taste = taste;
        this.cold = cold;
        this.weights = weights;
        this.sequences = sequences;
        this.shown = shown;
        this.history = history;
        this.refresh = refresh;
        this.clock = clock;
        this.live = live;
        form = LinearForm.of(config);
        beyond = tiers.itemsBeyondMemory();
        visitors = new ReactingVisitors(
                new LearnedVisitors(tiers.memory(), tiers.beyond(), bulkheads.tiers()),
                taste,
                tiers.model(),
                catalogue.slots(),
                beyond,
                cold::vector);
        restrictions = new ArrayList<>(wishes.restrictions());
        restrictions.add(new NewsOfItems(
                config.coldstart(),
                cold,
                tiers.model(),
                catalogue.slots(),
                visitors,
                taste,
                config.ranking().diversity()));
        space = new ItemSpace(this::itemVectors, form.factors());
        this.others = others;
        finished = tiers.finished();
    }

    /** @param settings the site's own configuration, or an experiment's with other {@code [ranking]} and threshold */
    @Override
    public Recommender apply(Config settings) {
        return new Recommender(
                tiers.model(),
                catalogue,
                history,
                finished,
                pipeline(settings),
                refresh,
                config.server().requestDeadline(),
                clock);
    }

    private Pipeline pipeline(Config settings) {
        RankingConfig ranking = settings.ranking();
        LeastCosine least =
                new LeastCosine(tiers.model(), settings.recommendation().similarityThreshold());
        List<Pipeline.Share> usual = usualSources(settings, least);
        List<Pipeline.Share> sources = others.behind(usual, ranking, least);
        Choice arrangement = new Arrangement(ranking, OtherSources.quotas(sources, usual.size()), space);
        return new Pipeline(
                visitors,
                restrictions,
                sources,
                new PopularNearby(popular, user -> taste.liked(user, catalogue.slots()), catalogue.slots()::find),
                rankings(ranking),
                new RuledChoice(wishes.rules(), arrangement, PINS),
                POOL);
    }

    /** These compete by score. */
    private List<Pipeline.Share> usualSources(Config settings, LeastCosine least) {
        PersonalItems personal = new PersonalItems(tiers.model(), beyond, live, least);
        List<Pipeline.Share> sources = new ArrayList<>();
        sources.add(new Pipeline.Share(new NewItems(tiers.model(), cold, least), 1));
        sources.add(new Pipeline.Share(personal, 1));
        sources.add(new Pipeline.Share(new Pins(), 1));
        if (settings.ranking().sequence() > 0) {
            CandidateSource next = new NextItems(sequences);
            sources.add(new Pipeline.Share(new Proposals(next, tiers.model()), NEXT_SHARE));
        }
        return sources;
    }

    private List<Ranking> rankings(RankingConfig ranking) {
        SequenceRanking next = new SequenceRanking(sequences, ranking.sequence(), NEW);
        return List.of(
                new LearnedRanking(
                        ranking.learned(),
                        weights,
                        this::servedVectors,
                        wishes.heat(),
                        form.metric(),
                        space.factors(),
                        source -> source == PERSONAL || (source == NEXT && ranking.sequence() > 0),
                        next::lifts,
                        clock),
                next,
                new Freshness(ranking.freshness(), ranking.freshnessHalfLife(), clock),
                new Rotation(ranking.rotation(), ranking.rotationAfter(), shown, clock),
                new RuleRanking(wishes.rules()),
                new Exploration(config.coldstart(), cold, taste, ThreadLocalRandom::current));
    }

    /** What serves for an item while it is new, else what was learned: as it is found by. */
    private ItemSpace.Vectors servedVectors(ModelVersion version) {
        ItemIndex items = tiers.model().items(version).orElse(null);
        return slot -> {
            float[] instead = cold.vector(slot, version);
            return instead != null || items == null ? instead : items.vector(slot);
        };
    }

    /** Learned, or what serves for it while the item is new. */
    private ItemSpace.Vectors itemVectors(ModelVersion version) {
        ItemIndex items = tiers.model().items(version).orElse(null);
        return slot -> {
            float[] learned = items == null ? null : items.vector(slot);
            return learned == null ? cold.vector(slot, version) : learned;
        };
    }
}
