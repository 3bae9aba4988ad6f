package dev.milvuso.benchmarks.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.benchmarks.process.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads all of {@code training_examples} and says whether every event id that was acknowledged stands under exactly one
 * distinct example id. It reads the topic with a consumer and a parser of its own, so that it shares no code with what
 * it checks.
 */
final class Ledger {
    private final Map<String, Set<String>> examplesByEvent = new HashMap<>();
    private final Set<String> examples = new HashSet<>();
    private long records;

    private Ledger() {}

    /**
     * Options: {@code --brokers host:port --acknowledged FILE} (one event id a line) and optionally {@code --topic}.
     */
    public static void main(String[] arguments) throws IOException {
        Options options = new Options(arguments, "brokers", "acknowledged", "topic");
        Set<String> acknowledged = new HashSet<>(Files.readAllLines(Path.of(options.required("acknowledged"))));
        Ledger ledger = read(options.required("brokers"), options.text("topic", "training_examples"));
        ObjectNode result = ledger.compare(acknowledged);
        System.out.println(result);
        if (result.get("missing").intValue() > 0 || result.get("under_several").intValue() > 0) {
            System.exit(1);
        }
    }

    static Ledger read(String brokers, String topic) throws IOException {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", brokers, "isolation.level", "read_committed", "max.poll.records", 5000);
        Ledger ledger = new Ledger();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(500))) {
                    ledger.add(record.value());
                }
            }
        }
        return ledger;
    }

    private void add(byte[] value) throws IOException {
        JsonNode example = Site.JSON.readTree(value);
        String id = example.get("example_id").textValue();
        records++;
        examples.add(id);
        example.get("event_ids")
                .forEach(event -> examplesByEvent
                        .computeIfAbsent(event.textValue(), key -> new HashSet<>(2))
                        .add(id));
    }

    int distinctExamples() {
        return examples.size();
    }

    boolean hasAll(Set<String> acknowledged) {
        return examplesByEvent.keySet().containsAll(acknowledged);
    }

    ObjectNode compare(Set<String> acknowledged) {
        long missing = acknowledged.stream()
                .filter(id -> !examplesByEvent.containsKey(id))
                .count();
        long several =
                examplesByEvent.values().stream().filter(ids -> ids.size() > 1).count();
        return Site.JSON
                .createObjectNode()
                .put("acknowledged", acknowledged.size())
                .put("missing", missing)
                .put("under_several", several)
                .put("distinct_examples", examples.size())
                .put("records", records);
    }
}
