package dev.milvuso.benchmarks.joiner;

import dev.milvuso.action.Action;
import dev.milvuso.action.EventId;
import dev.milvuso.action.Heartbeat;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.RequestId;
import dev.milvuso.action.ServedList;
import dev.milvuso.action.UserEventCodec;
import dev.milvuso.action.UserId;
import dev.milvuso.feature.FeatureSnapshot;
import dev.milvuso.feature.FeatureSnapshotCodec;
import dev.milvuso.topic.Topics;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What goes in: actions, each with its features; some answer the first item of a served list of ten.
 *
 * @param withRequest every so many actions one answers a list; 0 for none
 */
record Load(int actions, int withRequest, int partitions) {
    private static final int ITEMS = 10;

    /** Closes every window; no clock may run five minutes ahead. */
    private static final long LAST_BEAT_MILLIS = 240_000;

    private static final int USERS = 20_000;
    private static final String FEATURES =
            "{\"user_actions\":1234,\"user_positive_actions\":987,\"user_days_active\":12,"
                    + "\"user_recent_items\":50,\"user_seen_item\":0,\"interest_category\":0.48213946,"
                    + "\"interest_tags_mean\":0.12846192,\"item_popularity\":128.47291,\"item_actions\":4821,"
                    + "\"item_impressions\":98213,\"item_clicks\":3127,\"item_ctr\":0.0318389}";

    /** Records that the job reads. */
    long records() {
        return 2L * actions + lists();
    }

    /** Examples that come of it: an action each, and the items that nobody answered. */
    long examples() {
        return actions + lists() * (ITEMS - 1);
    }

    private long lists() {
        return withRequest == 0 ? 0 : (actions + withRequest - 1) / withRequest;
    }

    /** @param pace says when, and how far features stay behind their actions */
    void send(KafkaProducer<String, byte[]> producer, Topics topics, Pace pace) {
        SplittableRandom random = new SplittableRandom(7);
        Deque<ProducerRecord<String, byte[]>> features = new ArrayDeque<>();
        String log = topics.userActions().name();
        long time = 0;
        for (int i = 0; i < actions; i++) {
            time = pace.next();
            UserId user = new UserId("user-" + random.nextInt(USERS));
            Optional<RequestId> request = Optional.empty();
            if (withRequest > 0 && i % withRequest == 0) {
                RequestId id = new RequestId(uuid(random));
                request = Optional.of(id);
                ServedList list = new ServedList(id, user, "v1", Instant.ofEpochMilli(time), items(i));
                send(producer, record(log, user, time, new UserEventCodec().encode(list)));
            }
            Action action = action(new EventId(uuid(random)), user, new ItemId("item-" + i % 5000), request, time);
            send(producer, record(log, user, time, new UserEventCodec().encode(action)));
            features.add(record(topics.features().name(), user, time, featuresOf(action)));
            if (features.size() > pace.featuresBehind()) {
                send(producer, features.remove());
            }
        }
        features.forEach(record -> send(producer, record));
        long end = time + LAST_BEAT_MILLIS;
        byte[] last = new UserEventCodec().encode(new Heartbeat(Instant.ofEpochMilli(end)));
        for (int partition = 0; partition < partitions; partition++) {
            send(producer, new ProducerRecord<>(log, partition, end, "", last));
        }
        producer.flush();
    }

    private static Action action(EventId event, UserId user, ItemId item, Optional<RequestId> request, long time) {
        Instant at = Instant.ofEpochMilli(time);
        return new Action(event, user, item, "Click", at, at, request, OptionalDouble.empty(), Map.of());
    }

    private static byte[] featuresOf(Action action) {
        return new FeatureSnapshotCodec()
                .encode(new FeatureSnapshot(
                        action.eventId(), action.userId(), action.itemId(), action.timestamp(), FEATURES));
    }

    private static ProducerRecord<String, byte[]> record(String topic, UserId user, long time, byte[] value) {
        return new ProducerRecord<>(topic, null, time, user.value(), value);
    }

    private static List<ServedList.Shown> items(int first) {
        return IntStream.range(0, ITEMS)
                .mapToObj(i -> new ServedList.Shown(new ItemId("item-" + (first + i) % 5000), 1))
                .toList();
    }

    private static void send(KafkaProducer<String, byte[]> producer, ProducerRecord<String, byte[]> record) {
        var unused = producer.send(record, (written, failure) -> {
            if (failure != null) {
                throw new IllegalStateException("a record was not written: start again", failure);
            }
        });
    }

    private static String uuid(SplittableRandom random) {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
