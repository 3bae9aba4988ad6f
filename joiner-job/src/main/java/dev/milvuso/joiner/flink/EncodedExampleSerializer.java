package dev.milvuso.joiner.flink;

import dev.milvuso.joiner.core.EncodedExample;
import dev.milvuso.joiner.core.EventKey;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** See {@link Fields}. */
public final class EncodedExampleSerializer extends PlainSerializer<EncodedExample> {
    static final EncodedExampleSerializer INSTANCE = new EncodedExampleSerializer();

    private static final int LATE = 1;
    private static final int AMENDING = 2;
    private static final int JOINED = 4;

    @Override
    public EncodedExample createInstance() {
        return new EncodedExample(new EventKey(0, 0), new byte[0], new byte[0], false, false, false);
    }

    @Override
    public void serialize(EncodedExample value, DataOutputView out) throws IOException {
        EventKeySerializer.INSTANCE.serialize(value.event(), out);
        out.writeByte((value.late() ? LATE : 0) | (value.amending() ? AMENDING : 0) | (value.joined() ? JOINED : 0));
        Fields.writeBytes(value.user(), out);
        Fields.writeBytes(value.json(), out);
    }

    @Override
    public EncodedExample deserialize(DataInputView in) throws IOException {
        EventKey event = EventKeySerializer.INSTANCE.deserialize(in);
        int flags = in.readByte();
        return new EncodedExample(
                event,
                Fields.readPresentBytes(in),
                Fields.readPresentBytes(in),
                (flags & LATE) != 0,
                (flags & AMENDING) != 0,
                (flags & JOINED) != 0);
    }

    @Override
    public TypeSerializerSnapshot<EncodedExample> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Found by name in a checkpoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<EncodedExample> {
        public Snapshot() {
            super(EncodedExampleSerializer::new);
        }
    }
}
