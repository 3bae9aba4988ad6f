package dev.milvuso.vector.transfer.file;

import dev.milvuso.vector.Id;
import dev.milvuso.vector.KeyField;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Whole numbers of 64 bits that lie side by side in a file. */
record LongIds(FileBytes file, long offset, long count, ByteOrder order) implements RowIds {
    static LongIds read(FileBytes file) {
        NumPyHeader header = NumPyHeader.read(file);
        if (!header.type().equals("i8") || header.shape().size() != 1) {
            throw file.wrong(
                    "holds " + header.type() + " of shape " + header.shape() + ": ids must be one dimension of int64");
        }
        long count = header.shape().get(0);
        file.checkFills(header.offset(), count, Long.BYTES);
        return new LongIds(file, header.offset(), count, header.order());
    }

    @Override
    public KeyField key() {
        return KeyField.INTEGER;
    }

    @Override
    public List<Id> read(long first, int wanted) {
        ByteBuffer bytes =
                file.read(offset + first * Long.BYTES, wanted * Long.BYTES).order(order);
        List<Id> ids = new ArrayList<>(wanted);
        for (int i = 0; i < wanted; i++) {
            ids.add(Id.of(bytes.getLong()));
        }
        return ids;
    }

    @Override
    public void close() {
        file.close();
    }
}
