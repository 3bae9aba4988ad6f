package dev.milvuso.server.action.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.Action;
import dev.milvuso.action.EventId;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.RequestId;
import dev.milvuso.action.ServedList;
import dev.milvuso.action.UserEvent;
import dev.milvuso.action.UserId;
import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** A producer that is none says in which order it was given records, and when it acknowledges nothing. */
class KafkaActionLogTest {
    private static final Config CONFIG =
            ConfigLoader.load(Optional.empty(), Map.of(), List.of("kafka.buffer_bytes=65536"));

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    private static MockProducer<String, byte[]> producer(boolean acknowledges) {
        return new MockProducer<>(acknowledges, null, new StringSerializer(), new ByteArraySerializer());
    }

    private KafkaActionLog log(MockProducer<String, byte[]> producer) {
        return new KafkaActionLog(CONFIG.topics().userActions(), producer, CONFIG.kafka(), new Origin(), metrics);
    }

    private static ServedList list(int number) {
        return new ServedList(
                new RequestId("r" + number),
                new UserId("u"),
                "v1",
                Instant.EPOCH,
                List.of(new ServedList.Shown(new ItemId("a"), 1)));
    }

    private static Action action(int number) {
        return new Action(
                new EventId("e" + number),
                new UserId("u"),
                new ItemId("a"),
                "Like",
                Instant.EPOCH,
                Instant.EPOCH,
                Optional.of(new RequestId("r" + number)),
                OptionalDouble.empty(),
                Map.of());
    }

    private static List<UserEvent> written(MockProducer<String, byte[]> producer) throws Exception {
        List<UserEvent> written = new ArrayList<>();
        for (ProducerRecord<String, byte[]> each : producer.history()) {
            written.add(CONFIG.topics().userActions().codec().decode(each.value()));
        }
        return written;
    }

    @Test
    void anActionComesAfterTheListThatItAnswers() throws Exception {
        MockProducer<String, byte[]> producer = producer(true);
        List<UserEvent> order = new ArrayList<>();
        try (KafkaActionLog log = log(producer)) {
            for (int i = 0; i < 100; i++) {
                log.offer(list(i));
                log.append(List.of(action(i))).get(10, TimeUnit.SECONDS);
                order.add(list(i));
                order.add(action(i));
            }
        }
        assertThat(written(producer)).isEqualTo(order);
    }

    @Test
    void whatIsCollectedIsWrittenAtTheEnd() throws Exception {
        MockProducer<String, byte[]> producer = producer(true);
        try (KafkaActionLog log = log(producer)) {
            log.offer(list(1));
            log.offer(list(2));
        }
        assertThat(written(producer)).containsExactly(list(1), list(2));
    }

    @Test
    void listsWithoutRoomAreCountedAndDropped() {
        MockProducer<String, byte[]> producer = producer(false);
        try (KafkaActionLog log = log(producer)) {
            for (int i = 0; i < 1000; i++) {
                log.offer(list(i));
            }
        }
        double dropped = metrics.counter("milvuso.impressions.dropped").count();
        assertThat(dropped).isBetween(800.0, 950.0);
        assertThat(producer.history()).hasSize(1000 - (int) dropped);
    }
}
