package dev.milvuso.joiner.flink;

import dev.milvuso.joiner.core.Settled;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** See {@link Fields}. */
public final class SettledSerializer extends PlainSerializer<Settled> {
    static final SettledSerializer INSTANCE = new SettledSerializer();

    @Override
    public Settled createInstance() {
        return new Settled(new long[0]);
    }

    @Override
    public void serialize(Settled value, DataOutputView out) throws IOException {
        out.writeInt(value.fingerprints().length);
        for (long fingerprint : value.fingerprints()) {
            out.writeLong(fingerprint);
        }
    }

    @Override
    public Settled deserialize(DataInputView in) throws IOException {
        long[] fingerprints = new long[in.readInt()];
        for (int i = 0; i < fingerprints.length; i++) {
            fingerprints[i] = in.readLong();
        }
        return new Settled(fingerprints);
    }

    @Override
    public TypeSerializerSnapshot<Settled> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Found by name in a checkpoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Settled> {
        public Snapshot() {
            super(SettledSerializer::new);
        }
    }
}
