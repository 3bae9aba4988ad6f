package dev.milvuso.joiner.flink;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** See {@link Fields}. */
public final class DeadLetterSerializer extends PlainSerializer<DeadLetter> {
    static final DeadLetterSerializer INSTANCE = new DeadLetterSerializer();

    @Override
    public DeadLetter createInstance() {
        return new DeadLetter("", 0, 0, "", null, null);
    }

    @Override
    public void serialize(DeadLetter value, DataOutputView out) throws IOException {
        Fields.writeText(value.topic(), out);
        out.writeInt(value.partition());
        out.writeLong(value.offset());
        Fields.writeText(value.reason(), out);
        Fields.writeBytes(value.key(), out);
        Fields.writeBytes(value.value(), out);
    }

    @Override
    public DeadLetter deserialize(DataInputView in) throws IOException {
        return new DeadLetter(
                Fields.readText(in),
                in.readInt(),
                in.readLong(),
                Fields.readText(in),
                Fields.readBytes(in),
                Fields.readBytes(in));
    }

    @Override
    public TypeSerializerSnapshot<DeadLetter> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Found by name in a checkpoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<DeadLetter> {
        public Snapshot() {
            super(DeadLetterSerializer::new);
        }
    }
}
