package dev.milvuso.benchmarks.online;

import dev.milvuso.action.EventId;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.example.TrainingExample;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.topic.Topic;
import dev.milvuso.topic.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Likes of users for items, items the likelier the smaller their number. */
public record Examples(int count, int users, int items) {
    private static final String FEATURES =
            "{\"user_actions\":1234,\"user_positive_actions\":987,\"item_popularity\":128.47291,\"item_ctr\":0.0318389}";

    void send(KafkaClients clients, Topics topics) {
        Topic<TrainingExample> topic = topics.trainingExamples();
        SplittableRandom random = new SplittableRandom(7);
        try (KafkaProducer<String, byte[]> producer = clients.producer("online-throughput")) {
            for (int i = 0; i < count; i++) {
                TrainingExample example = example(i, random);
                var unused = producer.send(new ProducerRecord<>(
                        topic.name(), topic.key().apply(example), topic.codec().encode(example)));
            }
        }
    }

    private TrainingExample example(int number, SplittableRandom random) {
        int item = (int) (items * Math.pow(random.nextDouble(), 3));
        return like(
                new EventId("event-" + number),
                new UserId("user-" + random.nextInt(users)),
                new ItemId("item-" + item));
    }

    /** The example of a like that came just now, with features as a site has them. */
    public static TrainingExample like(EventId event, UserId user, ItemId item) {
        Instant now = Instant.now();
        return new TrainingExample(
                event.value(),
                List.of(event),
                user,
                item,
                "Like",
                1,
                1,
                now,
                now,
                Optional.empty(),
                "",
                Optional.of(FEATURES),
                false);
    }
}
