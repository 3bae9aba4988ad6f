package dev.milvuso.server.tier.redis;

import dev.milvuso.action.UserId;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.embedding.Removal;
import dev.milvuso.server.tier.Breaker;
import dev.milvuso.server.tier.UserVector;
import dev.milvuso.server.tier.UserVectors;
import java.util.Optional;

/** Users' vectors in Redis. Read at once; written by {@link RedisWriter}, a moment later. */
public final class RedisUserVectors implements UserVectors {
    private final Redis redis;
    private final Breaker breaker;
    private final RedisWriter writer;

    public RedisUserVectors(Redis redis, Breaker breaker, RedisWriter writer) {
        this.redis = redis;
        this.breaker = breaker;
        this.writer = writer;
    }

    @Override
    public Optional<Found> find(UserId user, ModelVersion version) {
        Optional<UserVector> waiting = writer.waiting(user, version);
        if (waiting.isPresent()) {
            return waiting.map(vector -> new Found(vector, "redis"));
        }
        return breaker.call(() -> VectorEntry.decode(redis.client().get(VectorEntry.key(user, version))))
                .map(vector -> new Found(vector, "redis"));
    }

    @Override
    public void put(UserId user, UserVector vector) {
        writer.vector(user, vector);
    }

    @Override
    public void remove(UserId user, Removal removal) {
        writer.removal(user, removal);
    }
}
