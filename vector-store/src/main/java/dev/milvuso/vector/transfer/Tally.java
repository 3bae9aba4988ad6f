package dev.milvuso.vector.transfer;

import dev.milvuso.vector.Entity;
import dev.milvuso.vector.transfer.part.RowLine;
import java.security.MessageDigest;
import java.util.Optional;

/** Counts how two sources differ. Not for use by several threads. */
final class Tally implements RowPairs.Listener {
    private static final int REPORTED_ROWS = 1000;

    private final RowLine lines;
    private final long all;
    private final Progress progress;
    private final MessageDigest digest = Durable.sha256();
    private Optional<String> firstDifference = Optional.empty();
    private long rows;
    private long missing;
    private long extra;
    private long different;

    Tally(RowLine lines, long all, Progress progress) {
        this.lines = lines;
        this.all = all;
        this.progress = progress;
    }

    @Override
    public void same(Entity row) {
        count(row);
    }

    @Override
    public void different(String partition, Entity one, Entity other) {
        count(one);
        different++;
        note("row " + one.id() + " of partition " + partition + " is otherwise");
    }

    @Override
    public void onlyFirst(String partition, Entity row) {
        count(row);
        missing++;
        note("row " + row.id() + " of partition " + partition + " is missing");
    }

    @Override
    public void onlySecond(String partition, Entity row) {
        extra++;
        note("row " + row.id() + " of partition " + partition + " is there and should not be");
    }

    private void count(Entity row) {
        digest.update(lines.of(row));
        if (++rows % REPORTED_ROWS == 0) {
            progress.done(rows, all);
        }
    }

    private void note(String difference) {
        firstDifference = firstDifference.or(() -> Optional.of(difference));
    }

    Comparison comparison() {
        progress.done(rows, rows);
        return new Comparison(rows, missing, extra, different, firstDifference, Durable.hex(digest));
    }
}
