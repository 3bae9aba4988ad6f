package dev.milvuso.trainer.online;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Where a part of a snapshot lies.
 *
 * @param file number of the file
 * @param length in bytes
 * @param checksum CRC32C
 */
record Place(long file, long offset, int length, int checksum) {
    void write(DataOutput out) throws IOException {
        out.writeLong(file);
        out.writeLong(offset);
        out.writeInt(length);
        out.writeInt(checksum);
    }

    static Place read(DataInput in) throws IOException {
        return new Place(in.readLong(), in.readLong(), in.readInt(), in.readInt());
    }
}
