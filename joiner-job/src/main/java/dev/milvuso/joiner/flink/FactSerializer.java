package dev.milvuso.joiner.flink;

import dev.milvuso.joiner.core.Act;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** See {@link Fields}. */
public final class FactSerializer extends PlainSerializer<Fact> {
    static final FactSerializer INSTANCE = new FactSerializer();

    private static final int ANSWER = 0;
    private static final int POSTED = 1;
    private static final int LISTED = 2;
    private static final int KNOWN = 3;
    private static final int BEAT = 4;
    private static final int REJECTED = 5;

    @Override
    public Fact createInstance() {
        return new Fact.Beat(0);
    }

    @Override
    public void serialize(Fact value, DataOutputView out) throws IOException {
        if (value instanceof Fact.Happened happened) {
            writeAct(happened.act(), out);
        } else if (value instanceof Fact.Listed listed) {
            out.writeByte(LISTED);
            Fields.writeServed(listed.list(), out);
        } else if (value instanceof Fact.Known known) {
            out.writeByte(KNOWN);
            EventKeySerializer.INSTANCE.serialize(known.event(), out);
            Fields.writeBytes(known.features(), out);
        } else if (value instanceof Fact.Rejected rejected) {
            out.writeByte(REJECTED);
            DeadLetterSerializer.INSTANCE.serialize(rejected.letter(), out);
        } else {
            out.writeByte(BEAT);
            out.writeLong(value.time());
        }
    }

    private static void writeAct(Act act, DataOutputView out) throws IOException {
        out.writeByte(act.role() == Act.Role.ANSWER ? ANSWER : POSTED);
        out.writeLong(act.time());
        out.writeLong(act.arrival());
        Fields.writeExample(act.example(), out);
    }

    private static Fact readAct(Act.Role role, DataInputView in) throws IOException {
        long time = in.readLong();
        long arrival = in.readLong();
        return new Fact.Happened(new Act(Fields.readExample(in), role, time, arrival));
    }

    @Override
    public Fact deserialize(DataInputView in) throws IOException {
        int code = in.readByte();
        return switch (code) {
            case ANSWER -> readAct(Act.Role.ANSWER, in);
            case POSTED -> readAct(Act.Role.POSTED, in);
            case LISTED -> new Fact.Listed(Fields.readServed(in));
            case KNOWN -> new Fact.Known(EventKeySerializer.INSTANCE.deserialize(in), Fields.readPresentBytes(in));
            case BEAT -> new Fact.Beat(in.readLong());
            case REJECTED -> new Fact.Rejected(DeadLetterSerializer.INSTANCE.deserialize(in));
            default -> throw new IOException("no fact has the code " + code);
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
