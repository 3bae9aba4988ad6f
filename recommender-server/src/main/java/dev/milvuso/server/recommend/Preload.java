package dev.milvuso.server.recommend;

import dev.milvuso.action.UserId;
import dev.milvuso.component.Unavailable;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.server.sync.ServedModel;
import dev.milvuso.server.tier.UserVectors;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what is known of users into memory before they ask: at the start those who were active last, and later whoever
 * acts while memory does not know them.
 *
 * @param later does it, one user after the other
 */
public record Preload(ServedModel model, UserVectors memory, UserVectors beyond, SeenItems seen, Later later) {
    private static final Logger LOG = LoggerFactory.getLogger(Preload.class);

    /** @param users the most active first */
    public void all(List<UserId> users) {
        int done = 0;
        try {
            for (UserId user : users) {
                bringIn(user);
                done++;
            }
        } catch (Unavailable e) {
            LOG.debug("not all users are brought into memory", e);
        }
        LOG.info("{} users that were active last are in memory", done);
    }

    /** The user has acted and may soon ask. */
    public void acted(UserId user) {
        if (!seen.isLoaded(user)) {
            later.later(user, () -> bringIn(user));
        }
    }

    private void bringIn(UserId user) {
        if (!seen.isLoaded(user)) {
            seen.load(user);
        }
        model.version().ifPresent(version -> vector(user, version));
    }

    private void vector(UserId user, ModelVersion version) {
        if (memory.find(user, version).isEmpty()) {
            beyond.find(user, version).ifPresent(found -> memory.put(user, found.vector()));
        }
    }
}
