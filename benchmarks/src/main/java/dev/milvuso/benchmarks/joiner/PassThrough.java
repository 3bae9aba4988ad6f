package dev.milvuso.benchmarks.joiner;

import dev.milvuso.action.ActionType;
import dev.milvuso.config.Config;
import dev.milvuso.joiner.core.Acts;
import dev.milvuso.joiner.core.EncodedExample;
import dev.milvuso.joiner.core.Served;
import dev.milvuso.joiner.flink.Fact;
import dev.milvuso.joiner.flink.JoinerTopics;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/** The joiner's sources and its sink with nothing between them: as many records in and out, joined with nothing. */
final class PassThrough {
    /** By every run in this process. */
    static final LongAdder FEATURES_READ = new LongAdder();

    private final JoinerTopics topics;
    private final ActionType impression;

    PassThrough(Config config) {
        topics = new JoinerTopics(config);
        impression = config.actions().find(ActionType.IMPRESSION).orElseThrow();
    }

    void addTo(StreamExecutionEnvironment env, int readers, TypeInformation<EncodedExample> type) {
        DataStream<EncodedExample> examples = topics.actions(env, readers)
                .flatMap(new ToExamples(impression), type)
                .setParallelism(readers);
        topics.write(examples, "examples");
        topics.features(env).filter(PassThrough::counted).sinkTo(new DiscardingSink<>());
    }

    private static boolean counted(Fact features) {
        FEATURES_READ.increment();
        return false;
    }

    private static final class ToExamples implements FlatMapFunction<Fact, EncodedExample> {
        private final ActionType impression;

        ToExamples(ActionType impression) {
            this.impression = impression;
        }

        @Override
        public void flatMap(Fact fact, Collector<EncodedExample> out) {
            if (fact instanceof Fact.Happened happened) {
                out.collect(EncodedExample.of(happened.act().example()));
            } else if (fact instanceof Fact.Listed listed) {
                Acts acts = new Acts(impression, Long.MAX_VALUE / 2);
                Served list = listed.list();
                list.items().stream()
                        .skip(1)
                        .forEach(item -> out.collect(EncodedExample.of(acts.unanswered(list, item))));
            }
        }
    }
}
