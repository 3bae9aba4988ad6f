package dev.milvuso.trainer.archive.hadoop;

import dev.milvuso.trainer.archive.store.LearntFrom;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Reads the columns that training needs; the others are not even fetched. */
final class ExampleRows extends ReadSupport<LearntFrom> {
    private static final MessageType NEEDED = new MessageType(
            "milvuso", ExampleColumns.NAMES.stream().map(Rows.SCHEMA::getType).toArray(Type[]::new));

    @Override
    public ReadContext init(InitContext context) {
        return new ReadContext(NEEDED);
    }

    /** Deprecated and abstract all the same. */
    @Override
    @SuppressWarnings("deprecation")
    public RecordMaterializer<LearntFrom> prepareForRead(
            Configuration configuration, Map<String, String> metadata, MessageType schema, ReadContext context) {
        return new ExampleColumns();
    }

    @Override
    public RecordMaterializer<LearntFrom> prepareForRead(
            ParquetConfiguration configuration, Map<String, String> metadata, MessageType schema, ReadContext context) {
        return new ExampleColumns();
    }
}
