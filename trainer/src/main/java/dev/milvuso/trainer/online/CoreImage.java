package dev.milvuso.trainer.online;

import dev.milvuso.trainer.parameter.PartImage;
import dev.milvuso.trainer.parameter.TableImage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;

/**
 * A core as it was at one moment.
 *
 * @param header all that is small
 * @param rest what comes in parts besides the tables, in an order of its own
 */
record CoreImage(ByteBuffer header, TableImage users, TableImage items, List<PartImage> rest) {
    /** All that comes in parts; the order is the same in every image. */
    List<PartImage> groups() {
        return Stream.concat(Stream.of(users, items), rest.stream()).toList();
    }
}
