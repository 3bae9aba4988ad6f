package dev.milvuso.kafka;

import dev.milvuso.codec.MalformedRecordException;
import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.embedding.Removal;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Removals as the topic {@code embeddings} has them: the row's key, no value, and a header {@code milvuso.at} of epoch
 * (8 bytes) and step (8).
 */
public final class Removals {
    private static final String AT = "milvuso.at";

    private Removals() {}

    /** @param topic its name */
    public static ProducerRecord<String, byte[]> encode(String topic, Removal removal) {
        byte[] at = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(removal.epoch())
                .putLong(removal.step())
                .array();
        return new ProducerRecord<>(topic, null, removal.key(), null, List.of(new RecordHeader(AT, at)));
    }

    /** @throws MalformedRecordException if the key is not that of a row, or the header is not what is written here */
    public static Removal decode(ConsumerRecord<String, byte[]> record) throws MalformedRecordException {
        String key = String.valueOf(record.key());
        // Neither a version nor a kind holds a colon; an id may.
        String[] parts = key.split(":", 3);
        Header at = record.headers().lastHeader(AT);
        if (parts.length < 3 || at == null || at.value().length != 2 * Long.BYTES) {
            throw new MalformedRecordException("a record without a value and with the key " + key
                    + " removes nothing: it must have the key of a row and the header " + AT + " of 16 bytes");
        }
        ByteBuffer numbers = ByteBuffer.wrap(at.value());
        return new Removal(version(parts[0]), kind(parts[1]), parts[2], numbers.getLong(), numbers.getLong());
    }

    private static ModelVersion version(String text) throws MalformedRecordException {
        try {
            return new ModelVersion(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedRecordException(String.valueOf(e.getMessage()));
        }
    }

    private static Kind kind(String label) throws MalformedRecordException {
        for (Kind kind : Kind.values()) {
            if (kind.label().equals(label)) {
                return kind;
            }
        }
        throw new MalformedRecordException("the kind '" + label + "' must be user or item");
    }
}
