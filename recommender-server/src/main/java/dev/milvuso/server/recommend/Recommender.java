package dev.milvuso.server.recommend;

import dev.milvuso.action.UserId;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.sync.ServedModel;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;

/**
 * Answers what a user should see. From top to bottom: a finished list, if nothing has happened since; else who asks,
 * what may be shown, candidates, their ranking, the choice among them, and what is popular where they are too few.
 */
public final class Recommender {
    private static final Visitor NOBODY = Visitor.stranger(new UserId("-"));

    /** A list that is made anew while the old one is served. */
    private record Remade(UserId user, Query query, ModelVersion version) {}

    /** A list that is made: whoever asks after something has happened must not get it. */
    private record Flight(UserId user, Query query, ModelVersion version, long change, long revision) {}

    private final ServedModel model;
    private final Catalogue catalogue;
    private final History history;
    private final Finished finished;
    private final Pipeline pipeline;
    private final Later refresh;
    private final Duration time;
    private final Clock clock;
    private final SingleFlight<Flight, Recommendation> flights = new SingleFlight<>();
    private final ConcurrentLinkedQueue<Candidates> buffers = new ConcurrentLinkedQueue<>();

    /**
     * @param refresh makes lists anew that are served meanwhile
     * @param time what a list may take
     */
    public Recommender(
            ServedModel model,
            Catalogue catalogue,
            History history,
            Finished finished,
            Pipeline pipeline,
            Later refresh,
            Duration time,
            Clock clock) {
        this.model = model;
        this.catalogue = catalogue;
        this.history = history;
        this.finished = finished;
        this.pipeline = pipeline;
        this.refresh = refresh;
        this.time = time;
        this.clock = clock;
    }

    /** Always answers, within {@code server.request_deadline} and the time of a search in memory. */
    public Recommendation recommend(UserId user, Query query) {
        Optional<ModelVersion> served = model.version();
        if (served.isEmpty()) {
            return withoutModel(user, query);
        }
        ModelVersion version = served.get();
        long change = finished.change(user);
        long revision = revision();
        Flight flight = new Flight(user, query, version, change, revision);
        Optional<FinishedLists.Fresh> kept = kept(flight);
        if (kept.isEmpty()) {
            return shared(flight);
        }
        if (kept.get().isStale()) {
            refresh.later(new Remade(user, query, version), () -> made(flight, making()));
        }
        return kept.get().list();
    }

    private Optional<FinishedLists.Fresh> kept(Flight flight) {
        UserId user = flight.user();
        Query query = flight.query();
        return finished.here(user, query, flight.version(), flight.revision(), list -> stillFits(list, user, query));
    }

    /** Made once for all who ask for it at this moment; what is explained is explained to each. */
    private Recommendation shared(Flight flight) {
        Making making = making();
        if (flight.query().explain()) {
            return made(flight, making);
        }
        return flights.get(
                flight,
                making.left(),
                // Another may have been done with it since this one looked.
                () -> kept(flight).map(FinishedLists.Fresh::list).orElseGet(() -> made(flight, making)),
                () -> made(flight, making));
    }

    private Recommendation made(Flight flight, Making making) {
        UserId user = flight.user();
        Query query = flight.query();
        ModelVersion version = flight.version();
        long change = flight.change();
        long revision = flight.revision();
        Deadline.Asked<Seen> seen = history.begin(user, query, making);
        pipeline.visitors().prepare(user, query, version, making);
        Optional<Visitor> known = pipeline.visitors().here(user, query, version);
        // What others have kept says nothing of how it was made.
        if (known.isEmpty() && !query.explain()) {
            Optional<Recommendation> shared = finished.elsewhere(
                    user, query, version, change, revision, list -> stillFits(list, user, query), making);
            if (shared.isPresent()) {
                return shared.get();
            }
        }
        Visitor visitor = known.orElseGet(() -> pipeline.visitors().elsewhere(user, query, version, making));
        Recommendation list = answer(visitor, query, Optional.of(version), seen, making);
        // Lists that are not personal follow what is popular by the second, and poor ones should not stay.
        if (list.isPersonal() && !making.isDegraded() && !query.explain()) {
            finished.keep(user, query, version, list, change, revision);
        }
        return list;
    }

    private Recommendation withoutModel(UserId user, Query query) {
        Making making = making();
        return answer(Visitor.stranger(user), query, Optional.empty(), history.begin(user, query, making), making);
    }

    private Making making() {
        return new Making(clock.millis(), new Deadline(time));
    }

    /** Of all that says which items fit. */
    private long revision() {
        long revision = catalogue.revision();
        for (Restriction each : pipeline.restrictions()) {
            revision += each.revision();
        }
        return revision;
    }

