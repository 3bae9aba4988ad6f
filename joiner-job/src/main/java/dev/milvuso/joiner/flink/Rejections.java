package dev.milvuso.joiner.flink;

import dev.milvuso.codec.MalformedRecordException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the sources do with records that cannot be understood. */
final class Rejections {
    private Rejections() {}

    static byte[] valueOf(ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException {
        byte[] value = record.value();
        if (value == null) {
            throw new MalformedRecordException("the record has no value");
        }
        return value;
    }

    static Fact of(ConsumerRecord<byte[], byte[]> record, MalformedRecordException fault) {
        return new Fact.Rejected(new DeadLetter(
                record.topic(),
                record.partition(),
                record.offset(),
                String.valueOf(fault.getMessage()),
                record.key(),
                record.value()));
    }
}
