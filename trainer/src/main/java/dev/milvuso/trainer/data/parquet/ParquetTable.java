package dev.milvuso.trainer.data.parquet;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * Some columns of a local Parquet file, row by row. Of a row group, the part in which a writer lays rows down at once,
 * the compressed bytes of these columns are in memory. Not for several threads.
 */
public final class ParquetTable implements AutoCloseable {
    private static final int MARK_BYTES = 4;
    private static final Set<CompressionCodecName> UNPACKED = Set.of(
            CompressionCodecName.UNCOMPRESSED,
            CompressionCodecName.SNAPPY,
            CompressionCodecName.GZIP,
            CompressionCodecName.ZSTD,
            CompressionCodecName.LZ4_RAW);

    private final ParquetFileReader file;
    private final List<CellConverter> converters = new ArrayList<>();
    private MessageType asked = new MessageType("nothing");
    private List<ColumnReader> readers = List.of();
    private long left;

    private ParquetTable(ParquetFileReader file) {
        this.file = file;
    }

    /** @throws IOException saying what is wrong; the name of the file is for the caller to say */
    public static ParquetTable open(Path path) throws IOException {
        checkMarks(path);
        try {
            // Hadoop's own configuration would read a dozen files that say nothing of ours.
            ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                    .usePageChecksumVerification(true)
                    .build();
            return new ParquetTable(ParquetFileReader.open(new LocalInputFile(path), options));
        } catch (RuntimeException e) {
            throw damaged(e);
        }
    }

    /** The library says of all of these that they are no Parquet file, in its own words. */
    private static void checkMarks(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            String first = mark(file, 0);
            String last = mark(file, file.length() - MARK_BYTES);
            if (first.equals("PARE")) {
                throw new IOException("it is encrypted, must be plain");
            }
            if (!first.equals("PAR1")) {
                throw new IOException("it is no Parquet file");
            }
            if (!last.equals("PAR1")) {
                throw new IOException("it is cut off");
            }
        }
    }

    private static String mark(RandomAccessFile file, long at) throws IOException {
        byte[] mark = new byte[MARK_BYTES];
        if (at < 0 || file.length() < at + MARK_BYTES) {
            return "";
        }
        file.seek(at);
        file.readFully(mark);
        return new String(mark, StandardCharsets.ISO_8859_1);
    }

    private static IOException damaged(Exception e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        return new IOException("it is damaged: " + message.lines().findFirst().orElse(""), e);
    }

    /** Names of the columns. */
    public List<String> columns() {
        return schema().getFields().stream().map(Type::getName).toList();
    }

    private MessageType schema() {
        return file.getFileMetaData().getSchema();
    }

    public long rows() {
        return file.getRecordCount();
    }

    /**
     * Says which columns are read; comes before the first row.
     *
     * @throws IllegalArgumentException naming a column that is missing or of another type, and what would be right
     */
    public void select(List<Column> columns) {
        List<Type> types = new ArrayList<>();
        for (Column column : columns) {
            if (!schema().containsField(column.name())) {
                throw new IllegalArgumentException(
                        "column " + column.name() + " is missing: the columns are " + String.join(", ", columns()));
            }
            Type type = schema().getType(column.name());
            converters.add(ColumnTypes.converter(type, column.kind())
                    .orElseThrow(() ->
                            new IllegalArgumentException("column " + column.name() + " is " + ColumnTypes.shown(type)
                                    + ", must be " + column.kind().right())));
            types.add(type);
        }
        asked = new MessageType(schema().getName(), types);
        checkCompression();
        file.setRequestedSchema(asked);
    }

    private void checkCompression() {
        for (BlockMetaData group : file.getRowGroups()) {
            for (ColumnChunkMetaData chunk : group.getColumns()) {
                String column = chunk.getPath().toArray()[0];
                if (asked.containsField(column) && !UNPACKED.contains(chunk.getCodec())) {
                    throw new IllegalArgumentException("column " + column + " is compressed with " + chunk.getCodec()
                            + ", must be one of "
                            + UNPACKED.stream().map(Enum::name).sorted().collect(Collectors.joining(", ")));
                }
            }
        }
    }

    /**
     * Goes to the next row.
     *
     * @return false at the end
     * @throws IOException saying what is wrong, also if the file is damaged
     */
    public boolean next() throws IOException {
        try {
            while (left == 0) {
                PageReadStore group = file.readNextRowGroup();
                if (group == null) {
                    return false;
                }
                begin(group);
            }
            left--;
            for (int i = 0; i < readers.size(); i++) {
                step(readers.get(i), converters.get(i));
            }
            return true;
        } catch (IOException | RuntimeException e) {
            throw damaged(e);
        }
    }

    private void begin(PageReadStore group) {
        ColumnReadStoreImpl store = new ColumnReadStoreImpl(
                group, new Row(converters), asked, file.getFileMetaData().getCreatedBy());
        readers = asked.getColumns().stream().map(store::getColumnReader).toList();
        left = group.getRowCount();
    }

    private static void step(ColumnReader reader, CellConverter converter) {
        converter.clear();
        if (reader.getCurrentDefinitionLevel() == reader.getDescriptor().getMaxDefinitionLevel()) {
            reader.writeCurrentValueToConverter();
        }
        reader.consume();
    }

    /** What the row says in a column, by its number among those selected; null if it says nothing. */
    public @Nullable Cell cell(int column) {
        return converters.get(column).cell();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Tells the library which converter belongs to which column. */
    private static final class Row extends GroupConverter {
        private final List<CellConverter> converters;

        Row(List<CellConverter> converters) {
            this.converters = converters;
        }

        @Override
        public Converter getConverter(int field) {
            return converters.get(field);
        }

        @Override
        public void start() {}

        @Override
        public void end() {}
    }
}