    private boolean stillFits(Recommendation list, UserId user, Query query) {
        Fits fits = Fits.of(catalogue, Optional.of(user), query, pipeline.restrictions());
        for (int i = 0; i < list.items().size(); i++) {
            if (!fits.isOffered(catalogue.slots().find(list.items().id(i)))) {
                return false;
            }
        }
        return pipeline.restrictions().stream().noneMatch(each -> each.outdates(list, user, query));
    }

    private Recommendation answer(
            Visitor visitor, Query query, Optional<ModelVersion> version, Deadline.Asked<Seen> seen, Making making) {
        Fits fits = Fits.of(catalogue, Optional.of(visitor.user()), query, pipeline.restrictions());
        fits.without(seen.await());
        Visit visit = new Visit(visitor, query, version, catalogue.table(), fits, making);
        Candidates candidates = borrowed(query);
        try {
            boolean isPersonal = fill(visit, candidates);
            RecommendedItems items = items(candidates, pipeline::source, reasons(visit));
            Recommendation list = isPersonal
                    ? making.done(version.map(ModelVersion::value).orElse(""), visit.tier(), items)
                    : making.done("", Recommendation.FALLBACK, items);
            return query.explain()
                    ? list.explained(fits.leftOutBy(catalogue.slots().size()))
                    : list;
        } finally {
            buffers.add(candidates);
        }
    }

    private Reasons reasons(Visit visit) {
        return new Reasons(
                visit.version().flatMap(model::items).orElse(null),
                visit.visitor().recent(),
                catalogue.slots());
    }

    private Candidates borrowed(Query query) {
        Candidates buffer = buffers.poll();
        Candidates candidates = buffer == null ? new Candidates() : buffer;
        candidates.reset(query.explain());
        return candidates;
    }

    /** @return whether anything in the list goes by who asks */
    private boolean fill(Visit visit, Candidates candidates) {
        int count = visit.query().count();
        int pool = Math.max(pipeline.choice().pool(visit.query()), Math.max(count, pipeline.pool()));
        int filler = pipeline.sources().size();
        for (int i = 0; i < filler; i++) {
            Pipeline.Share each = pipeline.sources().get(i);
            each.source().collect(visit, candidates, i, each.of(pool));
        }
        boolean isPersonal = isPersonal(candidates);
        if (!isPersonal) {
            pipeline.filler().collect(visit, candidates, filler, pool - candidates.size());
        }
        for (Ranking each : pipeline.rankings()) {
            each.rank(visit, candidates);
        }
        pipeline.choice().choose(visit, candidates);
        if (candidates.size() < count) {
            pipeline.filler().collect(visit, candidates, filler, count - candidates.size());
        }
        pipeline.choice().finish(visit, candidates);
        return isPersonal;
    }

    private boolean isPersonal(Candidates candidates) {
        for (int row = 0; row < candidates.size(); row++) {
            if (pipeline.source(candidates.source(row)).isPersonal()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Makes lists for nobody.
     *
     * @param most that it may take
     */
    public void rehearse(Rehearsal rehearsal, Duration most) {
        rehearsal.play(
                most,
                scene -> answer(
                        Visitor.of(NOBODY.user(), scene.taste(), "memory"),
                        scene.query(),
                        Optional.of(scene.version()),
                        scene::seen,
                        making()));
    }

    /** What a source says to nobody in particular, such as what is popular. */
    public RecommendedItems impersonal(CandidateSource source, Query query) {
        Fits fits = Fits.of(catalogue, Optional.empty(), query, pipeline.restrictions());
        Visit visit = new Visit(NOBODY, query, Optional.empty(), catalogue.table(), fits, making());
        Candidates candidates = borrowed(query);
        try {
            source.collect(visit, candidates, 0, query.count());
            return items(candidates, place -> source, new Reasons(null, new int[0], catalogue.slots()));
        } finally {
            buffers.add(candidates);
        }
    }

    private RecommendedItems items(Candidates candidates, IntFunction<CandidateSource> sources, Reasons reasons) {
        RecommendedItems items = new RecommendedItems(candidates.size());
        for (int row = 0; row < candidates.size(); row++) {
            int slot = candidates.slot(row);
            CandidateSource source = sources.apply(candidates.source(row));
            items.put(
                    row,
                    catalogue.slots().id(slot),
                    candidates.score(row),
                    source.name(),
                    candidates.probability(row),
                    candidates.isExplained()
                            ? new Explanation(source.explanation(), candidates.explanation(slot), reasons.of(slot))
                            : null);
        }
        return items;
    }
}
