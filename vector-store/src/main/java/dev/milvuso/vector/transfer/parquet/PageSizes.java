package dev.milvuso.vector.transfer.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.EnumSet;
import java.util.Set;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;

/**
 * How much memory the reading of a file takes, found out before any of it is read: a group of rows lies there
 * compressed, with a page of each column as it is. A few bytes could say that they are many times as many.
 */
record PageSizes(FileChannel channel) {
    private static final byte[] MAGIC = {'P', 'A', 'R', '1'};
    private static final int FOOTER_BYTES = 64 << 20;
    private static final long GROUP_BYTES = 256L << 20;
    private static final int PAGE_BYTES = 64 << 20;
    private static final int GROUP_PAGES = 1_000_000;

    /** Those that take no more memory than they say, among them all that we write. */
    private static final Set<Encoding> ENCODINGS = EnumSet.of(
            Encoding.PLAIN,
            Encoding.PLAIN_DICTIONARY,
            Encoding.RLE_DICTIONARY,
            Encoding.RLE,
            Encoding.BYTE_STREAM_SPLIT);

    /** Of a page, statistics and all: parquet-java leaves out those of more than 4 KiB. */
    private static final int HEADER_BYTES = 16 << 10;

    /** @throws IllegalArgumentException if the file does not end as one of Parquet, or with far too much */
    void checkEnd() throws IOException {
        int end = Integer.BYTES + MAGIC.length;
        long length = channel.size();
        ByteBuffer last =
                length < end + MAGIC.length ? ByteBuffer.allocate(end) : ByteBuffer.wrap(bytes(length - end, end));
        int footer = Integer.reverseBytes(last.getInt(0));
        if (!last.slice(Integer.BYTES, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
            throw new IllegalArgumentException("is no Parquet file, or was cut off: it does not end as one");
        }
        if (footer < 0 || footer > FOOTER_BYTES || footer > length - end - MAGIC.length) {
            throw new IllegalArgumentException("is damaged: its last part is said to have " + footer + " bytes");
        }
    }

    /** @throws IllegalArgumentException if a group of rows would take far too much, or is not where it should be */
    void check(BlockMetaData group) throws IOException {
        long compressed = 0;
        long pages = 0;
        for (ColumnChunkMetaData column : group.getColumns()) {
            long from = column.getStartingPos();
            if (from < 0 || column.getTotalSize() < 0 || column.getTotalSize() > channel.size() - from) {
                throw new IllegalArgumentException("is damaged: a column lies outside of it");
            }
            compressed += column.getTotalSize();
            pages += largestPage(from, from + column.getTotalSize());
            if (compressed > GROUP_BYTES || pages > GROUP_BYTES) {
                throw new IllegalArgumentException("has a group of rows that takes more than " + (GROUP_BYTES >> 20)
                        + " MiB: write it in smaller groups, which are row_group_size of pandas and pyarrow");
            }
        }
    }

    private int largestPage(long from, long to) throws IOException {
        int largest = 0;
        int count = 0;
        long at = from;
        while (at < to) {
            byte[] bytes = bytes(at, (int) Math.min(HEADER_BYTES, to - at));
            ByteArrayInputStream in = new ByteArrayInputStream(bytes);
            PageHeader page = Util.readPageHeader(in);
            check(page);
            largest = Math.max(largest, page.getUncompressed_page_size());
            at += bytes.length - in.available() + (long) page.getCompressed_page_size();
            count++;
            if (count > GROUP_PAGES) {
                throw new IllegalArgumentException("has more than " + GROUP_PAGES + " pages in a group of rows");
            }
        }
        return largest;
    }

    private static void check(PageHeader page) {
        int bytes = page.getUncompressed_page_size();
        if (page.getCompressed_page_size() < 0 || bytes < 0 || bytes > PAGE_BYTES) {
            throw new IllegalArgumentException(
                    "has a page of " + bytes + " bytes: must have 0 to " + (PAGE_BYTES >> 20) + " MiB");
        }
        if (page.isSetDictionary_page_header()) {
            DictionaryPageHeader dictionary = page.getDictionary_page_header();
            check(dictionary.getEncoding());
            if (dictionary.getNum_values() < 0 || dictionary.getNum_values() > bytes) {
                throw new IllegalArgumentException("is damaged: " + dictionary.getNum_values()
                        + " values are said to lie in a page of " + bytes + " bytes");
            }
        } else if (page.isSetData_page_header()) {
            check(page.getData_page_header().getEncoding());
        } else if (page.isSetData_page_header_v2()) {
            check(page.getData_page_header_v2().getEncoding());
        }
    }

    private static void check(Encoding encoding) {
        if (!ENCODINGS.contains(encoding)) {
            throw new IllegalArgumentException(
                    "has a column in the encoding " + encoding + ": must be one of " + ENCODINGS);
        }
    }

    private byte[] bytes(long from, int count) throws IOException {
        byte[] bytes = new byte[count];
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            if (channel.read(left, from + left.position()) < 0) {
                throw new IllegalArgumentException("ends early");
            }
        }
        return bytes;
    }
}
