package dev.milvuso.joiner.flink;

import dev.milvuso.action.ActionType;
import dev.milvuso.action.ActionTypes;
import dev.milvuso.config.Config;
import dev.milvuso.config.JoinerConfig;
import dev.milvuso.example.TrainingExample;
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
        SingleOutputStreamOperator<TrainingExample> actions = actions(env, actionReaders);
        SingleOutputStreamOperator<Fact> features = features(env);
        SingleOutputStreamOperator<TrainingExample> requests = actions.getSideOutput(SortActions.WITH_REQUEST)
                .keyBy(JoinerPipeline::requestId, BasicTypeInfo.STRING_TYPE_INFO)
                .process(new RequestJoin(types.find(ActionType.IMPRESSION).orElseThrow(), config), Types.EXAMPLE)
                .name("request-join")
                .uid("request-join");
        SingleOutputStreamOperator<TrainingExample> joined = actions.union(requests)
                .keyBy(TrainingExample::exampleId, BasicTypeInfo.STRING_TYPE_INFO)
                .connect(features.keyBy(fact -> ((Fact.Known) fact).eventId(), BasicTypeInfo.STRING_TYPE_INFO))
                .process(new FeatureJoin(config), Types.EXAMPLE)
                .name("feature-join")
                .uid("feature-join");
        write(joined, "examples");
        write(requests.getSideOutput(RequestJoin.SERVED_ITEMS), "served-items");
        DataStream<DeadLetter> letters =
                actions.getSideOutput(DeadLetter.TAG).union(features.getSideOutput(DeadLetter.TAG));
        letters.sinkTo(sink(new DeadLetterWriter(), "dead-letters"))
                .name("dead-letters")
                .uid("dead-letters");
    }

    private SingleOutputStreamOperator<TrainingExample> actions(StreamExecutionEnvironment env, int readers) {
        WatermarkStrategy<Fact> time = WatermarkStrategy.<Fact>forBoundedOutOfOrderness(config.outOfOrderness())
                .withTimestampAssigner((fact, arrival) -> fact.time());
        String topic = topics.userActions().name();
        long lateAfter = config.impressionWindow().plus(config.outOfOrderness()).toMillis();
        return env.fromSource(source(topic, new ActionSchema(types, lateAfter)), time, topic, Types.FACT)
                .setParallelism(readers)
                .uid("actions")
                .process(new SortActions(topic), Types.EXAMPLE)
                .setParallelism(readers)
                .name("sort-actions")
                .uid("sort-actions");
    }

    private SingleOutputStreamOperator<Fact> features(StreamExecutionEnvironment env) {
        String topic = topics.features().name();
        return env.fromSource(source(topic, new FeatureSchema()), WatermarkStrategy.noWatermarks(), topic, Types.FACT)
                .uid("features")
                .process(new SortFeatures(topic), Types.FACT)
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

    private static String requestId(Fact fact) {
        return fact instanceof Fact.Listed listed
                ? listed.list().requestId()
                : ((Fact.Happened) fact)
                        .act()
                        .example()
                        .requestId()
                        .orElseThrow()
                        .value();
    }
}
