package dev.milvuso.trainer.archive.hadoop;

import dev.milvuso.trainer.archive.store.ArchivedRecord;
import dev.milvuso.trainer.archive.store.Columns;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.jspecify.annotations.Nullable;

/** Writes records column by column; what is empty is null there. */
final class Rows extends WriteSupport<Rows.Row> {
    static final MessageType SCHEMA = MessageTypeParser.parseMessageType("""
            message milvuso {
              required binary topic (STRING);
              required int32 partition;
              required int64 offset;
              required int64 time (TIMESTAMP(MILLIS,true));
              optional binary key (STRING);
              optional binary record;
              optional binary id (STRING);
              optional binary user_id (STRING);
              optional binary item_id (STRING);
              optional binary action_type (STRING);
              optional int64 timestamp (TIMESTAMP(MILLIS,true));
              optional double value;
              optional int32 label;
              optional float weight;
            }
            """);

    /** A record and what it says. */
    record Row(ArchivedRecord record, Columns columns) {}

    private @Nullable RecordConsumer consumer;

    /** Deprecated and abstract all the same. */
    @Override
    @SuppressWarnings("deprecation")
    public WriteContext init(Configuration configuration) {
        return new WriteContext(SCHEMA, Map.of("milvuso.schema", "1"));
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
        return new WriteContext(SCHEMA, Map.of("milvuso.schema", "1"));
    }

    @Override
    public void prepareForWrite(RecordConsumer prepared) {
        consumer = prepared;
    }

    @Override
    public void write(Row row) {
        RecordConsumer out = Objects.requireNonNull(consumer, "prepareForWrite comes first");
        ArchivedRecord record = row.record();
        out.startMessage();
        text(out, "topic", record.partition().topic());
        field(out, "partition", () -> out.addInteger(record.partition().number()));
        field(out, "offset", () -> out.addLong(record.offset()));
        field(out, "time", () -> out.addLong(record.time()));
        text(out, "key", record.key() == null ? "" : record.key());
        byte[] value = record.value();
        if (value != null) {
            field(out, "record", () -> out.addBinary(Binary.fromConstantByteArray(value)));
        }
        columns(out, row.columns());
        out.endMessage();
    }

    private static void columns(RecordConsumer out, Columns columns) {
        String id = columns.id();
        if (id == null) {
            return;
        }
        text(out, "id", id);
        text(out, "user_id", columns.userId());
        text(out, "item_id", columns.itemId());
        text(out, "action_type", columns.actionType());
        field(out, "timestamp", () -> out.addLong(columns.timestampMillis()));
        if (columns.value().isPresent()) {
            field(out, "value", () -> out.addDouble(columns.value().getAsDouble()));
        }
        if (columns.label() >= 0) {
            field(out, "label", () -> out.addInteger(columns.label()));
            field(out, "weight", () -> out.addFloat(columns.weight()));
        }
    }

    private static void text(RecordConsumer out, String name, String text) {
        if (!text.isEmpty()) {
            field(out, name, () -> out.addBinary(Binary.fromString(text)));
        }
    }

    private static void field(RecordConsumer out, String name, Runnable value) {
        int index = SCHEMA.getFieldIndex(name);
        out.startField(name, index);
        value.run();
        out.endField(name, index);
    }
}
