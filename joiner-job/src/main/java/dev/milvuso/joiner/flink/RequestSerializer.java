package dev.milvuso.joiner.flink;

import dev.milvuso.example.TrainingExample;
import dev.milvuso.joiner.core.Request;
import dev.milvuso.joiner.core.Served;
import dev.milvuso.joiner.core.Slot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** See {@link Fields}. */
public final class RequestSerializer extends PlainSerializer<Request> {
    static final RequestSerializer INSTANCE = new RequestSerializer();

    @Override
    public Request createInstance() {
        return new Request(null, Long.MAX_VALUE, List.of());
    }

    @Override
    public void serialize(Request value, DataOutputView out) throws IOException {
        Served served = value.served();
        out.writeBoolean(served != null);
        if (served != null) {
            Fields.writeServed(served, out);
        }
        out.writeLong(value.servedCloses());
        out.writeInt(value.slots().size());
        for (Slot slot : value.slots()) {
            Fields.writeText(slot.item(), out);
            Fields.writeText(slot.modelVersion(), out);
            out.writeInt(slot.posted().size());
            for (TrainingExample impression : slot.posted()) {
                Fields.writeExample(impression, out);
            }
            Fields.writeOptionalExample(slot.answer(), out);
            out.writeLong(slot.closes());
        }
    }

    @Override
    public Request deserialize(DataInputView in) throws IOException {
        Served served = in.readBoolean() ? Fields.readServed(in) : null;
        long servedCloses = in.readLong();
        int count = in.readInt();
        List<Slot> slots = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            slots.add(readSlot(in));
        }
        return new Request(served, servedCloses, slots);
    }

    private static Slot readSlot(DataInputView in) throws IOException {
        String item = Fields.readText(in);
        String modelVersion = Fields.readText(in);
        int count = in.readInt();
        List<TrainingExample> posted = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            posted.add(Fields.readExample(in));
        }
        return new Slot(item, modelVersion, posted, Fields.readOptionalExample(in), in.readLong());
    }

    @Override
    public TypeSerializerSnapshot<Request> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Found by name in a checkpoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Request> {
        public Snapshot() {
            super(RequestSerializer::new);
        }
    }
}
