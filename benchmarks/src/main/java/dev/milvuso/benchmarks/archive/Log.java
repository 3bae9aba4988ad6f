package dev.milvuso.benchmarks.archive;

import dev.milvuso.action.Action;
import dev.milvuso.action.EventId;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.benchmarks.online.Examples;
import dev.milvuso.config.Config;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.kafka.TopicCreator;
import dev.milvuso.topic.Topic;
import dev.milvuso.trainer.archive.kafka.ArchiveSource;
import dev.milvuso.trainer.archive.store.ArchivedRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Likes, half of them as actions and half as the examples of them, with ids as a site has them. */
record Log(Config config, int likes) {
    private static final int USERS = 20_000;
    private static final int ITEMS = 5_000;

    long records() {
        return 2L * likes;
    }

    void write() {
        TopicCreator.createMissing(config.kafka(), config.topics(), "archive-bench");
        SplittableRandom random = new SplittableRandom(7);
        try (KafkaProducer<String, byte[]> producer = new KafkaClients(config.kafka()).producer("archive-bench")) {
            for (int n = 0; n < likes; n++) {
                EventId event = new EventId(new UUID(random.nextLong(), random.nextLong()).toString());
                UserId user = new UserId("user-" + random.nextInt(USERS));
                ItemId item = new ItemId("item-" + (int) (ITEMS * Math.pow(random.nextDouble(), 3)));
                send(producer, config.topics().userActions(), action(event, user, item));
                send(producer, config.topics().trainingExamples(), Examples.like(event, user, item));
            }
        }
    }

    private static <T, R extends T> void send(KafkaProducer<String, byte[]> producer, Topic<T> topic, R record) {
        var unused = producer.send(new ProducerRecord<>(
                topic.name(), topic.key().apply(record), topic.codec().encode(record)));
    }

    private static Action action(EventId event, UserId user, ItemId item) {
        Instant now = Instant.now();
        return new Action(event, user, item, "Like", now, now, Optional.empty(), OptionalDouble.empty(), Map.of());
    }

    /** Takes every record of both topics from the broker and does nothing with it. */
    long consume() {
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            long taken = 0;
            while (taken < records()) {
                taken += consumer.poll(Duration.ofMillis(100)).count();
            }
            return taken;
        }
    }

    /** All of them, in memory. */
    List<ArchivedRecord> all() {
        List<ArchivedRecord> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            while (records.size() < records()) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    records.add(ArchiveSource.archived(record));
                }
            }
        }
        return records;
    }

    private KafkaConsumer<String, byte[]> consumer() {
        KafkaConsumer<String, byte[]> consumer = new KafkaClients(config.kafka()).consumer("archive-bench");
        Collection<TopicPartition> partitions = Stream.of(
                        config.topics().userActions().name(),
                        config.topics().trainingExamples().name())
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }
}
