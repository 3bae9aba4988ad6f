package dev.milvuso.server;

import dev.milvuso.action.EventIds;
import dev.milvuso.action.SecureBits;
import dev.milvuso.action.ServedList;
import dev.milvuso.server.action.ActionLog;
import dev.milvuso.server.action.EventStream;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.catalogue.CatalogueStore;
import dev.milvuso.server.catalogue.CatalogueWriter;
import dev.milvuso.server.collections.StoreCalls;
import dev.milvuso.server.collections.redis.SearchedStore;
import dev.milvuso.server.experiment.Lists;
import dev.milvuso.server.guest.Guests;
import dev.milvuso.server.guest.kafka.LoggedHistory;
import dev.milvuso.server.guest.postgres.FirstAction;
import dev.milvuso.server.http.HttpServer;
import dev.milvuso.server.http.Routes;
import dev.milvuso.server.http.Site;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What is asked over HTTP, and the threads that wait on behalf of those who ask. */
final class Front {
    private static final Duration MERGE_PATIENCE = Duration.ofSeconds(30);
    private static final Duration WRITE_PATIENCE = Duration.ofSeconds(5);

    private final Surroundings around;
    private final ActionLog log;
    private final EventStream events;
    private final Serving serving;
    private final Consumer<AutoCloseable> closing;

    /**
     * @param events told of what is taken and served here
     * @param closing given what must be closed, in the order in which it was opened
     */
    Front(Surroundings around, ActionLog log, EventStream events, Serving serving, Consumer<AutoCloseable> closing) {
        this.around = around;
        this.log = log;
        this.events = events;
        this.serving = serving;
        this.closing = closing;
    }

    /** @param components status by name, for {@code /health} */
    record Status(Supplier<Map<String, String>> components, BooleanSupplier ready) {}

    /** @return which has begun to listen */
    HttpServer listen(
            CatalogueStore record,
            Catalogue catalogue,
            Site site,
            Measuring measuring,
            Lists lists,
            String instance,
            Status status) {
        CatalogueWriter writer = opened(new CatalogueWriter(record, catalogue, WRITE_PATIENCE));
        SearchedStore searched =
                opened(new SearchedStore(around.config(), around.store(), around.clock(), around.metrics()));
        StoreCalls calls =
                opened(new StoreCalls(searched.store(), around.config().server().collectionsDeadline()));
        Routes routes = new Routes(
                around.config(),
                log,
                events::happened,
                this::served,
                writer,
                catalogue,
                serving.recommender(),
                site,
                new EventIds(around.clock(), new SecureBits()),
                calls,
                searched::slowSearches,
                measuring.quality(),
                opened(guests()),
                measuring.routes(),
                lists,
                measuring.ledger(),
                instance,
                status.components(),
                status.ready(),
                serving::ranker,
                around.clock(),
                around.metrics());
        HttpServer http = opened(new HttpServer(around.config().server(), routes, around.metrics()));
        http.start();
        return http;
    }

    private Guests guests() {
        LoggedHistory history = new LoggedHistory(
                () -> around.kafka().consumer("recommender-server-guests"),
                around.config().topics().userActions(),
                new FirstAction(around.database(), around.clock()),
                MERGE_PATIENCE);
        return new Guests(history, log, events::happened, serving::merged, around.clock());
    }

    private void served(ServedList list) {
        events.happened(list);
        log.offer(list);
    }

    private <T extends AutoCloseable> T opened(T part) {
        closing.accept(part);
        return part;
    }
}
