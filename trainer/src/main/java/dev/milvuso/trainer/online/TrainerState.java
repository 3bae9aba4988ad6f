package dev.milvuso.trainer.online;

import dev.milvuso.embedding.ModelVersion;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * What goes on when a trainer goes on: the content of a snapshot.
 *
 * @param step of the last rows that were published
 * @param offsets where to go on in {@code training_examples}, by partition; a partition that is not named begins anew
 */
public record TrainerState(ModelVersion version, long step, Map<Integer, Long> offsets, OnlineCore core) {
    /** All but the core. */
    void write(DataOutput out) throws IOException {
        out.writeUTF(version.value());
        out.writeLong(step);
        out.writeInt(offsets.size());
        for (Map.Entry<Integer, Long> entry : offsets.entrySet()) {
            out.writeInt(entry.getKey());
            out.writeLong(entry.getValue());
        }
    }

    /** Reads all but the core, which is given. */
    static TrainerState read(DataInput in, OnlineCore core) throws IOException {
        ModelVersion version = new ModelVersion(in.readUTF());
        long step = in.readLong();
        Map<Integer, Long> offsets = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            offsets.put(in.readInt(), in.readLong());
        }
        return new TrainerState(version, step, offsets, core);
    }
}
