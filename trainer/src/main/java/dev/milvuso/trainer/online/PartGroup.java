package dev.milvuso.trainer.online;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where one kind of parts of a snapshot lies.
 *
 * @param parts by number
 * @param pieces to be put onto the parts, in this order
 */
record PartGroup(List<Place> parts, List<Piece> pieces) {
    /** One in so many parts is written anew with every snapshot, so that no piece is needed for longer than that. */
    private static final int TURN = 64;

    /** All places, those of pieces too. */
    Stream<Place> places() {
        return Stream.concat(parts.stream(), pieces.stream().map(Piece::place));
    }

    /** Whether a part was written before what the piece says. */
    boolean isOlder(int part, Piece piece) {
        return parts.get(part).file() < piece.since();
    }

    /** Without the pieces that are in all parts by now. */
    PartGroup pruned() {
        long oldest = parts.stream().mapToLong(Place::file).min().orElse(Long.MAX_VALUE);
        return new PartGroup(
                parts, pieces.stream().filter(piece -> oldest < piece.since()).toList());
    }

    /**
     * The parts that the next snapshot should hold anew although nothing in them may have changed, the oldest: as many
     * bytes as the last one's pieces, so that all pieces together stay about as large as the parts.
     */
    BitSet turn() {
        BitSet turn = new BitSet();
        if (!pieces.isEmpty()) {
            long newest = pieces.get(pieces.size() - 1).since();
            long bytes = pieces.stream()
                    .filter(piece -> piece.since() == newest)
                    .mapToLong(piece -> piece.place().length())
                    .sum();
            List<Integer> oldestFirst = IntStream.range(0, parts.size())
                    .boxed()
                    .sorted(Comparator.comparingLong(part -> parts.get(part).file()))
                    .toList();
            for (int part : oldestFirst) {
                if (bytes <= 0 && turn.cardinality() >= (parts.size() + TURN - 1) / TURN) {
                    break;
                }
                turn.set(part);
                bytes -= parts.get(part).length();
            }
        }
        return turn;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(parts.size());
        for (Place part : parts) {
            part.write(out);
        }
        out.writeInt(pieces.size());
        for (Piece piece : pieces) {
            piece.write(out);
        }
    }

    static PartGroup read(DataInput in) throws IOException {
        List<Place> parts = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            parts.add(Place.read(in));
        }
        List<Piece> pieces = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            pieces.add(Piece.read(in));
        }
        return new PartGroup(parts, pieces);
    }
}
