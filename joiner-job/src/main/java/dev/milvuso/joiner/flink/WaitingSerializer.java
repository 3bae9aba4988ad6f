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

    @Override
    public Waiting createInstance() {
        return new Waiting(false, null, null, Waiting.NEVER);
    }

    @Override
    public void serialize(Waiting value, DataOutputView out) throws IOException {
        out.writeBoolean(value.seen());
        out.writeLong(value.deadline());
        Fields.writeText(value.features(), out);
        Fields.writeOptionalAct(value.act(), out);
    }

    @Override
    public Waiting deserialize(DataInputView in) throws IOException {
        boolean seen = in.readBoolean();
        long deadline = in.readLong();
        String features = Fields.readOptionalText(in);
        return new Waiting(seen, Fields.readOptionalAct(in), features, deadline);
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
