package dev.milvuso.joiner.flink;

import dev.milvuso.action.Action;
import dev.milvuso.action.ActionType;
import dev.milvuso.action.ActionTypes;
import dev.milvuso.action.ServedList;
import dev.milvuso.action.UserEvent;
import dev.milvuso.action.UserEventReader;
import dev.milvuso.codec.MalformedRecordException;
import dev.milvuso.joiner.core.Acts;
import java.time.Clock;
import java.util.ArrayList;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Reads {@code user_actions}. */
final class ActionSchema implements KafkaRecordDeserializationSchema<Fact> {
    private final ArrayList<ActionType> configured = new ArrayList<>();
    private final long lateAfter;
    private transient @Nullable Reader reader;

    /** @param lateAfter see {@link Acts} */
    ActionSchema(ActionTypes types, long lateAfter) {
        this.lateAfter = lateAfter;
        types.names().forEach(name -> types.find(name).ifPresent(configured::add));
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        reader = new Reader(new ActionTypes(configured), lateAfter);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Fact> out) {
        Reader open = reader;
        if (open == null) {
            throw new IllegalStateException("open() has not been called");
        }
        try {
            open.read(record, out);
        } catch (MalformedRecordException e) {
            out.collect(Rejections.of(record, e));
        }
    }

    @Override
    public TypeInformation<Fact> getProducedType() {
        return Types.FACT;
    }

    private static final class Reader {
        private final UserEventReader events;
        private final ActionTypes types;
        private final Acts acts;

        Reader(ActionTypes types, long lateAfter) {
            this.events = new UserEventReader(types, Clock.systemUTC());
            this.types = types;
            this.acts = new Acts(types.find(ActionType.IMPRESSION).orElseThrow(), lateAfter);
        }

        void read(ConsumerRecord<byte[], byte[]> record, Collector<Fact> out) throws MalformedRecordException {
            UserEvent event = events.read(record.value(), record.timestamp());
            if (event instanceof Action action) {
                ActionType type = types.find(action.type()).orElseThrow();
                out.collect(new Fact.Happened(acts.of(action, type, record.timestamp())));
            } else if (event instanceof ServedList list) {
                out.collect(new Fact.Listed(Acts.of(list, record.timestamp())));
            } else {
                out.collect(new Fact.Beat(event.timestamp().toEpochMilli()));
            }
        }
    }
}
