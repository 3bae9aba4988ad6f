package dev.milvuso.joiner.flink;

import dev.milvuso.joiner.core.EventKey;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** See {@link Fields}. */
public final class EventKeySerializer extends PlainSerializer<EventKey> {
    static final EventKeySerializer INSTANCE = new EventKeySerializer();

    @Override
    public EventKey createInstance() {
        return new EventKey(0, 0);
    }

    @Override
    public int getLength() {
        return 2 * Long.BYTES;
    }

    @Override
    public void serialize(EventKey value, DataOutputView out) throws IOException {
        out.writeLong(value.high());
        out.writeLong(value.low());
    }

    @Override
    public EventKey deserialize(DataInputView in) throws IOException {
        return new EventKey(in.readLong(), in.readLong());
    }

    @Override
    public TypeSerializerSnapshot<EventKey> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Found by name in a checkpoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<EventKey> {
        public Snapshot() {
            super(EventKeySerializer::new);
        }
    }
}
