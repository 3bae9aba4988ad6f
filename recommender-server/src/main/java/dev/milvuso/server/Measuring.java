package dev.milvuso.server;

import dev.milvuso.action.SecureBits;
import dev.milvuso.action.UserEvent;
import dev.milvuso.config.Config;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.postgres.Database;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.catalogue.RecordCalls;
import dev.milvuso.server.experiment.ExperimentStore;
import dev.milvuso.server.experiment.Experiments;
import dev.milvuso.server.experiment.Ledger;
import dev.milvuso.server.experiment.Lists;
import dev.milvuso.server.experiment.Overrides;
import dev.milvuso.server.experiment.Watch;
import dev.milvuso.server.experiment.postgres.PostgresExperiments;
import dev.milvuso.server.experiment.postgres.PostgresOutcomes;
import dev.milvuso.server.http.ExperimentRoutes;
import dev.milvuso.server.quality.CatalogueFacts;
import dev.milvuso.server.quality.Intake;
import dev.milvuso.server.quality.Quality;
import dev.milvuso.server.recommend.Popular;
import dev.milvuso.server.sync.kafka.Start;
import dev.milvuso.server.sync.kafka.TopicFollower;
import dev.milvuso.server.taste.LinearForm;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is measured of the lists that are served, and the experiments on them. It reads back what is on the log by
 * itself and counts on a thread of its own: both must hold up nobody who waits for an action to be taken in.
 */
final class Measuring implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Measuring.class);
    private static final Duration OFTEN = Duration.ofMillis(50);
    private static final Duration REFRESH = Duration.ofSeconds(1);
    private static final Duration FACTS_REFRESH = Duration.ofSeconds(5);
    private static final Duration EXPERIMENTS_REFRESH = Duration.ofMillis(400);
    private static final Duration WATCH = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final CatalogueFacts facts;
    private final Quality quality;
    private final Experiments experiments;
    private final Ledger ledger;
    private final Watch watch;
    private final ExperimentStore store;
    private final RecordCalls calls;
    private final Config config;
    private final TopicFollower<UserEvent> past;
    private final Intake intake;

    /**
     * @param client name of the consumer
     * @param vectors of the items by slot, as they are served; null where there is none
     */
    Measuring(
            Config config,
            KafkaClients kafka,
            Database database,
            String client,
            String instance,
            Catalogue catalogue,
            Popular popular,
            Supplier<IntFunction<float @Nullable []>> vectors,
            Clock clock,
            MeterRegistry metrics) {
        this.config = config;
        Duration outcomeWindow = config.quality().outcomeWindow();
        store = new PostgresExperiments(database);
        PostgresOutcomes outcomes = new PostgresOutcomes(database, outcomeWindow);
        experiments = new Experiments(store);
        ledger = new Ledger(outcomes, experiments, instance, this::isLive);
        watch = new Watch(
                store,
                outcomes,
                experiments,
                outcomeWindow.plus(config.quality().window()),
                clock);
        calls = new RecordCalls("postgres", "experiments", PATIENCE);
        facts = new CatalogueFacts(
                catalogue.slots(), popular, vectors, LinearForm.of(config).factors());
        quality = new Quality(config, instance, facts, this::isLive, List.of(ledger), clock, metrics);
        past = new TopicFollower<>(
                () -> kafka.patientConsumer(client),
                config.topics().userActions(),
                Start.since(clock.instant().minus(config.quality().readBack())),
                quality::happened,
                record -> false,
                // The joiner puts them aside.
                (reader, malformed, reason) -> LOG.debug("a record of user_actions is not counted: {}", reason));
        intake = new Intake(quality::happened, this::isLive, metrics);
    }

    private boolean isLive() {
        return past.caughtUp();
    }

    /** To be told of all that happens, here and elsewhere, from before {@link #start} on. */
    void happened(UserEvent event) {
        intake.happened(event);
    }

    /** @param schema without which the tables are not there yet */
    void start(Background background, Preparation schema) {
        facts.run();
        schema.before(experiments).run();
        past.catchUp();
        background.every(OFTEN, intake);
        background.every(EXPERIMENTS_REFRESH, schema.before(experiments));
        background.every(REFRESH, schema.before(ledger));
        background.every(WATCH, schema.before(watch));
        background.every(FACTS_REFRESH, facts);
        background.every(REFRESH, quality);
    }

    Quality quality() {
        return quality;
    }

    Ledger ledger() {
        return ledger;
    }

    /** @param recommenders by the overrides under which they make lists */
    Lists lists(Recommenders recommenders) {
        return new Lists(
                experiments,
                recommenders,
                config.quality().randomOrder(),
                config.quality().k(),
                new SecureBits());
    }

    ExperimentRoutes routes() {
        return new ExperimentRoutes(
                store, experiments, watch, calls, new Overrides(config, Recommenders::isOverridable));
    }

    @Override
    public void close() {
        past.close();
        calls.close();
    }
}
