package dev.milvuso.joiner.flink;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** See {@link Fields}. */
public final class FactSerializer extends PlainSerializer<Fact> {
    static final FactSerializer INSTANCE = new FactSerializer();

    @Override
    public Fact createInstance() {
        return new Fact.Beat(0);
    }

    @Override
    public void serialize(Fact value, DataOutputView out) throws IOException {
        if (value instanceof Fact.Happened happened) {
            out.writeByte(0);
            Fields.writeAct(happened.act(), out);
        } else if (value instanceof Fact.Known known) {
            out.writeByte(1);
            Fields.writeText(known.eventId(), out);
            Fields.writeText(known.features(), out);
        } else if (value instanceof Fact.Rejected rejected) {
            out.writeByte(2);
            DeadLetterSerializer.INSTANCE.serialize(rejected.letter(), out);
        } else {
            out.writeByte(3);
            out.writeLong(value.time());
        }
    }

    @Override
    public Fact deserialize(DataInputView in) throws IOException {
        return switch (in.readByte()) {
            case 0 -> new Fact.Happened(Fields.readAct(in));
            case 1 -> new Fact.Known(Fields.readText(in), Fields.readText(in));
            case 2 -> new Fact.Rejected(DeadLetterSerializer.INSTANCE.deserialize(in));
            default -> new Fact.Beat(in.readLong());
        };
    }

    @Override
    public TypeSerializerSnapshot<Fact> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Found by name in a checkpoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Fact> {
        public Snapshot() {
            super(FactSerializer::new);
        }
    }
}
