package dev.milvuso.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.milvuso.embedded.EmbeddedServices;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.EmbeddingRecord;
import dev.milvuso.embedding.Kind;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.vector.SwitchedStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What somebody has written into the topic {@code embeddings} who should not have. */
@ExtendWith(SharedServices.class)
class PoisonIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TOPIC = "poison_embeddings";

    private final SwitchedStore store = TrainedStore.empty();
    private List<String> settings = List.of();
    private ServerFixture server;

    @BeforeEach
    void start(EmbeddedServices services) {
        settings = ServerFixture.settings(services, "poison");
        server = started();
    }

    @AfterEach
    void stop() {
        server.close();
        store.close();
    }

    private ServerFixture started() {
        ServerFixture started = new ServerFixture(store, settings).start();
        await().atMost(PATIENCE).until(() -> started.get("/health/ready").statusCode() == 200);
        return started;
    }

    @Test
    void itIsPutAsideOnceWithItsReasonAndChangesNothingThatIsServed() throws Exception {
        assertThat(server.send("POST", "/items", "[{\"item_id\":\"a\"},{\"item_id\":\"b\"}]")
                        .statusCode())
                .isEqualTo(201);
        server.publish(
                ServerFixture.item("a", 2, 0),
                ServerFixture.item("b", 1, 0),
                ServerFixture.user("u", 1, 1, 0),
                ServerFixture.activation());
        await().atMost(PATIENCE).until(() -> scores().equals("[2.0, 1.0]"));

        List<byte[]> poison = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            String id = kind == Kind.USER ? "u" : "a";
            poison.add(bytes(kind, id));
            poison.add(bytes(kind, id, 1));
            poison.add(bytes(kind, id, new float[128]));
            poison.add(bytes(kind, id, Float.MAX_VALUE, Float.MAX_VALUE));
            poison.add(ByteBuffer.wrap(bytes(kind, id, 1, 0))
                    .putFloat(biasAt(bytes(kind, id, 1, 0)), Float.NaN)
                    .array());
            poison.add(ByteBuffer.wrap(bytes(kind, id, 1, 0))
                    .putFloat(biasAt(bytes(kind, id, 1, 0)), Float.NEGATIVE_INFINITY)
                    .array());
        }
        poison.add(new byte[] {1, 2, 3});
        write(poison);
        await().atMost(PATIENCE).until(() -> counted(server) == poison.size());
        assertThat(scores()).isEqualTo("[2.0, 1.0]");
        assertThat(letters())
                .hasSize(poison.size())
                .allSatisfy(letter ->
                        assertThat(reason(letter)).matches(".*(embedding_dim is 2|must be finite|too early).*"));

        server.close();
        server = started();
        // Read after all that was there at the start.
        write(List.of(new byte[] {9}));
        await().atMost(PATIENCE).until(() -> counted(server) == 1);
        assertThat(letters()).hasSize(poison.size() + 1);
        assertThat(scores()).isEqualTo("[2.0, 1.0]");
    }

    private String scores() throws Exception {
        JsonNode list = server.recommendations("u").get("recommendations");
        return list.valueStream()
                .map(each -> each.get("score").doubleValue())
                .toList()
                .toString();
    }

    private static double counted(ServerFixture server) {
        return server.metric("milvuso_dlq_records_total", TOPIC);
    }

    /** Newer than what is served. */
    private byte[] bytes(Kind kind, String id, float... vector) {
        EmbeddingRecord newer = new Embedding(ServerFixture.VERSION, kind, id, vector, 0, 1, 99, 0);
        return server.config.topics().embeddings().codec().encode(newer);
    }

    /** Of a vector of two numbers: they and their count come after it. */
    private static int biasAt(byte[] record) {
        return record.length - 2 * Float.BYTES - Short.BYTES - Float.BYTES;
    }

    private void write(List<byte[]> values) {
        try (Producer<String, byte[]> producer = new KafkaClients(server.config.kafka()).producer("test")) {
            for (int i = 0; i < values.size(); i++) {
                var unused = producer.send(new ProducerRecord<>(TOPIC, i % 4, "poison-" + i, values.get(i)));
            }
        }
    }

    private List<ConsumerRecord<String, byte[]>> letters() {
        TopicPartition partition = new TopicPartition(TOPIC + ".dlq", 0);
        List<ConsumerRecord<String, byte[]>> letters = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaClients(server.config.kafka()).consumer("letters")) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(letters::add);
            }
        }
        return letters;
    }

    private static String reason(ConsumerRecord<String, byte[]> letter) {
        return new String(letter.headers().lastHeader("milvuso-reason").value(), StandardCharsets.UTF_8);
    }
}
