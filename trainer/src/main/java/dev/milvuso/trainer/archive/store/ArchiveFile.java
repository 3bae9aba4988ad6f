package dev.milvuso.trainer.archive.store;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A finished file: all records of one partition from one offset to another. Its name says so, and is what tells where
 * the archive ends.
 *
 * @param day of its first record, by the record's time on the log, UTC
 * @param first offset in it
 * @param last offset in it, at least {@code first}
 */
public record ArchiveFile(LogPartition partition, LocalDate day, long first, long last)
        implements Comparable<ArchiveFile> {
    private static final Comparator<ArchiveFile> ORDER = Comparator.comparing(ArchiveFile::partition)
            .thenComparingLong(ArchiveFile::first)
            .thenComparingLong(ArchiveFile::last);

    // A topic's name may hold points; what follows it has one form alone.
    private static final Pattern PATH =
            Pattern.compile("day=(\\d{4}-\\d{2}-\\d{2})/(.+)\\.p(\\d{1,9})\\.(\\d{19})-(\\d{19})\\.parquet");

    public ArchiveFile {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException("offsets are " + first + " to " + last);
        }
    }

    /** Where it lies in its topic's folder: {@code day=2026-11-21/user_actions.p0.….parquet}. */
    public String path() {
        return String.format(
                Locale.ROOT,
                "day=%s/%s.p%d.%019d-%019d.parquet",
                day,
                partition.topic(),
                partition.number(),
                first,
                last);
    }

    /** Empty if the path is not one of an archive's file. */
    public static Optional<ArchiveFile> at(String path) {
        Matcher parts = PATH.matcher(path);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ArchiveFile(
                    new LogPartition(parts.group(2), Integer.parseInt(parts.group(3))),
                    LocalDate.parse(parts.group(1)),
                    Long.parseLong(parts.group(4)),
                    Long.parseLong(parts.group(5))));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(ArchiveFile other) {
        return ORDER.compare(this, other);
    }
}
