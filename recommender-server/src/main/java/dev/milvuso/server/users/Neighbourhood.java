package dev.milvuso.server.users;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.milvuso.action.UserId;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.server.ranking.LikedByNeighbours.Neighbour;
import dev.milvuso.server.ranking.LikedByNeighbours.Neighbours;
import dev.milvuso.server.recommend.Bulkhead;
import dev.milvuso.server.recommend.Visit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Who is like a visitor, by the vector store: asked within the request's deadline, and remembered for some seconds, in
 * which a visitor's taste may move. Safe for use by many threads.
 */
public final class Neighbourhood implements Neighbours {
    private static final int MOST = 50;
    private static final Duration KEPT = Duration.ofSeconds(10);

    private record Question(UserId user, ModelVersion version) {}

    private final SimilarUsers similar;
    private final Bulkhead bulkhead;
    private final Cache<Question, List<Neighbour>> kept;

    /**
     * @param bulkhead the threads that wait for the vector store
     * @param maxUsers whose neighbours are remembered
     */
    public Neighbourhood(SimilarUsers similar, Bulkhead bulkhead, int maxUsers) {
        this.similar = similar;
        this.bulkhead = bulkhead;
        this.kept = Caffeine.newBuilder()
                .maximumSize(maxUsers)
                .expireAfterWrite(KEPT)
                .build();
    }

    @Override
    public List<Neighbour> of(Visit visit) {
        float[] taste = visit.visitor().taste();
        if (taste == null || visit.version().isEmpty()) {
            return List.of();
        }
        Question question = new Question(visit.visitor().user(), visit.version().get());
        List<Neighbour> known = kept.getIfPresent(question);
        if (known != null) {
            return known;
        }
        Optional<List<Neighbour>> asked =
                visit.making().ask(bulkhead, question, () -> Optional.of(neighbours(question, taste)));
        asked.ifPresent(all -> kept.put(question, all));
        return asked.orElse(List.of());
    }

    private List<Neighbour> neighbours(Question question, float[] taste) {
        return similar.to(question.user(), taste, question.version(), MOST).stream()
                .filter(each -> each.cosine() > 0)
                .map(each -> new Neighbour(each.user(), each.cosine()))
                .toList();
    }
}
