package dev.milvuso.vector.learned;

import dev.milvuso.config.Config;
import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Metric;
import java.util.Arrays;
import java.util.List;

/** Of which rows the collections of learned vectors are, by the configuration. */
public final class LearnedCollections {
    /** The field that says of which model a vector is. */
    public static final String VERSION = "model_version";

    public static final String EPOCH = "epoch";
    public static final String STEP = "step";

    private LearnedCollections() {}

    public static CollectionSchema schema(Config config, String collection) {
        return new CollectionSchema(
                collection,
                config.milvus().dimension(),
                Metric.named(config.training().metric()),
                List.of(
                        new Field(VERSION, Field.Type.TEXT),
                        new Field(EPOCH, Field.Type.INTEGER),
                        new Field(STEP, Field.Type.INTEGER)));
    }

    /** Those of the versions that began online, which are there as long as the system is. */
    public static List<CollectionSchema> lasting(Config config) {
        ModelVersion online = new ModelVersion("online");
        return Arrays.stream(Kind.values())
                .map(kind -> schema(config, online.collection(config.milvus().collectionName(), kind)))
                .toList();
    }
}
