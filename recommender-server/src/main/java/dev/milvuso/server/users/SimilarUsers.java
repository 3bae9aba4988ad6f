package dev.milvuso.server.users;

import dev.milvuso.action.UserId;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.server.discover.SimilarItems;
import dev.milvuso.server.tier.UserVectors;
import dev.milvuso.server.tier.vector.StoredVectors;
import dev.milvuso.vector.Entity;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Users whose learned vectors point where a user's does. They are looked for in the vector store, which alone has all
 * of them.
 *
 * @param version the one that is served
 * @param users any tier's
 * @param biases how many numbers at a vector's end are no taste
 */
public record SimilarUsers(
        Supplier<Optional<ModelVersion>> version, UserVectors users, StoredVectors stored, int biases) {
    private static final int SPARE = 5;
    private static final int LEAST = 100;

    /** @param cosine of both vectors, 1 at most */
    public record Like(UserId user, double cosine) {}

    /**
     * @return best first; none if nothing has been learned of the user
     * @throws dev.milvuso.component.Unavailable if the vector store does not answer
     */
    public List<Like> to(UserId user, int count) {
        return version.get()
                .flatMap(served -> users.find(user, served)
                        .map(found -> to(user, found.vector().vector(), served, count)))
                .orElse(List.of());
    }

    /**
     * As {@link #to(UserId, int)}.
     *
     * @param taste the user's vector, shape [embedding_dim]
     */
    List<Like> to(UserId user, float[] taste, ModelVersion served, int count) {
        return stored.usersLike(taste, Math.max(LEAST, SPARE * count), served).stream()
                .filter(other -> !other.id().equals(user.value()) && other.vector().length == taste.length)
                .map(other -> like(taste, other))
                .sorted(Comparator.comparingDouble(Like::cosine).reversed().thenComparing(Like::user))
                .limit(count)
                .toList();
    }

    private Like like(float[] taste, Entity other) {
        return new Like(new UserId(other.id()), SimilarItems.cosine(taste, other.vector(), taste.length - biases));
    }
}
