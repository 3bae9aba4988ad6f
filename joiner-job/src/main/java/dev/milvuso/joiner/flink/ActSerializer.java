package dev.milvuso.joiner.flink;

import dev.milvuso.joiner.core.Act;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** See {@link Fields}. */
public final class ActSerializer extends PlainSerializer<Act> {
    static final ActSerializer INSTANCE = new ActSerializer();

    @Override
    public Act createInstance() {
        throw new UnsupportedOperationException("values are read, never filled in");
    }

    @Override
    public void serialize(Act value, DataOutputView out) throws IOException {
        Fields.writeAct(value, out);
    }

    @Override
    public Act deserialize(DataInputView in) throws IOException {
        return Fields.readAct(in);
    }

    @Override
    public TypeSerializerSnapshot<Act> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Found by name in a checkpoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Act> {
        public Snapshot() {
            super(ActSerializer::new);
        }
    }
}
