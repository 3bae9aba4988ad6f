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
        return new Waiting(EncodedExampleSerializer.INSTANCE.createInstance(), 0);
    }

    @Override
    public void serialize(Waiting value, DataOutputView out) throws IOException {
        out.writeLong(value.deadline());
        EncodedExampleSerializer.INSTANCE.serialize(value.example(), out);
    }

    @Override
    public Waiting deserialize(DataInputView in) throws IOException {
        long deadline = in.readLong();
        return new Waiting(EncodedExampleSerializer.INSTANCE.deserialize(in), deadline);
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
