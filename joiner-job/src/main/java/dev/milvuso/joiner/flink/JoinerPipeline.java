package dev.milvuso.joiner.flink;

import dev.milvuso.action.ActionTypes;
import dev.milvuso.config.Config;
import dev.milvuso.config.JoinerConfig;
import dev.milvuso.example.TrainingExample;
import dev.milvuso.joiner.core.Act;
import dev.milvuso.topic.Topics;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
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

/** From {@code user_actions} and {@code features} to {@code training_examples}: the graph of operators. */
final class JoinerPipeline {
    /** As long as a broker grants by default at most; a job that is away longer loses what it has not committed. */
    private static final String TRANSACTION_TIMEOUT_MILLIS = "900000";

    private final JoinerConfig config;
    private final String brokers;
    private final ActionTypes types;
    private final Topics topics;

    JoinerPipeline(Config config) {
        this.config = config.joiner();
        this.brokers = config.kafka().brokers();
        this.types = config.actions();
        this.topics = config.topics();
    }

    /**
     * @param actionReaders subtasks that read {@code user_actions}; one without a partition would hold time back for
     *     ever, so there must be no more of them than partitions
     */
    void addTo(StreamExecutionEnvironment env, int actionReaders) {
        SingleOutputStreamOperator<Fact> actions = actions(env, actionReaders);
        SingleOutputStreamOperator<Fact> features = features(env);
        SingleOutputStreamOperator<TrainingExample> joined = actions.keyBy(
                        JoinerPipeline::eventId, BasicTypeInfo.STRING_TYPE_INFO)
                .connect(features.keyBy(JoinerPipeline::eventId, BasicTypeInfo.STRING_TYPE_INFO))
                .process(new FeatureJoin(config), Types.EXAMPLE)
                .name("feature-join")
                .uid("feature-join");
        SingleOutputStreamOperator<TrainingExample> answered = joined.getSideOutput(FeatureJoin.WITH_REQUEST)
                .union(actions.getSideOutput(Sorting.SERVED))
                .keyBy(JoinerPipeline::requestId, BasicTypeInfo.STRING_TYPE_INFO)
                .process(new RequestJoin(config.impressionWindow().toMillis()), Types.EXAMPLE)
                .name("request-join")
                .uid("request-join");
        write(joined, "examples-without-request");
        write(answered, "examples-with-request");
        DataStream<DeadLetter> letters =
                actions.getSideOutput(Sorting.DEAD_LETTERS).union(features.getSideOutput(Sorting.DEAD_LETTERS));
        letters.sinkTo(sink(new DeadLetterWriter(), "dead-letters"))
                .name("dead-letters")
                .uid("dead-letters");
    }

    private SingleOutputStreamOperator<Fact> actions(StreamExecutionEnvironment env, int readers) {
        WatermarkStrategy<Fact> time = WatermarkStrategy.<Fact>forBoundedOutOfOrderness(config.outOfOrderness())
                .withTimestampAssigner((fact, arrival) -> fact.time());
        String topic = topics.userActions().name();
        return env.fromSource(source(topic, new ActionSchema(types)), time, topic, Types.FACT)
                .setParallelism(readers)
                .uid("actions")
                .process(new Sorting(topic), Types.FACT)
                .setParallelism(readers)
                .name("sort-actions")
                .uid("sort-actions");
    }

    private SingleOutputStreamOperator<Fact> features(StreamExecutionEnvironment env) {
        WatermarkStrategy<Fact> idle = WatermarkStrategy.forGenerator(context -> new IdleWatermarks());
        String topic = topics.features().name();
        return env.fromSource(source(topic, new FeatureSchema()), WatermarkStrategy.noWatermarks(), topic, Types.FACT)
                .uid("features")
                .assignTimestampsAndWatermarks(idle)
                .uid("features-time")
                .process(new Sorting(topic), Types.FACT)
                .name("sort-features")
                .uid("sort-features");
    }

    private KafkaSource<Fact> source(String topic, KafkaRecordDeserializationSchema<Fact> schema) {
        return KafkaSource.<Fact>builder()
                .setBootstrapServers(brokers)
                .setTopics(topic)
                .setGroupId("milvuso-joiner")
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setProperty("partition.discovery.interval.ms", "10000")
                .setProperty("fetch.max.wait.ms", "100")
                .setProperty("isolation.level", "read_committed")
                .setDeserializer(schema)
                .build();
    }

    private void write(DataStream<TrainingExample> examples, String name) {
        examples.sinkTo(sink(new ExampleWriter(topics.trainingExamples().name()), name))
                .name(name)
                .uid(name);
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

    private static String eventId(Fact fact) {
        return fact instanceof Fact.Known known
                ? known.eventId()
                : ((Fact.Happened) fact).act().example().exampleId();
    }

    private static String requestId(Act act) {
        return act.example().requestId().orElseThrow().value();
    }
}
