package dev.milvuso.joiner.flink;

import dev.milvuso.action.ActionTypes;
import dev.milvuso.config.Config;
import dev.milvuso.config.JoinerConfig;
import dev.milvuso.joiner.core.EncodedExample;
import dev.milvuso.topic.Topics;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The ends of the job's graph: what it reads and what it writes. */
public final class JoinerTopics {
    /** As long as a broker grants by default at most; a job that is away longer loses what it has not committed. */
    private static final String TRANSACTION_TIMEOUT_MILLIS = "900000";

    /** What goes into a new partition waits up to this long. */
    private static final String PARTITION_DISCOVERY_MILLIS = "2000";

    private final JoinerConfig config;
    private final String brokers;
    private final ActionTypes types;
    private final Topics topics;

    public JoinerTopics(Config config) {
        this.config = config.joiner();
        this.brokers = config.kafka().brokers();
        this.types = config.actions();
        this.topics = config.topics();
    }

    String actionTopic() {
        return topics.userActions().name();
    }

    String featureTopic() {
        return topics.features().name();
    }

    /** Event time moves by these alone. */
    public SingleOutputStreamOperator<Fact> actions(StreamExecutionEnvironment env, int readers) {
        WatermarkStrategy<Fact> time = WatermarkStrategy.<Fact>forBoundedOutOfOrderness(config.outOfOrderness())
                .withTimestampAssigner((fact, arrival) -> fact.time());
        long lateAfter = config.impressionWindow().plus(config.outOfOrderness()).toMillis();
        return env.fromSource(
                        source(actionTopic(), new ActionSchema(types, lateAfter)), time, actionTopic(), Types.FACT)
                .setParallelism(readers)
                .uid("actions");
    }

    public SingleOutputStreamOperator<Fact> features(StreamExecutionEnvironment env) {
        return env.fromSource(
                        source(featureTopic(), new FeatureSchema()),
                        WatermarkStrategy.noWatermarks(),
                        featureTopic(),
                        Types.FACT)
                .uid("features");
    }

    private KafkaSource<Fact> source(String topic, KafkaRecordDeserializationSchema<Fact> schema) {
        return KafkaSource.<Fact>builder()
                .setBootstrapServers(brokers)
                .setTopics(topic)
                .setGroupId("milvuso-joiner")
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setProperty("partition.discovery.interval.ms", PARTITION_DISCOVERY_MILLIS)
                .setProperty("fetch.max.wait.ms", "100")
                .setProperty("isolation.level", "read_committed")
                .setDeserializer(schema)
                .build();
    }

    /** @param name of the sink; it names the sink's part of a checkpoint */
    public void write(DataStream<EncodedExample> examples, String name) {
        examples.sinkTo(sink(new ExampleWriter(topics.trainingExamples().name()), name))
                .name(name)
                .uid(name);
    }

    void putAside(DataStream<DeadLetter> letters) {
        letters.sinkTo(sink(new DeadLetterWriter(), "dead-letters"))
                .name("dead-letters")
                .uid("dead-letters");
    }

    private <T> KafkaSink<T> sink(KafkaRecordSerializationSchema<T> writer, String name) {
        KafkaSinkBuilder<T> sink = KafkaSink.<T>builder()
                .setBootstrapServers(brokers)
                .setRecordSerializer(writer)
                .setProperty("linger.ms", "2")
                .setProperty("batch.size", "131072")
                .setProperty("transaction.timeout.ms", TRANSACTION_TIMEOUT_MILLIS)
                .setDeliveryGuarantee(
                        config.exactlyOnce() ? DeliveryGuarantee.EXACTLY_ONCE : DeliveryGuarantee.AT_LEAST_ONCE);
        return config.exactlyOnce()
                ? sink.setTransactionalIdPrefix("milvuso-joiner-" + name).build()
                : sink.build();
    }
}
