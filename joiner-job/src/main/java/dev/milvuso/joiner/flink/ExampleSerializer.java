package dev.milvuso.joiner.flink;

import dev.milvuso.example.TrainingExample;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** See {@link Fields}. */
public final class ExampleSerializer extends PlainSerializer<TrainingExample> {
    static final ExampleSerializer INSTANCE = new ExampleSerializer();

    @Override
    public TrainingExample createInstance() {
        throw new UnsupportedOperationException("values are read, never filled in");
    }

    @Override
    public void serialize(TrainingExample value, DataOutputView out) throws IOException {
        Fields.writeExample(value, out);
    }

    @Override
    public TrainingExample deserialize(DataInputView in) throws IOException {
        return Fields.readExample(in);
    }

    @Override
    public TypeSerializerSnapshot<TrainingExample> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Found by name in a checkpoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<TrainingExample> {
        public Snapshot() {
            super(ExampleSerializer::new);
        }
    }
}
