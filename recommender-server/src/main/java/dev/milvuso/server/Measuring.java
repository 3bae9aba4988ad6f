package dev.milvuso.server;

import dev.milvuso.action.UserEvent;
import dev.milvuso.config.Config;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.quality.CatalogueFacts;
import dev.milvuso.server.quality.Quality;
import dev.milvuso.server.recommend.Popular;
import dev.milvuso.server.sync.kafka.TopicFollower;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is measured of the lists that are served. It follows the log by itself: reading back at the start and counting
 * must hold up nobody who waits for an action to be taken in.
 */
final class Measuring implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Measuring.class);
    private static final Duration REFRESH = Duration.ofSeconds(1);
    private static final Duration FACTS_REFRESH = Duration.ofSeconds(5);

    private final CatalogueFacts facts;
    private final Quality quality;
    private final TopicFollower<UserEvent> follower;

    /**
     * @param client name of the consumer
     * @param vectors of the items by slot, as they are served; null where there is none
     */
    Measuring(
            Config config,
            KafkaClients kafka,
            String client,
            String instance,
            Catalogue catalogue,
            Popular popular,
            IntFunction<float @Nullable []> vectors,
            Clock clock,
            MeterRegistry metrics) {
        facts = new CatalogueFacts(catalogue.slots(), popular, vectors, factors(config));
        quality = new Quality(config, instance, facts, this::isLive, List.of(), clock, metrics);
        follower = new TopicFollower<>(
                () -> kafka.consumer(client),
                config.topics().userActions(),
                Optional.of(clock.instant().minus(config.quality().readBack())),
                quality::happened,
                record -> false,
                // The joiner puts them aside.
                (reader, malformed, reason) -> LOG.debug("a record of user_actions is not counted: {}", reason));
    }

    /** A vector's last numbers are biases, which say nothing of an item's kind. */
    private static int factors(Config config) {
        int biases = switch (config.training().biases()) {
            case "off" -> 0;
            case "all" -> 2;
            default -> 1;
        };
        return config.recommendation().embeddingDim() - biases;
    }

    private boolean isLive() {
        return follower.caughtUp();
    }

    void start(Background background) {
        facts.run();
        follower.start();
        background.every(FACTS_REFRESH, facts);
        background.every(REFRESH, quality);
    }

    Quality quality() {
        return quality;
    }

    @Override
    public void close() {
        follower.close();
    }
}
