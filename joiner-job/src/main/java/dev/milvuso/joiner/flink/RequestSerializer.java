package dev.milvuso.joiner.flink;

import dev.milvuso.joiner.core.Act;
import dev.milvuso.joiner.core.Request;
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
        return new Request(List.of());
    }

    @Override
    public void serialize(Request value, DataOutputView out) throws IOException {
        out.writeInt(value.slots().size());
        for (Slot slot : value.slots()) {
            Fields.writeText(slot.item(), out);
            out.writeInt(slot.posted().size());
            for (Act act : slot.posted()) {
                Fields.writeAct(act, out);
            }
            Fields.writeOptionalAct(slot.served(), out);
            Fields.writeOptionalAct(slot.answer(), out);
            out.writeLong(slot.closes());
        }
    }

    @Override
    public Request deserialize(DataInputView in) throws IOException {
        int count = in.readInt();
        List<Slot> slots = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            slots.add(readSlot(in));
        }
        return new Request(slots);
    }

    private static Slot readSlot(DataInputView in) throws IOException {
        String item = Fields.readText(in);
        int count = in.readInt();
        List<Act> posted = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            posted.add(Fields.readAct(in));
        }
        return new Slot(item, posted, Fields.readOptionalAct(in), Fields.readOptionalAct(in), in.readLong());
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
