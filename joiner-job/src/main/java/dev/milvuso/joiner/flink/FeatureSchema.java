package dev.milvuso.joiner.flink;

import dev.milvuso.codec.MalformedRecordException;
import dev.milvuso.feature.FeatureSnapshot;
import dev.milvuso.feature.FeatureSnapshotCodec;
import dev.milvuso.joiner.core.EventKey;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads {@code features}. */
final class FeatureSchema implements KafkaRecordDeserializationSchema<Fact> {
    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Fact> out) {
        try {
            FeatureSnapshot snapshot = new FeatureSnapshotCodec().decode(Rejections.valueOf(record));
            out.collect(new Fact.Known(
                    EventKey.of(snapshot.eventId().value()), snapshot.features().getBytes(StandardCharsets.UTF_8)));
        } catch (MalformedRecordException e) {
            out.collect(Rejections.of(record, e));
        }
    }

    @Override
    public TypeInformation<Fact> getProducedType() {
        return Types.FACT;
    }
}
