package dev.milvuso.trainer.online;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutorService;

/** The parts of a group of a snapshot, and then its pieces, each to be taken in order. */
final class StoredParts implements Ring.Parts {
    private final PartGroup group;
    private final ReadAhead parts;
    private final ReadAhead pieces;

    StoredParts(PartGroup group, PartFiles.Reader reader, ExecutorService executor) {
        this.group = group;
        this.parts = new ReadAhead(group.parts(), reader, executor);
        this.pieces = new ReadAhead(group.pieces().stream().map(Piece::place).toList(), reader, executor);
    }

    @Override
    public ByteBuffer part(int number) throws IOException {
        return parts.part(number);
    }

    int parts() {
        return group.parts().size();
    }

    int pieces() {
        return group.pieces().size();
    }

    ByteBuffer piece(int number) throws IOException {
        return pieces.part(number);
    }

    /** Whether a part was written before what a piece says. */
    boolean isOlder(int part, int piece) {
        return group.isOlder(part, group.pieces().get(piece));
    }
}
