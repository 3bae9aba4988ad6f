package dev.milvuso.trainer.online;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What has changed in parts that were written before.
 *
 * @param since the file of the snapshot that it was first in; it belongs onto parts that lie in older files
 */
record Piece(Place place, long since) {
    void write(DataOutput out) throws IOException {
        place.write(out);
        out.writeLong(since);
    }

    static Piece read(DataInput in) throws IOException {
        return new Piece(Place.read(in), in.readLong());
    }
}
