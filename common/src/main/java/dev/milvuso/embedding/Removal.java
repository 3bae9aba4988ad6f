package dev.milvuso.embedding;

/**
 * Says that a row is gone: nobody serves it any more, and compaction takes it out of the log. On the log it is a record
 * without a value, so that nothing of it stays; see {@link dev.milvuso.kafka.Removals}.
 *
 * @param epoch of the trainer's lease, and
 * @param step of the trainer when the row went; a vector that is newer by (epoch, step) stays
 */
public record Removal(ModelVersion version, Kind kind, String id, long epoch, long step) {
    /** That of the row's embeddings. */
    public String key() {
        return Embedding.key(version, kind, id);
    }
}
