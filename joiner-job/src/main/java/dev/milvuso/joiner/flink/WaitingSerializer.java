package dev.milvuso.joiner.flink;

import dev.milvuso.joiner.core.Waiting;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** See {@link Fields}. */
public final class WaitingSerializer extends PlainSerializer<Waiting> {
    static final WaitingSerializer INSTANCE = new WaitingSerializer();

    private static final int SEEN = 0;
    private static final int EXAMPLE = 1;
    private static final int FEATURES = 2;

    @Override
    public Waiting createInstance() {
        return Waiting.SEEN;
    }

    /** A single byte for what is kept for days; the rest lives for seconds. */
    @Override
    public void serialize(Waiting value, DataOutputView out) throws IOException {
        if (value.example() != null) {
            out.writeByte(EXAMPLE);
            out.writeLong(value.deadline());
            Fields.writeExample(value.example(), out);
        } else if (value.features() != null) {
            out.writeByte(FEATURES);
            out.writeLong(value.deadline());
            Fields.writeText(value.features(), out);
        } else {
            out.writeByte(SEEN);
        }
    }

    @Override
    public Waiting deserialize(DataInputView in) throws IOException {
        int code = in.readByte();
        if (code == SEEN) {
            return Waiting.SEEN;
        }
        long deadline = in.readLong();
        return code == EXAMPLE
                ? new Waiting(true, Fields.readExample(in), null, deadline)
                : new Waiting(false, null, Fields.readText(in), deadline);
    }

    @Override
    public TypeSerializerSnapshot<Waiting> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Found by name in a checkpoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Waiting> {
        public Snapshot() {
            super(WaitingSerializer::new);
        }
    }
}
