package dev.milvuso.trainer.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Writes a Parquet file with the library of those who write it in earnest. */
record ParquetFixture(Path file, MessageType schema, CompressionCodecName codec, boolean dictionary) {
    /** @param columns as in Parquet's notation of schemas */
    static ParquetFixture of(Path file, String columns) {
        return new ParquetFixture(
                file,
                MessageTypeParser.parseMessageType("message fixture { " + columns + " }"),
                CompressionCodecName.SNAPPY,
                true);
    }

    ParquetFixture with(CompressionCodecName other, boolean withDictionary) {
        return new ParquetFixture(file, schema, other, withDictionary);
    }

    /** @param row fills the row of a number, from 0 */
    Path write(int rows, BiConsumer<Integer, Group> row) throws IOException {
        Files.deleteIfExists(file);
        SimpleGroupFactory groups = new SimpleGroupFactory(schema);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withType(schema)
                .withCompressionCodec(codec)
                .withDictionaryEncoding(dictionary)
                .withRowGroupRowCountLimit(1000)
                .withPageRowCountLimit(100)
                .build()) {
            for (int i = 0; i < rows; i++) {
                Group group = groups.newGroup();
                row.accept(i, group);
                writer.write(group);
            }
        }
        return file;
    }
}
