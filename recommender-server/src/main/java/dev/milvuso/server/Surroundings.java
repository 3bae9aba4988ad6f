package dev.milvuso.server;

import dev.milvuso.config.Config;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.postgres.Database;
import dev.milvuso.vector.VectorStore;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;

/** What all of this server works with, and who made it closes. */
record Surroundings(
        Config config,
        KafkaClients kafka,
        Database database,
        VectorStore store,
        PrometheusMeterRegistry metrics,
        Clock clock) {}
