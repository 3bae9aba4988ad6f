package dev.milvuso.joiner.flink;

import dev.milvuso.action.ActionType;
import dev.milvuso.config.Config;
import dev.milvuso.config.JoinerConfig;
import dev.milvuso.joiner.core.EncodedExample;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** From {@code user_actions} and {@code features} to {@code training_examples}: the graph of operators. */
public final class JoinerPipeline {
    private final JoinerConfig config;
    private final ActionType impression;
    private final JoinerTopics topics;

    public JoinerPipeline(Config config) {
        this.config = config.joiner();
        this.impression = config.actions().find(ActionType.IMPRESSION).orElseThrow();
        this.topics = new JoinerTopics(config);
    }

    /**
     * @param actionReaders subtasks that read {@code user_actions}; one without a partition would hold time back for
     *     ever, so there must be no more of them than partitions
     */
    public void addTo(StreamExecutionEnvironment env, int actionReaders) {
        SingleOutputStreamOperator<EncodedExample> actions = topics.actions(env, actionReaders)
                .process(new SortActions(topics.actionTopic()), Types.EXAMPLE)
                .setParallelism(actionReaders)
                .name("sort-actions")
                .uid("sort-actions");
        SingleOutputStreamOperator<Fact> features = topics.features(env)
                .process(new SortFeatures(topics.featureTopic()), Types.FACT)
                .name("sort-features")
                .uid("sort-features");
        SingleOutputStreamOperator<EncodedExample> requests = actions.getSideOutput(SortActions.WITH_REQUEST)
                .keyBy(JoinerPipeline::requestId, BasicTypeInfo.STRING_TYPE_INFO)
                .process(new RequestJoin(impression, config), Types.EXAMPLE)
                .name("request-join")
                .uid("request-join");
        boolean onDisk = config.stateBackend().equals("rocksdb");
        SingleOutputStreamOperator<EncodedExample> joined = actions.union(requests)
                .keyBy(example -> FeatureJoin.keyOf(example.event(), onDisk), Types.EVENT_KEY)
                .connect(features.keyBy(
                        fact -> FeatureJoin.keyOf(((Fact.Known) fact).event(), onDisk), Types.EVENT_KEY))
                .transform("feature-join", Types.EXAMPLE, new FeatureJoin(config))
                .uid("feature-join");
        topics.write(joined, "examples");
        topics.write(requests.getSideOutput(RequestJoin.SERVED_ITEMS), "served-items");
        topics.putAside(actions.getSideOutput(DeadLetter.TAG).union(features.getSideOutput(DeadLetter.TAG)));
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
