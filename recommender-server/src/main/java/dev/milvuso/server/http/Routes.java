package dev.milvuso.server.http;

import dev.milvuso.action.Action;
import dev.milvuso.action.EventIds;
import dev.milvuso.action.ServedList;
import dev.milvuso.config.Config;
import dev.milvuso.server.action.ActionLog;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.catalogue.CatalogueWriter;
import dev.milvuso.server.collections.StoreCalls;
import dev.milvuso.server.experiment.Ledger;
import dev.milvuso.server.experiment.Lists;
import dev.milvuso.server.guest.Guests;
import dev.milvuso.server.quality.Quality;
import dev.milvuso.server.ranking.learned.RankerState;
import dev.milvuso.server.recommend.Recommender;
import dev.milvuso.server.users.Erasing;
import dev.milvuso.server.users.Preferences;
import dev.milvuso.vector.cache.SlowQueries.SlowQuery;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Every route there is.
 *
 * @param accepted told of each action before its 202
 * @param served told of every list that was served
 * @param site rules, users, and what is asked of the catalogue
 * @param store for {@code /collections}
 * @param slowSearches by it, the newest first
 * @param lists makes what a user sees under experiments
 * @param ledger told of what was made under experiments
 * @param instance under which this server's lists are logged
 * @param components status by name, for {@code /health}
 * @param ranker of the served model, for the same
 */
public record Routes(
        Config config,
        ActionLog log,
        Consumer<Action> accepted,
        Consumer<ServedList> served,
        CatalogueWriter writer,
        Catalogue catalogue,
        Recommender recommender,
        Site site,
        EventIds ids,
        StoreCalls store,
        Supplier<List<SlowQuery>> slowSearches,
        Quality quality,
        Guests guests,
        ExperimentRoutes experiments,
        Lists lists,
        Ledger ledger,
        String instance,
        Supplier<Map<String, String>> components,
        BooleanSupplier ready,
        Supplier<Optional<RankerState>> ranker,
        Clock clock,
        PrometheusMeterRegistry metrics) {
    List<Route> all() {
        JsonReader reader = new JsonReader(config.server().maxBodyBytes());
        ActionBody action = new ActionBody(config.actions(), ids, clock);
        ItemBody item = new ItemBody(config.milvus().dimension(), clock);
        ItemById byId = new ItemById(writer, catalogue);
        ListAnswer answer = new ListAnswer();
        GetRecommendations recommendations = new GetRecommendations(
                lists,
                ledger,
                served,
                ids,
                config.recommendation(),
                instance,
                clock,
                metrics,
                answer,
                reader,
                site.filters(),
                new ConcurrentHashMap<>());
        HealthRoutes health = new HealthRoutes(components, ready, ranker);
        Scrapes scrapes = new Scrapes(metrics::scrape);
        // Those asked for most often come first: a request's path is compared with one route after the other.
        List<Route> all = new ArrayList<>(List.of(
                new Route(HandlerType.GET, "/recommendations/{user_id}", recommendations::get),
                new Route(
                        HandlerType.POST,
                        "/actions",
                        new PostActions(reader, action, log, accepted, metrics.counter("milvuso.actions.accepted")))));
        // Before the route of a collection, which would take it for a name.
        all.add(new Route(
                HandlerType.GET,
                "/collections/slow-searches",
                new GetSlowSearches(config.server().slowSearch(), slowSearches)));
        all.addAll(new CollectionRoutes(reader, config, store).all());
        all.addAll(new MigrationRoutes(config, reader, store, clock).all());
        all.addAll(new CopyRoutes(config, reader, store).all());
        all.addAll(new TextRoutes(config, reader, store).all());
        all.addAll(new DiscoverRoutes(
                        recommender,
                        catalogue,
                        site.filters(),
                        site.lists(),
                        site.similarItems(),
                        site.texts(),
                        config.recommendation(),
                        answer)
                .all());
        all.addAll(new RuleRoutes(reader, new RuleBody(site.filters()), site.ruleStore(), site.rules(), site.calls())
                .all());
        all.addAll(new UserRoutes(
                        site.users(),
                        site.calls(),
                        site.similarUsers(),
                        site.vectors(),
                        new Erasing(
                                site.users(), site.calls(), site.erased(), site.vectors(), log, site.forget(), clock),
                        config.features().interestHalfLife(),
                        clock)
                .all());
        all.addAll(List.of(
                new Route(HandlerType.GET, "/health", health::health),
                new Route(HandlerType.GET, "/health/live", health::live),
                new Route(HandlerType.GET, "/health/ready", health::ready),
                new Route(HandlerType.POST, "/items", new PostItems(reader, item, writer)),
                new Route(HandlerType.GET, "/items/{item_id}", byId::get),
                new Route(HandlerType.DELETE, "/items/{item_id}", byId::delete),
                new Route(HandlerType.GET, "/items", new GetItems(catalogue, site.filters(), site.queryFilter())),
                new Route(HandlerType.PATCH, "/items/{item_id}", new PatchItem(reader, item, writer)),
                new Route(HandlerType.POST, "/recommendations/{user_id}", recommendations::post),
                new Route(
                        HandlerType.GET,
                        "/recommendations/{user_id}/stream",
                        context -> site.streams()
                                .open(
                                        context,
                                        recommendations,
                                        site.filters(),
                                        config.recommendation().topK(),
                                        config.recommendation().maxItems())),
                new Route(
                        HandlerType.POST,
                        "/recommendations",
                        new BatchRecommendations(
                                recommender,
                                reader,
                                site.filters(),
                                config.recommendation(),
                                answer,
                                site.batches(),
                                clock)),
                new Route(HandlerType.GET, "/metrics", context -> metrics(context, scrapes)),
                new Route(HandlerType.GET, "/openapi.json", Routes::openApi)));
        all.add(new Route(HandlerType.GET, "/quality", new GetQuality(quality)));
        all.add(new Route(
                HandlerType.POST,
                "/users/{user_id}/preferences",
                new PostPreferences(
                        reader,
                        new Preferences(config.actions(), new PopularStandIns(recommender, site.popular()), clock),
                        log,
                        accepted)));
        all.add(new Route(HandlerType.POST, "/users/{user_id}/merge", new MergeUsers(reader, guests)));
        all.addAll(experiments.all(reader));
        return all;
    }

    private static void metrics(Context context, Scrapes scrapes) {
        Answers.later(
                context,
                scrapes.next(),
                text -> context.contentType("text/plain; version=0.0.4; charset=utf-8")
                        .result(text));
    }

    private static void openApi(Context context) {
        try (InputStream file =
                Objects.requireNonNull(Routes.class.getResourceAsStream("/dev/milvuso/server/openapi.json"))) {
            context.contentType("application/json").result(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("openapi.json cannot be read", e);
        }
    }
}
