package dev.milvuso.server.tier.redis;

import dev.milvuso.action.UserId;
import dev.milvuso.codec.MalformedRecordException;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.EmbeddingCodec;
import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.server.tier.UserVector;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A user's vector as Redis holds it: the form that it has in the topic {@code embeddings}. */
final class VectorEntry {
    private static final Logger LOG = LoggerFactory.getLogger(VectorEntry.class);
    private static final EmbeddingCodec CODEC = new EmbeddingCodec();

    private VectorEntry() {}

    static byte[] key(UserId user, ModelVersion version) {
        // A version holds no colon: no two users share a key.
        return ("milvuso:user:" + version + ":" + user).getBytes(StandardCharsets.UTF_8);
    }

    static byte[] encode(UserId user, UserVector vector) {
        return CODEC.encode(new Embedding(
                vector.version(), Kind.USER, user.value(), vector.vector(), 0, vector.epoch(), vector.step(), 0));
    }

    /** Empty as well if the bytes are something else: they will be overwritten. */
    static Optional<UserVector> decode(byte @Nullable [] bytes) {
        if (bytes == null) {
            return Optional.empty();
        }
        try {
            if (CODEC.decode(bytes) instanceof Embedding e) {
                return Optional.of(new UserVector(e.version(), e.vector(), e.epoch(), e.step()));
            }
        } catch (MalformedRecordException e) {
            LOG.debug("a key of ours holds something else", e);
        }
        return Optional.empty();
    }
}
