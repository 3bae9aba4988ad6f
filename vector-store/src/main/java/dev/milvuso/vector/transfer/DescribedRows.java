package dev.milvuso.vector.transfer;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.IndexSpec;
import java.util.List;
import java.util.Map;

/** The rows of an export, which says itself what its collection was like. */
abstract class DescribedRows implements RowSource {
    private final Manifest manifest;

    DescribedRows(Manifest manifest) {
        this.manifest = manifest;
    }

    final Manifest manifest() {
        return manifest;
    }

    @Override
    public CollectionSchema schema() {
        return manifest.schema();
    }

    @Override
    public Map<String, IndexSpec> indexes() {
        return manifest.indexes();
    }

    @Override
    public List<String> partitions() {
        return manifest.partitions();
    }

    @Override
    public List<String> aliases() {
        return manifest.aliases();
    }
}
