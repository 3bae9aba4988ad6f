package dev.milvuso.trainer.archive;

import dev.milvuso.trainer.archive.store.ArchivedRecord;
import dev.milvuso.trainer.archive.store.Columns;
import dev.milvuso.trainer.archive.store.UnfinishedFile;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** An unfinished file and what is in it so far. */
final class OpenFile {
    private final UnfinishedFile file;
    private final LocalDate day;
    private final long begun = System.nanoTime();
    private final long first;
    private long last;
    private long records;

    /** @param beginning the record that will be added first */
    OpenFile(UnfinishedFile file, ArchivedRecord beginning) {
        this.file = file;
        this.day = dayOf(beginning);
        this.first = beginning.offset();
    }

    private static LocalDate dayOf(ArchivedRecord record) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(Math.max(0, record.time())), ZoneOffset.UTC);
    }

    void add(ArchivedRecord record, Columns columns) throws IOException {
        file.add(record, columns);
        last = record.offset();
        records++;
    }

    /** A clock that jitters around midnight must not make a file of every record: a day that is past stays here. */
    boolean endsBefore(ArchivedRecord next) {
        return dayOf(next).isAfter(day);
    }

    boolean isDue(long bytes, Duration age) {
        return file.bytes() >= bytes || System.nanoTime() - begun >= age.toNanos();
    }

    long records() {
        return records;
    }

    void finish() throws IOException {
        file.finish(day, first, last);
    }

    void abandon() {
        file.abandon();
    }
}
