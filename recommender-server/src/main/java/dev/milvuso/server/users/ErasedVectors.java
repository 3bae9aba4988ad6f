package dev.milvuso.server.users;

import dev.milvuso.action.UserId;
import dev.milvuso.component.Unavailable;
import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.vector.VectorStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes erased users' vectors out of the vector store, again and again until it is done: the store may be away when a
 * user is erased. Any instance may do it; twice does no harm.
 */
public final class ErasedVectors implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ErasedVectors.class);
    private static final int AT_ONCE = 100;

    private final UserRecord record;
    private final VectorStore store;
    private final String prefix;
    private final Supplier<Optional<ModelVersion>> version;

    /**
     * @param prefix {@code milvus.collection_name}
     * @param version the one that is served
     */
    public ErasedVectors(
            UserRecord record, VectorStore store, String prefix, Supplier<Optional<ModelVersion>> version) {
        this.record = record;
        this.store = store;
        this.prefix = prefix;
        this.version = version;
    }

    @Override
    public void run() {
        try {
            List<UserId> users = version.get().isEmpty() ? List.of() : record.withVectors(AT_ONCE);
            if (!users.isEmpty()) {
                delete(version.get().orElseThrow(), users);
                users.forEach(record::vectorsAreGone);
            }
        } catch (Unavailable e) {
            LOG.debug("erased users' vectors wait for {}", e.dependency(), e);
        } catch (RuntimeException e) {
            LOG.warn("erased users' vectors could not be taken out of the vector store", e);
        }
    }

    /** Takes one user's vector out of the version that is served, at once. */
    public void delete(UserId user) {
        version.get().ifPresent(served -> delete(served, List.of(user)));
    }

    private void delete(ModelVersion served, List<UserId> users) {
        try {
            store.delete(
                    served.collection(prefix, Kind.USER),
                    users.stream().map(UserId::value).toList());
        } catch (IllegalArgumentException e) {
            LOG.debug("the trainer has not made the collection of users yet", e);
        }
    }
}
